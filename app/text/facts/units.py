"""The units that Korean numbers carry, each under one name: ㎞ is km, 퍼센트 is %, 세 사람 is 3명."""

from __future__ import annotations

import re

# A line a unit: its name here, then the other ways in which the press writes it, parted by bars. Units are not
# converted into each other: a line that says 평 where its article says ㎡ has done arithmetic of its own.
_TABLE = """
%|퍼센트|프로
%p|% p|%P|% P|%포인트|% 포인트|퍼센트포인트|퍼센트 포인트
p|포인트|pt
원|₩
달러|불|弗|US$
유로|€
엔|¥
위안
파운드|£
루블
명|인|사람|名|분
개|個
곳|개소|군데
회|차례|번|回
번째|째
위|位
살|세|歲
년|해|年
개월|달|個月
주|주일|주간
시간|時間
시|時
초|秒
km|㎞|킬로미터|KM|Km
m|미터
cm|㎝|센티미터|센티
mm|㎜|밀리미터
㎡|제곱미터|m2|m²|평방미터
㎢|제곱킬로미터|km2|km²
㎥|세제곱미터|m3|m³|입방미터
평|坪
ha|헥타르|㏊
t|톤|T
kg|㎏|킬로그램|Kg
g|그램
mg|㎎|밀리그램
㎍|마이크로그램|㎍/㎥
L|리터|ℓ|l
mL|㎖|밀리리터|ml
kW|㎾|킬로와트
MW|㎿|메가와트
GW|기가와트
kWh|㎾h|킬로와트시
도|℃|°C
배|갑절|곱절
가구|세대
채|호
GB|기가바이트
TB|테라바이트
bp|베이시스포인트
dB|데시벨
kcal|칼로리|㎉
쪽|페이지
"""
# Units with one form; what follows a number and is in neither list is a unit only where it is glued to it.
_SINGLE = (
    "건 가지 차 등 일 일간 분 월 분기 년대 년차 호선 호기 조 항 평형 대 척 동 층 마리 그루 권 편 장 점 표 석 골 승 패 무 "
    "타 팀 개국 개사 개교 개월간 경기 라운드 이닝 득점 자루 켤레 벌 잔 병 통 포기 포대 박스 상자 봉지 줄 면 컷 곡 매 필지 "
    "구역 구간 량 정거장 급 단계 학년 학급 학점 교시 쌍 통화 MB Hz 인분 인승 인치 rpm 마력 hPa mmHg MWh GWh 시리즈 세트 "
    "학기 세기 주년 주기 박 끼 모금 발 방 기 종 과목 문항 문제 부 부작 회차 회기 년째 일째 개월째 주째"
)
_TIME_OF_PERSONS = {
    "분"
}  # 3분 is minutes far more often than three persons; both sides of a check read it alike.


def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _TABLE.strip().splitlines():
        name, *others = line.split("|")
        for form in [name, *others]:
            found.setdefault(form, name)
    return found | {name: name for name in _SINGLE.split()} | {name: name for name in _TIME_OF_PERSONS}


NAMES = _names()
"""Every written form of a unit, to its one name."""

CURRENCY_SIGNS = {"$": "달러", "₩": "원", "€": "유로", "¥": "엔", "£": "파운드"}
"""Signs that stand before the number."""

# What may stand right after a unit: a mark, a space, a particle or a bound; 3대를 is 3대, 3대학 is not.
_AFTER = (
    r"(?![가-힣A-Za-z])|(?=분(?:[^가-힣]|$|[이은을의으에과만])|자(?![가-힣]{2})|서(?![가-힣])|여|쯤|가량|정도|께|째|씩|간|당|짜리|어치|꼴|가까|남짓|안팎|내외|이상|이하|미만|초과|이내|규모|수준|상당|전후|"
    r"대[로에의를가는 ]|가|이|은|는|을|를|의|에|로|와|과|도|만|들|으로|까지|부터|마다|밖에|뿐|보다|나|며|고|라|인|일|였|입|다|던|중|후|전|뒤|새|넘|말|초)"
)
KNOWN = re.compile(
    rf"\s?(?P<unit>{'|'.join(re.escape(f) for f in sorted(NAMES, key=len, reverse=True))})(?:{_AFTER})"
)
GLUED = re.compile(r"[가-힣]{1,5}")
_PARTICLE = re.compile(
    r"(?:에서는|에서|서|에게|으로|까지|부터|마다|보다|이나|이며|이고|였다|이다|은|는|이|가|을|를|의|에|로|와|과|도|만|나|며|고|다|여|씩|쯤|께)$"
)


def glued(word: str) -> str:
    """What is glued to a number and no known unit, without the particle at its end: 필지를 is 필지."""
    return _PARTICLE.sub("", word)
