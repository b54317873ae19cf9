// The page's text: whose each part is, what was skipped, and the evidence of the line that is pointed at.
import { unitsOf } from "./text.js";
import { KINDS } from "./words.js";

const COLOURS = 8;
export const colour = (index) => `c${index % COLOURS}`;

/** How much of a text is its headline: where it begins with it, spaces and Markdown's marks aside. */
function headlineLength(text, headline) {
  const ignored = /[\s#*|]/;
  let at = 0;
  for (const letter of headline) {
    if (ignored.test(letter)) continue;
    while (at < text.length && ignored.test(text[at])) at += 1;
    if (!text.startsWith(letter, at)) return 0;
    at += letter.length;
  }
  return at;
}

export class Source {
  /** @param {HTMLElement} root @param {(index: number) => void} onPick */
  constructor(root, onPick) {
    this.root = root;
    this.pending = 0;
    root.addEventListener("click", (event) => {
      const part = event.target.closest?.(".part");
      if (part && getSelection()?.isCollapsed) onPick(Number(part.dataset.article));
    });
    this.open("");
  }

  /** A new page. @param {string} text */
  open(text) {
    this.text = text;
    this.unit = unitsOf(text);
    this.articles = [];
    this.skipped = [];
    this.draw();
  }

  add(article) {
    this.articles.push(article);
    this.later();
  }

  skip(blocks) {
    this.skipped = blocks;
    this.later();
  }

  /** The submitted text of a span. */
  slice([start, end]) {
    return this.text.slice(this.unit(start), this.unit(end));
  }

  later() {
    this.pending ||= requestAnimationFrame(() => this.draw());
  }

  draw() {
    cancelAnimationFrame(this.pending);
    this.pending = 0;
    const parts = [
      ...this.articles.flatMap((article) => article.spans.map((span) => ({ span, article }))),
      ...this.skipped.map((block) => ({ span: block.span, kind: block.kind })),
    ].sort((a, b) => a.span[0] - b.span[0]);
    const nodes = [];
    let at = 0;
    for (const part of parts) {
      const [start, end] = part.span.map(this.unit);
      if (start > at) nodes.push(this.text.slice(at, start));
      if (end > Math.max(start, at)) nodes.push(this.part(part, this.text.slice(Math.max(start, at), end)));
      at = Math.max(at, end);
    }
    nodes.push(this.text.slice(at));
    const lit = this.lit;
    this.root.replaceChildren(...nodes);
    if (lit) this.light(lit.spans, lit.article, false);
  }

  part({ article, kind }, text) {
    const node = document.createElement("span");
    if (article) {
      node.className = `part ${colour(article.index)}`;
      node.dataset.article = String(article.index);
      const length = headlineLength(text, article.headline ?? "");
      if (length) {
        const headline = document.createElement("b");
        headline.textContent = text.slice(0, length);
        node.append(headline);
        text = text.slice(length);
      }
    } else {
      node.className = "skipped";
      const label = document.createElement("span");
      label.className = "kind";
      label.textContent = KINDS[kind] ?? kind;
      node.append(label);
    }
    node.append(text);
    return node;
  }

  /** Lights the evidence of a line. @param {[number, number][]} spans @param {number} article @param {boolean} scroll */
  light(spans, article, scroll = true) {
    this.clear();
    this.lit = { spans, article };
    for (const [start, end] of spans) this.mark(this.unit(start), this.unit(end));
    if (scroll) this.reveal(this.root.querySelector("mark"));
  }

  /** Brings a node of the text into view, without moving the window. */
  reveal(node) {
    if (!node) return;
    const box = this.root.getBoundingClientRect();
    const place = node.getBoundingClientRect();
    if (place.top < box.top + 24 || place.bottom > box.bottom - 24) {
      this.root.scrollTop += place.top - box.top - box.height / 3;
    }
  }

  clear() {
    this.lit = null;
    for (const mark of this.root.querySelectorAll("mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }

  mark(start, end) {
    const walker = document.createTreeWalker(this.root, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.classList.contains("kind") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const found = [];
    for (let at = 0, node = walker.nextNode(); node && at < end; at += node.length, node = walker.nextNode()) {
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, node.length);
      if (to > from) found.push([node, from, to]);
    }
    for (const [node, from, to] of found) {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      range.surroundContents(document.createElement("mark"));
    }
  }
}
