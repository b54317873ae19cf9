// What the server's codes are called at the desk.

export const KINDS = { caption: "사진설명", ad: "광고", notice: "알림", table: "표", furniture: "지면정보" };

/** What went wrong, as a person would say it. @type {Record<string, string>} */
const PROBLEMS = {
  offline: "서버에 닿지 못했습니다. 연결을 확인하고 다시 시도해 주세요.",
  cut: "답이 오다가 끊겼습니다. 다시 시도해 주세요.",
  unauthorized: "접근 키가 필요합니다. 관리자에게 받은 키를 넣어 주세요.",
  wrong_key: "키가 맞지 않습니다. 다시 확인해 주세요.",
  too_large: "지면이 너무 깁니다. 나누어 넣어 주세요.",
  busy: "지금은 요청이 밀려 있습니다. 잠시 뒤 다시 시도해 주세요.",
  rate_limited: "요청이 너무 잦습니다. 잠시 뒤 다시 시도해 주세요.",
  not_ready: "서버가 준비하는 중입니다. 잠시 뒤 다시 시도해 주세요.",
  deadline_passed: "제시간에 끝내지 못했습니다. 지면을 나누어 넣어 주세요.",
  unreadable_body: "읽을 수 없는 글자가 있습니다. UTF-8이나 CP949 텍스트로 저장해 다시 넣어 주세요.",
  unsupported_media_type: "읽을 수 없는 형식입니다. 텍스트(.txt)나 PDF로 넣어 주세요.",
  invalid_request: "보낸 내용에 맞지 않는 값이 있습니다. 화면을 새로 고치고 다시 시도해 주세요.",
  empty: "아직 지면이 없습니다. 텍스트를 붙여 넣거나 파일을 놓아 주세요.",
  not_text: "텍스트나 PDF 파일이 아닌 것 같습니다. .txt로 저장해 다시 넣어 주세요.",
  pdf: "PDF에서 글자를 찾지 못했습니다. 스캔한 지면이면 문자 인식(OCR)을 거친 텍스트를 넣어 주세요.",
  sample: "견본을 열지 못했습니다. 다시 시도해 주세요.",
};

/** @param {string} code @param {number} [retryAfter] seconds */
export function problem(code, retryAfter) {
  const text = PROBLEMS[code] ?? "서버에 문제가 생겼습니다. 다시 시도해도 같으면 관리자에게 알려 주세요.";
  return retryAfter ? text.replace("잠시 뒤", `${retryAfter}초쯤 뒤`) : text;
}

/** @typedef {{code: string, line: number | null, message: string}} Notice */
/** @param {Notice} notice */
export function notice(notice) {
  return notice.line ? `${notice.line}번째 줄: ${notice.message}` : notice.message;
}

/** Whether any of an article is a model's, and how the desk calls that. */
export function provenance(article) {
  const model = article.origins.filter((origin) => origin === "model").length;
  const generated = model > 0 || article.headline_origin === "generated";
  let words = article.headline_origin === "extracted" ? "제목·문장 추출" : "문장 추출";
  if (model && model < article.origins.length) words = "AI 생성, 일부 추출";
  else if (model) words = "AI 생성";
  else if (generated) words = "제목 AI 생성";
  return { generated, words };
}

/** @param {{name: string, agency: string | null, place: string | null}[]} bylines */
export function byline(bylines) {
  return bylines.map((by) => [by.place, by.agency, by.name].filter(Boolean).join(" ")).join(", ");
}
