"""Korean newspaper prose of our own, as much of it as a bench or a test asks for; people and firms are invented."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = [
    "해온시",
    "누리군",
    "가람도",
    "새빛구",
    "한울시",
    "다온군",
    "솔내시",
    "별마루군",
    "물빛시",
    "노을구",
]
OFFICES = [
    "도시재생과",
    "상수도사업본부",
    "보건소",
    "교통정책과",
    "농업기술센터",
    "교육지원청",
    "소방본부",
    "문화재단",
]
PEOPLE = ["문정수", "한서윤", "도현우", "이은채", "강다온", "윤해솔", "백시온", "서라온", "노윤슬", "차한별"]
THINGS = [
    "노후 상수도관 정비", "전통시장 주차장 확충", "스마트 온실 단지 조성", "청년 임대주택 공급",
    "하천 산책로 복원", "어린이 도서관 신축", "심야 버스 노선 신설", "폐교 체험관 전환",
    "해안 침식 방지 공사", "전기 택시 보급", "치매 안심센터 이전", "산불 감시 드론 도입",
]  # fmt: skip
LEADS = [
    "{place}가 내년부터 {thing} 사업에 {money}억원을 투입한다고 {day}일 밝혔다.",
    "{place} {office}는 {day}일 {thing} 사업의 기본계획을 확정하고 {month}월 공사를 시작하기로 했다.",
    "{place}는 {day}일 의회에 낸 예산안에서 {thing}에 {money}억원을 배정했다.",
    "{place}의 {thing} 사업이 {count}년 만에 다시 추진된다.",
]
BODIES = [
    "총사업비 {money}억원 가운데 국비는 {half}억원이며 나머지는 도와 시가 절반씩 부담한다.",
    "{office} 관계자는 “주민 설명회를 {count}차례 열어 의견을 들었다”며 “{month}월 안에 설계를 마치겠다”고 말했다.",
    "지난해 조사에서 주민 {people}명 가운데 {percent}%가 이 사업이 필요하다고 답했다.",
    "{place}는 공사 기간에 불편을 겪을 상가 {shops}곳에 임시 주차장 {count}곳을 마련해 주기로 했다.",
    "이 사업이 끝나면 해마다 {people}명이 혜택을 볼 것으로 {office}는 내다봤다.",
    "{person} {office} 과장은 “예산이 제때 내려오면 계획보다 {count}개월 앞당길 수 있다”고 설명했다.",
    "다만 토지 보상은 아직 {percent}%에 그쳐 일정이 늦어질 수 있다는 우려도 나온다.",
    "앞서 {place}는 {year}년에도 같은 사업을 추진했으나 재정난으로 {count}년 뒤 중단한 바 있다.",
    "환경단체는 하천 생태계에 미칠 영향을 먼저 조사해야 한다며 {day}일 공개 질의서를 보냈다.",
    "{place}의회는 {month}월 임시회에서 관련 조례를 심의하고 찬성 {count}표로 통과시켰다.",
    "전문가들은 유지비가 해마다 {half}억원씩 들 것으로 보고 재원 대책을 주문했다.",
    "{person} {place} 부시장은 “주민의 안전이 먼저”라며 “{shops}곳을 {month}월까지 전수 점검하겠다”고 강조했다.",
]
HEADLINES = [
    "{place}, {thing}에 {money}억 투입",
    "{place} {thing} {month}월 착공",
    "{thing} {count}년 만에 재추진",
]


def article(seed: int, sentences: int = 9) -> tuple[str, str]:
    """A headline and a body of about 45 characters a sentence; another seed, another article."""
    rng = random.Random(seed)  # noqa: S311 - prose, no secrets
    words = {
        "place": rng.choice(PLACES), "office": rng.choice(OFFICES), "person": rng.choice(PEOPLE),
        "thing": rng.choice(THINGS), "money": rng.randint(12, 980), "half": rng.randint(3, 400),
        "day": rng.randint(1, 28), "month": rng.randint(1, 12), "count": rng.randint(2, 19),
        "people": f"{rng.randint(1, 9)}천{rng.randint(1, 9)}00", "percent": f"{rng.randint(11, 98)}.{rng.randint(1, 9)}",
        "shops": rng.randint(11, 240), "year": rng.randint(2009, 2022),
    }  # fmt: skip
    chosen = [rng.choice(LEADS), *rng.sample(BODIES, min(sentences - 1, len(BODIES)))]
    body = " ".join(sentence.format(**words) for sentence in chosen)
    return rng.choice(HEADLINES).format(**words), body


def articles(count: int, sentences: int = 9) -> list[tuple[str, str]]:
    """That many articles, the same ones every time."""
    return [article(seed, sentences) for seed in range(count)]


def page(seed: int, count: int = 5) -> str:
    """A page of `count` articles, each with its headline and a byline, blank lines between."""
    parts = []
    for n in range(count):
        headline, body = article(seed * 1000 + n)
        person = PEOPLE[(seed + n) % len(PEOPLE)]
        parts.append(f"{headline}\n\n{body}\n\n{person} 기자 desk{n}@haeon.example")
    return "\n\n".join(parts)


def corpus(count: int = 400) -> Iterator[str]:
    """Text to train a tokenizer on."""
    for headline, body in articles(count):
        yield headline
        yield body
