"""Sentences that speak to a machine, not to a reader: orders to ignore orders, role changes, forged turns, JSON.

A page that carries such a sentence was tampered with, or tells of tampering. Quoted, it is news and stays; as a
sentence of its own it is nothing that a desk would print.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Sentence

# What an order may hold without being one: quotations, and addresses, whose full stops end no clause.
_QUOTED = re.compile(r"https?://\S+|“[^“”]*”|‘[^‘’]*’|\"[^\"]*\"|(?<!\w)'[^']*'|「[^「」]*」|『[^『』]*』")

# How an order ends, and not a reported one: 출력하라, but not 출력하라고 했다.
_DO = r"(?:라|시오|세요|줘|주라|것|마)(?![가-힣])"
_SAY = "(?:출력|답|응답|대답|요약|작성|반환|번역|표시|쓰|써|적|말하|내보내)"
# Every gap is bounded and stops at a full stop, so that a pattern looks at one clause and stays linear. On the
# 69,727 sentences of articles_dev and articles_more, none matches.
_KOREAN = rf"""
    (?:이전|앞선|앞의|위의?|기존|지금까지의|모든|원래)[^.]{{0,12}}                   # 이전 지시를 무시하라
    (?:지시|명령|프롬프트|지침|규칙|설정|요청)[^.]{{0,12}}
    (?:무시|잊|따르지|버리)[^.]{{0,4}}(?:{_DO} | (?:고|채)\b[^.]{{0,60}}{_SAY}[^.]{{0,6}}{_DO})
  | (?:요약|기사|본문|내용)[^.]{{0,12}}(?:말고|대신)[^.]{{0,40}}{_SAY}[^.]{{0,6}}{_DO}    # 요약하지 말고 … 출력하라
  | (?:지금부터|이제부터|이제)\s*(?:너는|넌|당신은|그대는)                           # 지금부터 너는
  | (?:너는|당신은)\s*(?:이제|더\s?이상|지금부터|제한\s?없는|자유로운)
  | (?:시스템|개발자|관리자)\s*(?:프롬프트|메시지|지시|모드)
  | (?:출력|응답|답변|대답|반환|요약문?|제목|줄)(?:을|를|에|은|는|으로|로)?[^.]{{0,40}}      # 제목은 …로 출력하라
    (?:출력|포함|추가|삽입|대체|교체|반환|답|응답)[^.]{{0,4}}{_DO}
  | (?<![A-Za-z])(?:AI|LLM|GPT|인공지능|언어\s?모델|챗봇|요약기|요약\s?(?:모델|엔진|시스템|프로그램)|어시스턴트|에이전트)
    (?![A-Za-z])[^.]{{0,40}}(?:{_SAY}|무시|포함|추가)[^.]{{0,4}}{_DO}
  | (?:다음|아래|이)\s*(?:문장|문구|내용|글|줄|JSON)[을를만]*\s*(?:그대로\s*)?{_SAY}[^.]{{0,4}}{_DO}
  | (?:영어|일본어|중국어|러시아어|프랑스어|스페인어)로만?\s*{_SAY}[^.]{{0,4}}{_DO}
  | [라다]고만?\s*{_SAY}[^.]{{0,4}}{_DO}                                         # …라고 적으라
  | (?:출력|요약|번역|반환)\s?(?:하라|하시오|하세요|하십시오|해라|해\s?줘|할\s것)(?![가-힣])
"""
_ENGLISH = r"""
    \b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:instructions?|prompts?|rules|above|previous|prior)\b
  | \byou\ are\ (?:now|no\ longer)\b | \bpretend\ (?:to\ be|you)\b | \bas\ an\ ai\b | \bsystem\ prompt\b
  | \b(?:respond|reply|answer|output|print|return|summari[sz]e|write|say|translate)\b.{0,40}
    \b(?:only|exactly|instead|following|in\ (?:english|japanese|chinese)|verbatim|json)\b
"""
_FORGED = r"""
    <\|?/?\s*(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_of_turn|end_of_turn|think|기사)\b
  | \[/?INST\] | <</?SYS>> | (?<!\#)\#{2,}\s*(?:instruction|system|response|지시|시스템)
  | ^\s*(?:system|assistant|user|developer|시스템|어시스턴트|사용자|개발자)\s*[:：]
  | \{\s*["']?(?:headline|lines|sentences|summary|text|role|content|system)["']?\s*:
"""
_SPOKEN = re.compile(f"{_KOREAN} | {_ENGLISH}", re.IGNORECASE | re.VERBOSE)
_MARKED = re.compile(_FORGED, re.IGNORECASE | re.VERBOSE)


# An order that hands over what is to be said next.
_HANDS_OVER = re.compile(r"다음|아래|이어지는|following|below", re.IGNORECASE)


def addresses_machine(sentence: str) -> bool:
    """Whether a sentence is an order to whatever machine reads it, or forges what such a machine is told by."""
    return bool(_MARKED.search(sentence) or _SPOKEN.search(_QUOTED.sub(" ", sentence)))


def orders(body: str, sentences: Sequence[Sentence]) -> frozenset[int]:
    """Which sentences of a body speak to a machine, or stand where one would take them for such.

    Beside the orders themselves: what stands on the line of a forged turn or fence after it, and the sentence that
    an order hands over (`다음 문장을 그대로 출력하라.`).
    """
    found = {n for n, sentence in enumerate(sentences) if addresses_machine(sentence.text)}
    after = {n + 1 for n in found if _HANDS_OVER.search(sentences[n].text)}
    marks = [mark.end() for mark in _MARKED.finditer(body)]
    forged = {
        n
        for n, sentence in enumerate(sentences)
        if any(sentence.end >= end and "\n" not in body[end : sentence.start] for end in marks)
    }
    return frozenset(found | forged | (after & set(range(len(sentences)))))
