// The server: one page in, events out.

/** A failure with the server's code; `retryAfter` in seconds. */
export class Problem extends Error {
  /** @param {string} code @param {number} [retryAfter] */
  constructor(code, retryAfter) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

const KEY = "sejul-key";
/** The key lives as long as the tab. */
export const keep = (key) => sessionStorage.setItem(KEY, key);
const headers = (more = {}) => {
  const key = sessionStorage.getItem(KEY);
  return key ? { ...more, Authorization: `Bearer ${key}` } : more;
};

/** What this server offers to the page: labels, samples, limits. */
export async function offer() {
  const response = await reach("web/offer.json", {});
  return response.json();
}

/** @param {string} name */
export async function sample(name) {
  const response = await reach(`web/samples/${encodeURIComponent(name)}`, {});
  return response.text();
}

/** The text of each page of a PDF. @param {ArrayBuffer} bytes */
export async function pdfPages(bytes) {
  const options = { method: "POST", headers: headers({ "Content-Type": "application/pdf" }), body: bytes };
  const response = await reach("pdf", options).catch((error) => {
    throw error.code === "unreadable_body" ? new Problem("pdf") : error;
  });
  return (await response.json()).pages;
}

/**
 * The events of a page, each as it arrives.
 * @param {{text: string, style: string, lines: number}} page
 * @param {AbortSignal} signal
 */
export async function* summarize(page, signal) {
  const response = await reach("summarize", {
    method: "POST",
    headers: headers({ "Content-Type": "application/json", Accept: "application/x-ndjson" }),
    body: JSON.stringify(page),
    signal,
  });
  if (!response.headers.get("Content-Type")?.startsWith("application/x-ndjson")) {
    const { articles, ...rest } = await response.json();
    for (const article of articles) yield { event: "article", article };
    yield { event: "done", ...rest };
    return;
  }
  let done = false;
  for await (const event of events(response)) {
    if (event.event === "error") throw new Problem(event.code);
    done ||= event.event === "done";
    yield event;
  }
  if (!done) throw new Problem("cut");
}

async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read().catch((error) => {
      if (error.name === "AbortError") throw error;
      throw new Problem("cut");
    });
    const lines = (rest + (value ?? "")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim()) yield JSON.parse(line);
    if (done) return;
  }
}

async function reach(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", headers: headers(), ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("offline");
  }
  if (response.ok) return response;
  const body = await response.json().catch(() => ({}));
  const code = response.status === 401 && sessionStorage.getItem(KEY) ? "wrong_key" : body.code ?? "internal";
  throw new Problem(code, Number(response.headers.get("Retry-After")) || undefined);
}
