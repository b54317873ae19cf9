// The page: a composer, and the results that it leads to.
import { keep, offer, pdfPages, Problem, sample, summarize } from "./api.js";
import { Card } from "./card.js";
import { copy, html, plain } from "./copy.js";
import { Source } from "./source.js";
import { decode, isPdf, points, whole } from "./text.js";
import { problem } from "./words.js";

const $ = (id) => document.getElementById(id);
const page = /** @type {HTMLTextAreaElement} */ ($("page"));
const source = new Source($("source"), pick);
/** @type {Map<number, Card>} */
const cards = new Map();
/** The articles of each style, by index; and the request that is fetching a style. @type {Map<string, Map<number, object>>} */
const found = new Map();
/** @type {Map<string, Promise<void>>} */
const fetching = new Map();
let labels = { extracted: "", generated: "" };
let limit = Infinity;
let run = { text: "", lines: 3, style: "sentence", stop: new AbortController() };
/** What "다시 시도" does. @type {() => void} */
let again = () => {};

async function start() {
  const offered = await offer();
  labels = offered.labels;
  limit = offered.max_chars;
  $("samples").replaceChildren(...offered.samples.map(({ name, title }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    button.addEventListener("click", () => attempt(async () => {
      const text = await sample(name);
      leaf([]);
      await begin(text);
    }));
    return button;
  }));
}

/** Runs something and says what went wrong with it, if anything did. */
async function attempt(work) {
  say(null);
  again = () => attempt(work);
  try {
    await work();
  } catch (error) {
    if (error.name === "AbortError") return;
    if (!cards.size) compose();
    say(error);
  }
}

/** Back to the composer, with the text in it. */
function compose() {
  $("results").hidden = true;
  $("composer").hidden = false;
}

/** @param {Error | null} error */
function say(error) {
  $("error").hidden = !error;
  if (!error) return;
  const known = error instanceof Problem ? error : new Problem("internal");
  if (!(error instanceof Problem)) console.error(error.name);
  const locked = ["unauthorized", "wrong_key"].includes(known.code);
  $("error-text").textContent = problem(known.code, known.retryAfter);
  $("key-form").hidden = !locked;
  $("retry").hidden = locked || ["empty", "too_large", "not_text"].includes(known.code);
  if (locked) $("key").focus();
}

/** A page: shown at once, summarized as the articles come. @param {string} text */
async function begin(text) {
  text = whole(text);
  page.value = text;
  text = page.value; // the form's own line ends: what is sent is what is shown
  count();
  if (!text.trim()) throw new Problem("empty");
  if (points(text) > limit) throw new Problem("too_large");
  run.stop.abort();
  run = { text, lines: Number($("lines").value), style: checked("style"), stop: new AbortController() };
  cards.clear();
  found.clear();
  fetching.clear();
  $("cards").replaceChildren();
  $("label").textContent = $("engine").textContent = "";
  source.open(text);
  $("composer").hidden = true;
  $("results").hidden = false;
  check("style-all", run.style);
  $("main").focus({ preventScroll: true });
  scrollTo({ top: 0 });
  await fetchStyle(run.style);
}

/** The page in a style, once; cards that show that style are filled as its articles come. */
function fetchStyle(style) {
  const known = fetching.get(style);
  if (known) return known;
  const asked = receive(style, run).catch((error) => {
    fetching.delete(style);
    throw error;
  });
  fetching.set(style, asked);
  return asked;
}

async function receive(style, mine) {
  busy(true);
  const articles = new Map();
  found.set(style, articles);
  try {
    for await (const event of summarize({ text: mine.text, lines: mine.lines, style }, mine.stop.signal)) {
      if (mine !== run) return;
      if (event.event === "article") arrive(event.article, style, articles);
      else if (event.event === "done") finish(event, style);
    }
  } finally {
    if (mine === run) busy(false);
  }
}

function arrive(article, style, articles) {
  articles.set(article.index, article);
  const card = cards.get(article.index);
  if (card) {
    if (card.wanted === style) card.show(article, style);
  } else {
    const made = new Card(article, style, desk);
    made.wanted = style;
    cards.set(article.index, made);
    const next = [...$("cards").children].find((node) => Number(node.id.split("-")[1]) > article.index);
    $("cards").insertBefore(made.node, next ?? null);
    source.add(article);
  }
  if (style === run.style) $("status").textContent = `기사 ${articles.size}건 도착`;
}

function finish(event, style) {
  if (style !== run.style) return;
  source.skip(event.skipped);
  const skipped = event.skipped.length ? ` · 건너뛴 것 ${event.skipped.length}곳` : "";
  $("status").textContent = `기사 ${cards.size}건${skipped}`;
  if (!cards.size) {
    const empty = document.createElement("p");
    empty.className = "empty";
    empty.textContent = "이 지면에서는 기사를 찾지 못했습니다. 지면 원문에 건너뛴 까닭이 적혀 있습니다.";
    $("cards").append(empty);
  }
  $("label").textContent = event.ai.label;
  const { name, device } = event.engine;
  $("engine").textContent = `엔진 ${name}${device ? ` (${device})` : ""} · ${(event.timings_ms.total / 1000).toFixed(1)}초`;
}

const desk = {
  source,
  copy: export_,
  restyle(card, style) {
    attempt(() => restyle([card], style));
  },
};

/** Cards in another style: at once where it is here, else as it comes. */
async function restyle(chosen, style) {
  for (const card of chosen) {
    card.wanted = style;
    const article = found.get(style)?.get(card.index);
    if (article) card.show(article, style);
    else card.wait();
  }
  try {
    await fetchStyle(style);
  } catch (error) {
    for (const card of chosen) {
      card.wanted = card.style;
      card.show(card.article, card.style);
    }
    throw error;
  }
}

async function export_(articles, as) {
  const text = plain(articles, labels);
  const markup = html(articles, labels);
  const done = as === "html" ? await copy(markup, markup) : await copy(text);
  const what = articles.length > 1 ? `기사 ${articles.length}건을` : "기사를";
  toast(done ? `${what} ${as === "html" ? "HTML로" : "텍스트로"} 복사했습니다` : "브라우저가 복사를 막았습니다. 글을 선택해 복사해 주세요.");
}

function pick(index) {
  const card = cards.get(index);
  if (!card) return;
  for (const other of cards.values()) other.node.classList.toggle("seen", other === card);
  card.node.scrollIntoView({ block: "nearest" });
}

function busy(on) {
  $("busy").hidden = $("stop").hidden = !on;
  $("copy-all").disabled = $("copy-all-html").disabled = on;
  if (on && !cards.size) $("status").textContent = "지면을 읽는 중";
}

let fading = 0;
function toast(text) {
  $("toast").textContent = text;
  $("toast").classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => $("toast").classList.remove("shown"), 2500);
}

function count() {
  $("count").textContent = `${points(page.value).toLocaleString("ko-KR")}자`;
}

const checked = (name) => document.querySelector(`input[name="${name}"]:checked`).value;
const check = (name, value) => {
  document.querySelector(`input[name="${name}"][value="${value}"]`).checked = true;
};

/** @param {FileList | null | undefined} files */
async function openFile(files) {
  if (!files?.length) return;
  if (files.length > 1) toast(`한 번에 한 파일씩 읽습니다. 연 파일: ${files[0].name}`);
  const bytes = await files[0].arrayBuffer();
  const pdf = isPdf(bytes);
  const texts = pdf ? await pdfPages(bytes) : [decode(bytes)];
  if (texts[0] === null) throw new Problem("not_text");
  leaf(texts.length > 1 ? texts : []);
  await begin(texts[0]);
}

/** A file of several pages is leafed through, one page at a time. @param {string[]} texts */
function leaf(texts) {
  $("leaves").hidden = !texts.length;
  $("leaves").replaceChildren(...texts.map((text, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${n + 1}쪽`;
    button.disabled = !text;
    button.setAttribute("aria-current", String(n === 0));
    button.addEventListener("click", () => {
      for (const other of $("leaves").children) other.setAttribute("aria-current", String(other === button));
      attempt(() => begin(text));
    });
    return button;
  }));
}

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(() => {
    leaf([]);
    return begin(page.value);
  });
});
page.addEventListener("input", count);
page.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("composer").requestSubmit();
});
$("file").addEventListener("change", () => {
  const input = /** @type {HTMLInputElement} */ ($("file"));
  attempt(async () => {
    try {
      await openFile(input.files);
    } finally {
      input.value = "";
    }
  });
});
for (const name of ["dragenter", "dragover"]) {
  addEventListener(name, (event) => {
    event.preventDefault();
    $("composer").classList.add("over");
  });
}
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) $("composer").classList.remove("over");
});
addEventListener("drop", (event) => {
  event.preventDefault();
  $("composer").classList.remove("over");
  const { files } = event.dataTransfer;
  const text = event.dataTransfer.getData("text/plain");
  attempt(() => (files.length ? openFile(files) : begin(text)));
});
$("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  keep($("key").value.trim());
  $("key").value = "";
  again();
});
$("retry").addEventListener("click", () => again());
$("stop").addEventListener("click", () => {
  run.stop.abort();
  $("status").textContent = `멈췄습니다. 기사 ${cards.size}건까지 왔습니다`;
});
$("again").addEventListener("click", () => {
  run.stop.abort();
  compose();
  say(null);
  page.focus();
  page.select();
});
for (const radio of document.querySelectorAll('input[name="style-all"]')) {
  radio.addEventListener("change", () => attempt(() => restyle([...cards.values()], radio.value)));
}
for (const button of [$("copy-all"), $("copy-all-html")]) {
  button.addEventListener("click", () => {
    const articles = [...cards.values()].sort((a, b) => a.index - b.index).map((card) => card.article);
    export_(articles, button.dataset.as);
  });
}

attempt(start);
