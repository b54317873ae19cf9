// Text as the server counts it: code points, where JavaScript counts UTF-16 units.

/**
 * The UTF-16 offset of every code point of a text, and of its end.
 * @param {string} text
 * @returns {(point: number) => number}
 */
export function unitsOf(text) {
  // Nearly every page lies in the basic plane, where the two are the same.
  if (!/[\ud800-\udfff]/.test(text)) return (point) => Math.min(point, text.length);
  const units = [];
  for (let i = 0; i < text.length; i += text.codePointAt(i) > 0xffff ? 2 : 1) units.push(i);
  units.push(text.length);
  return (point) => units[Math.min(point, units.length - 1)];
}

/** How many characters the server will count. @param {string} text */
export function points(text) {
  let n = text.length;
  for (const pair of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) n -= pair.length;
  return n;
}

/** Without halves of surrogate pairs, which no encoding can carry. @param {string} text */
export function whole(text) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

/** @param {ArrayBuffer} bytes */
export const isPdf = (bytes) => String.fromCharCode(...new Uint8Array(bytes.slice(0, 5))) === "%PDF-";

/**
 * A file's text: a BOM decides, then UTF-8, then CP949, as on the server.
 * @param {ArrayBuffer} bytes
 * @returns {string | null} null where it is not text
 */
export function decode(bytes) {
  const head = new Uint8Array(bytes.slice(0, 2));
  const utf16 = head[0] === 0xff && head[1] === 0xfe ? "utf-16le" : head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : "";
  for (const charset of utf16 ? [utf16] : ["utf-8", "euc-kr"]) {
    try {
      const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
      if (!text.includes("\0")) return text;
    } catch {
      // the next charset
    }
  }
  return null;
}
