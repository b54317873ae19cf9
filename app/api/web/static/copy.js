// What leaves the page: plain text and HTML, each with the label for readers and the mark for machines.
import { provenance } from "./words.js";

const IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/";

/** The IPTC term for what really happened, as `app.api.labels` has it. */
export function sourceType(article) {
  const model = article.origins.map((origin) => origin === "model");
  if (article.headline !== null) model.push(article.headline_origin === "generated");
  if (!model.some(Boolean)) return "algorithmicMedia";
  return model.every(Boolean) ? "trainedAlgorithmicMedia" : "compositeWithTrainedAlgorithmicMedia";
}

/** @typedef {{extracted: string, generated: string}} Labels */
const labelOf = (article, labels) => (provenance(article).generated ? labels.generated : labels.extracted);

/** @param {object[]} articles @param {Labels} labels */
export function plain(articles, labels) {
  return articles
    .map((a) =>
      [...(a.headline ? [a.headline, ""] : []), ...a.summary.map((line) => `· ${line}`), "", `※ ${labelOf(a, labels)} [IPTC ${sourceType(a)}]`].join("\n"))
    .join("\n\n");
}

/** @param {object[]} articles @param {Labels} labels */
export function html(articles, labels) {
  const root = document.implementation.createHTMLDocument("");
  for (const article of articles) {
    const node = root.createElement("article");
    node.lang = "ko";
    node.dataset.digitalSourceType = IPTC + sourceType(article);
    node.dataset.ai = provenance(article).generated ? "generated" : "extracted";
    if (article.headline) node.append(put(root, "h2", article.headline));
    const list = root.createElement("ul");
    list.append(...article.summary.map((line) => put(root, "li", line)));
    const label = put(root, "p", "");
    label.append(put(root, "small", labelOf(article, labels)));
    node.append(list, label);
    root.body.append(node);
  }
  return root.body.innerHTML;
}

function put(root, name, text) {
  const node = root.createElement(name);
  node.textContent = text;
  return node;
}

/**
 * Puts a text, and HTML beside it, on the clipboard; over plain http too, where the newer interface is not there.
 * @param {string} text @param {string} [markup]
 */
export async function copy(text, markup) {
  if (navigator.clipboard && window.ClipboardItem) {
    const kinds = { "text/plain": new Blob([text], { type: "text/plain" }) };
    if (markup) kinds["text/html"] = new Blob([markup], { type: "text/html" });
    try {
      await navigator.clipboard.write([new ClipboardItem(kinds)]);
      return true;
    } catch {
      // not allowed here; the older way may be
    }
  }
  const put = (event) => {
    event.clipboardData.setData("text/plain", text);
    if (markup) event.clipboardData.setData("text/html", markup);
    event.preventDefault();
  };
  document.addEventListener("copy", put);
  try {
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", put);
  }
}
