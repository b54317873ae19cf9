// One article's card.
import { colour } from "./source.js";
import { byline, notice, provenance } from "./words.js";

const template = /** @type {HTMLTemplateElement} */ (document.getElementById("card-template"));
const lineTemplate = /** @type {HTMLTemplateElement} */ (document.getElementById("line-template"));

export class Card {
  /**
   * @param {object} article
   * @param {string} style
   * @param {{source: import("./source.js").Source, restyle: (card: Card, style: string) => void, copy: (articles: object[], as: string) => void}} desk
   */
  constructor(article, style, desk) {
    this.desk = desk;
    this.index = article.index;
    this.node = template.content.firstElementChild.cloneNode(true);
    this.node.id = `article-${article.index}`;
    this.node.classList.add(colour(article.index));
    const heading = this.node.querySelector("h2");
    heading.id = `headline-${article.index}`;
    this.node.setAttribute("aria-labelledby", heading.id);
    for (const radio of this.node.querySelectorAll("input[type=radio]")) {
      radio.name = `style-${article.index}`;
      radio.addEventListener("change", () => desk.restyle(this, radio.value));
    }
    for (const button of this.node.querySelectorAll("button[data-as]")) {
      button.addEventListener("click", () => desk.copy([this.article], button.dataset.as));
    }
    this.show(article, style);
  }

  /** The article in a style. */
  show(article, style) {
    this.article = article;
    this.style = style;
    this.node.classList.remove("waiting");
    const at = (name) => this.node.querySelector(name);
    const { generated, words } = provenance(article);
    at(".number").textContent = `기사 ${article.index + 1}`;
    at(".mark").textContent = words;
    at(".mark").classList.toggle("generated", generated);
    at(".byline").textContent = byline(article.bylines);
    at("h2").textContent = article.headline ?? "제목 없음";
    at("h2").classList.toggle("none", !article.headline);
    if (article.headline_origin === "extracted") at("h2").title = "지면에 제목이 없어 본문에서 뽑은 제목";
    at(".subheads").textContent = article.subheads.join(" · ");
    at(".subheads").hidden = !article.subheads.length;
    at(".lines").replaceChildren(...article.summary.map((text, n) => this.line(text, n)));
    at(".notices").replaceChildren(...article.notices.map((found) => {
      const item = document.createElement("li");
      item.textContent = notice(found);
      return item;
    }));
    at(".notices").hidden = !article.notices.length;
    at(`input[value=${style}]`).checked = true;
  }

  /** Another style was asked for and is on its way. */
  wait() {
    this.node.classList.add("waiting");
  }

  line(text, n) {
    const item = lineTemplate.content.firstElementChild.cloneNode(true);
    const spans = this.article.evidence[n] ?? [];
    const [words, why, quote] = [item.querySelector(".text"), item.querySelector(".why"), item.querySelector("blockquote")];
    words.textContent = text;
    // Where a model wrote the article, the lines that it did not write say so.
    if (this.article.origins[n] === "extracted" && this.article.origins.includes("model")) {
      const mark = document.createElement("span");
      mark.className = "origin";
      mark.textContent = "추출";
      words.append(mark);
    }
    quote.id = `why-${this.index}-${n}`;
    why.setAttribute("aria-controls", quote.id);
    why.setAttribute("aria-label", `${n + 1}번째 줄의 근거`);
    const on = () => {
      item.classList.add("on");
      this.desk.source.light(spans, this.index);
    };
    const off = () => {
      if (item.matches(":hover") || item.contains(document.activeElement)) return;
      item.classList.remove("on");
      if (!this.node.parentNode?.querySelector(".lines .on")) this.desk.source.clear();
    };
    item.addEventListener("pointerenter", on);
    item.addEventListener("pointerleave", off);
    item.addEventListener("focusin", on);
    item.addEventListener("focusout", () => queueMicrotask(off));
    why.addEventListener("click", () => {
      const open = quote.hidden;
      quote.hidden = !open;
      why.setAttribute("aria-expanded", String(open));
      if (open) quote.replaceChildren(spans.map((span) => this.desk.source.slice(span).replace(/\s+/g, " ")).join(" … "), this.jump(on));
    });
    return item;
  }

  jump(light) {
    const link = document.createElement("a");
    link.href = "#source";
    link.textContent = "지면에서 보기";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      light();
      document.querySelector("#source mark")?.scrollIntoView({ block: "center" });
    });
    return link;
  }
}
