"""Who can act: a name, an office by its last word, who bears a title, people by what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.joins import TITLES
from app.summary.compress.lexicon import words

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase

GENERIC = words(
    "구 시 군 도 당 교육청 공단 공사 재단 협회 조합 은행 회사 업체 대학 학교 병원 센터 노조 위원회 연구원 공장 시의회 도의회 구의회"
)
FIRMS = words(
    "회사 업체 기업 은행 단체 기관 재단 협회 대학 학교 병원 매체 신문 방송 법인 연구소 공사 공단 조합"
)
_PEOPLE = words("관계자 씨 군 양 측 당국자 담당자 전문가 위원 의원 팀장")
_PEOPLE_ENDS = ("관계자", "담당자", "의원", "위원", "팀장", "과장", "장관", "시장", "군수")
OFFICES_END = (
    *(GENERIC | FIRMS),
    *words(
        "청 부 처 국 원 회 그룹 전자 건설 증권 카드 보험 화재 생명 제약 화학 중공업 자동차 통신 텔레콤 백화점 마트 물산 산업 항공 의회 농협 수협 총연맹 연대 경찰 검찰 법원"
    ),
)


def actor(phrase: Phrase) -> bool:
    """Whether it is one that acts: a name, an office by its last word, who has a title."""
    nouns = [t for t in phrase.core if t.tag in {"NNG", "NNP", "SL", "XSN"}]
    return bool(nouns) and (
        nouns[-1].tag in {"NNP", "SL"} or nouns[-1].form.endswith(OFFICES_END) or nouns[-1].form in TITLES
    )


def alive(phrase: Phrase) -> bool:
    """Whether its deeds may be told one after another: a name, an office, people; not 접근, 실천 or 67.9%."""
    nouns = [t for t in phrase.core if t.tag in {"NNG", "NNP", "NNB", "NP", "SL", "SW", "XSN"}]
    if not nouns:
        return False
    last = nouns[-1]
    return (
        last.tag in {"NNP", "SL", "NP"}
        or phrase.core[0].tag == "NNP"
        or last.form in TITLES | _PEOPLE | _KINDS_OF_PEOPLE
        or (last.tag == "XSN" and last.form in _WHO)
        or any(len(end) > 1 and last.form.endswith(end) for end in OFFICES_END)
    )


_WHO = words("들 자 인 원 생 가 사 장 측")
_KINDS_OF_PEOPLE = words(
    "국가 시민 주민 국민 학생 노동자 근로자 직원 남성 여성 노인 환자 회원 조합원 교사 학부모 소비자 투자자 이용자 가족 부부 부모 아버지 어머니 아들 딸 "
    "정부 여당 야당 여야 당정 노사 업계 학계 양측 양사 연구진 의료진 경영진 취재진 제작진 팀 시장 의장 사람 누구 본인 경비원 공무원 승무원 종업원 소방대원 대원 점원 선원 은행원 회사원 상담원 집배원 미화원 운전자 피해자 피고인 피의자 용의자 변호인 재판부 "
    "청년 어르신 아이 어린이 유족 후보 참가자 관람객 관광객 방문객 손님 고객 상인 농민 어민 기업인 외국인 한국인 리더 매니저 디렉터 코치 애널리스트 강사 강연자 발표자 진행자 주인공 신인 당국 지자체 대기업 중소기업 스타트업 기업들 사측 노측"
)


def titled(phrase: Phrase) -> bool:
    """Whether it holds a title: 대표, 장관."""
    return any(t.form in TITLES for t in phrase.core)


def organization(phrase: Phrase, name: str) -> bool:
    """Whether it is an office or a firm, and not one of its people."""
    nouns = [t for t in phrase.core if t.tag in {"NNG", "NNP", "SL", "XSN"}]
    person = titled(phrase) or nouns[-1].form in _PEOPLE or name.endswith(_PEOPLE_ENDS)
    return not person and (nouns[-1].form.endswith(OFFICES_END) or name.endswith(OFFICES_END))
