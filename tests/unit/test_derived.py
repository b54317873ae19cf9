"""What a model made of a sentence by leaving words out says what the sentence says, or is none of its lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import Style, Token
from app.summary.aligned import aligned
from app.summary.compress import Worth, offers
from app.summary.derived import derived
from app.text.morphology import tokenize
from app.text.sentences import sentences
from app.text.splitter import single

# What only leaves words out.
LEFT = [
    ("해온시, 공사 마쳐", "해온시는 지난달 공사를 마쳤고, 내년에 문을 열 계획이다."),
    ("나가온 씨, 재판에 넘겨져", "나가온 씨는 폭행 혐의로 재판에 넘겨졌다."),
    ("주민들, 승인 받으면 공사 시작", "주민들은 승인을 받으면 공사를 시작한다."),
    ("미용 업무는 영업신고 해야", "미용 업무는 관할 구청에 영업신고를 해야 한다."),
    ("나가온 씨, 주식 90회 거래한 것으로 알려져", "나가온 씨는 주식을 90회 거래한 것으로 알려졌다."),
    ("기준 고시 업무 나래원으로 일원화", "해온시는 기준 고시 업무를 새봄청에서 나래원으로 일원화했다."),
    ("해온시, 도서관에서 수업 진행", "해온시는 새봄도서관에서 온라인으로 수업을 진행한다."),
    (
        "나가온 씨, 면담 기록 사실과 다르게 작성한 의혹",
        "나가온 씨는 면담 기록을 사실과 다르게 작성한 의혹을 받는다.",
    ),
    ("해온시 가온구역, 새봄구역과 인접", "해온시 가온구역은 새봄구역과 인접해 주민의 관심이 크다."),
    ("새봄발전소 31일 밤 퇴역", "반세기 동안 일한 새봄발전소가 오는 31일 밤 12시부로 퇴역한다."),
    (
        "전국 도축장·집유장 운영수준 양호",
        "전국 도축장과 집유장 안전기준 운영수준이 대체로 양호한 것으로 나타났다.",
    ),
    ("나가온 씨 지상 3층서 지하 4층까지 떨어져", "당시 나가온 씨는 지상 3층에서 지하 4층까지 떨어졌다."),
    ("보유세 완화 방안 검토", "기획부는 보유세 완화 방안 검토에 착수했다."),
    ("과태료 부과 금액 1억5천만원", "과태료 부과 금액은 1억5천만원에 이른다."),
    ("새봄연대, LTE 분석 결과 발표", "새봄연대는 28일 LTE 서비스 이익 분석 결과를 발표했다."),
    ("해온시, 상수도관을 새 관으로 바꿔", "해온시는 노후 상수도관 120㎞를 2029년까지 새 관으로 바꾼다."),
    (
        "가온은행 우수 사례 7건 선정",
        "가온은행은 지난달 지점에서 처리한 일을 분석해 우수 사례 7건을 선정했다고 28일 밝혔다.",
    ),
    ("도서관 건립 무산", "해온시 도서관 건립 사업이 무산됐다."),
    ("새봄대, 6개 과목 선정", "새봄대는 6개 과목 선정을 의결했다."),
    ("면허 없이 음주운전", "나가온 씨는 면허 없이 음주운전하다가 경찰에 붙잡혔다."),
    (
        "가온사, 내년 상반기에는 새 전략 수립",
        "가온사는 내년 상반기에는 흩어진 정책을 모은 새 전략을 수립한다.",
    ),
    ("나래 김치가 가온 김치로 표기", "시장에서 나래 김치가 가온 김치 등으로 표기됐다."),
    (
        "해온부, '초·중·고부터 대학까지 대전환' 추진",
        "해온부는 내년에 '초·중·고부터 대학까지 대전환'을 추진한다.",
    ),
    ("HLH, 임대주택 모집 시작", "해온토지공사(HLH)는 28일 임대주택 모집을 시작했다."),
    (
        "해온구, 새봄1동, 나래3동 지역 2곳에 주차장 조성",
        "해온구는 소음으로 몸살을 앓고 있는 새봄1동, 나래3동 지역 2곳에 주차장을 조성했다고 28일 밝혔다.",
    ),
    (
        "하역업체, 신청을 제기하는 등 갈등 빚어",
        "하역업체는 법원에 신청을 제기하는 등 갈등을 빚고 있다.",
    ),
    (
        "나가온 전 국장, 공로 인정받아",
        "나가온 전 국장은 사회에 이바지한 공로를 인정받아 훈장을 받았다.",
    ),
    ("나루 시장의 자산 약 5조 원", "나루 시장의 자산은 약 5조 원으로 세계 2위다."),
    ("노선 2020년 4개→2040년 70개", "노선은 2020년 4개에서 2040년 70개까지 늘어난다."),
    ("새봄구 지하 주차장에서 불", "새봄구 지하 주차장에서 불이 나 주민이 대피했다."),
    ("드론으로 불꽃놀이 시연", "가온사는 4일 드론으로 불꽃놀이를 시연하는 데 성공했다고 밝혔다."),
]
# What says another thing with the same words: who, what, whether.
ANOTHER = [
    ("환자 진료 질 높여", "이것은 해온시가 환자 진료 질을 높이고, 사망률을 낮추고자 시작한 사업이다."),
    (
        "서나루 새봄대 경영학과 교수는 진단",
        "서나루 새봄대 경영학과 교수는 제도 변화가 인재를 제때 뽑기 위해서라고 진단했다.",
    ),
    ("노동자 3명 중 1명 나와", "해온시에 사는 노동자 3명 중 1명은 밤에도 일한다는 조사 결과가 나왔다."),
    (
        "새 직원들, 회사 생활 비법 전수",
        "새 직원들은 선배들에게서 회사 생활 비법을 전수받고 의지를 다질 계획이다.",
    ),
    ("해온시, 3월 중 위원 선정", "해온시는 서류를 심사해 3월 중 위원을 선정하고 결과를 공개할 계획이다."),
    ("기금 운용 원칙·지침 연동", "정부는 기금 운용 원칙과 지침을 연동해 실행력을 강화한다는 방침이다."),
    ("소재 생산 투자는 협약 체결", "가온사와 해온시는 28일 시청에서 소재 생산 투자를 위한 협약을 체결했다."),
    (
        "나가온 씨와 도하람 씨, 폭행 혐의로 재판에 넘겨",
        "나가온 씨와 도하람 씨는 폭행 혐의로 재판에 넘겨졌다.",
    ),
    (
        "기류 수렴으로 먼지 축적",
        "일부 지역은 기류 수렴으로 먼지가 축적되고 바람이 약해 농도가 높은 것으로 보인다.",
    ),
    ("미용 업무는 영업신고", "미용 업무는 관할 구청에 영업신고를 해야 한다."),
    ("심의위 승인 받으면 사업에 속도 붙을 전망", "심의위의 승인을 받으면서 사업에 속도가 붙을 전망이다."),
    (
        "산지청, 촉진법 보수적으로 해석",
        "산지청은 촉진법을 보수적으로 해석해 행정 가능성을 스스로 차단하고 있다는 지적이 나온다.",
    ),
    ("가온차, 100% 확보", "가온차 역시 지난해 1월 새봄차 지분을 100% 확보했다."),
    ("새봄전자, 지원하는 창업 사업", "새봄랩은 새봄전자가 지원하는 창업 사업이다."),
    # A charge of several clauses.
    (
        "나가온 씨, 면담 기록 사실과 다르게 작성",
        "나가온 씨는 면담 기록을 사실과 다르게 작성하고, 이를 특정 언론에 흘린 의혹을 받는다.",
    ),
    (
        "나가온 씨 다른 게임 제공",
        "나가온 씨는 허가받은 것과 다른 게임을 제공하고 돈을 받은 혐의 등으로 재판에 넘겨졌다.",
    ),
    ("29개 지구, 2천 가구 확정", "29개 지구, 2천 가구는 진행 중이거나 계획 확정된 상태다."),
    ("새봄구 공사 중단", "새봄구 공사는 지연되거나 중단됐다."),
    (
        "방송으로 적극 홍보해 좋은 정책 알려",
        "새봄 정책대회는 우수 사례를 발굴하고 방송으로 적극 홍보해 좋은 정책을 널리 알리기 위해 마련됐다.",
    ),
    ("기준 고시 업무 새봄청에서 일원화", "해온시는 기준 고시 업무를 새봄청에서 나래원으로 일원화했다."),
    ("본사 해온시에서 이전", "가온사는 본사를 해온시에서 새봄시로 이전했다."),
    ("죽는 사람 많아", "총기 때문에 죽는 사람은 의외로 많다."),
    ("많은 사람들, 다르다고 생각", "많은 사람들이 남들과 다르다고 생각한다."),
    ("친구 명의 계좌로 90회 거래", "나가온 씨는 친구 명의 계좌로 90회에 걸쳐 주식거래를 한 것으로 알려졌다."),
    ("새봄구·나래구 후보지 선정", "해온시는 새봄구와 나래구 등 3개 구를 이번 후보지 선정에서 제외했다."),
    (
        "나가온 씨에게 징역 2년을 선고",
        "고등법원은 나가온 씨에게 징역 2년을 선고한 1심과 달리 집행유예를 선고했다.",
    ),
    ("의원 39명 통신자료 제공", "해온수사처는 의원 39명의 통신자료도 제공받은 것으로 파악됐다."),
    ("무혐의로 넘긴 사건 구속", "경찰이 무혐의로 넘긴 사건의 피의자를 구속했다."),
    (
        "가온사는 계열사 관계에 신고",
        "가온사는 지난 4월 나래사가 새봄사의 계열사 관계에 있다고 보고 새봄사를 위원회에 신고했다.",
    ),
    ("새봄소방서, 지하 주차장에서 불", "새봄소방서는 낮 12시쯤 지하 주차장에서 불이 났다는 신고를 받았다."),
    ("돈 빼돌려", "검찰은 돈을 빼돌린 혐의로 나가온 씨를 재판에 넘겼다."),
    ("구속된 피의자, 재판에 넘겨", "검찰은 구속된 피의자를 재판에 넘겼다."),
    ("노선 2020년 4개·2040년 70개", "해온 노선은 2020년 4개에서 2040년 70개까지 늘어난다."),
    ("낡은 철로 전철화", "해온철도는 낡은 철로를 전철화하는 사업을 빠르게 할 방침이다."),
    ("매출이 늘어", "매출이 늘지 않은 가온사는 새 사장을 뽑았다."),
    ("물가 오르면 금리 인상", "중앙은행은 물가가 오르면 금리를 인상할 수 있다고 밝혔다."),
    ("나래사, 가온사 채무 200억원", "나래사는 지난 2월 가온사의 채무 200억원을 공매로 인수했다."),
    ("검찰, 약식기소 나가온 씨", "검찰은 지난달 나가온 씨를 약식기소했다."),
    ("새봄시에서 해온시로 이사", "나가온 씨는 해온시에서 새봄시로 이사했다."),
    ("신청자 120여명 조회", "해온처는 신청자 120여명을 상대로 자료를 조회했다."),
    ("우주선 발사", "해온시는 새 관을 바꿨다."),
    (
        "거래 규모·가격은 시장 신뢰 흔든다는 지적",
        "불어난 거래 규모와 달리 가격은 시장 신뢰를 흔든다는 지적이 나온다.",
    ),
    ("증권회사 직원 계좌로 거래", "나가온 씨는 증권회사 직원임에도 부인 명의 계좌로 거래한 것으로 알려졌다."),
    ("가온사, 인공지능 결합", "가온사가 인공지능을 결합한 새 모형을 내놓을 수 있을지 기대가 높다."),
    ("약으로 이어질 가능성 높아", "가온사는 약으로 이어질 가능성이 높은 설계를 만드는 데 힘쓴다."),
    ("사업 체계 고도화", "가온지주는 사업 체계 고도화를 위한 조직 개편을 했다고 28일 밝혔다."),
    ("투자 모집", "가온사는 투자자를 모집했다."),
    ("새봄사 예금 공매", "새봄사는 예금보험공사로부터 채무를 공매로 인수했다."),
    ("모형 발굴 추진", "이번 협약은 모형을 발굴하기 위해 추진됐다."),
    ("선거 앞두고 여당 요구", "해온부는 선거를 앞두고 여당 요구를 받아들인 것으로 풀이된다."),
    ("딸이 병을 앓는 글 올라와", "딸이 병을 앓는다는 글이 게시판에 올라왔다."),
    ("미등록자 출입 식당 이름 공유", "대화방에서 미등록자 출입 거부 식당 이름이 공유됐다."),
    ("나가온 시장의 다짐", "새 철도에도 힘쓰겠다고 나가온 시장은 다짐했다."),
    (
        "해온구, 다른 지역 2곳에 주차장 조성",
        "해온구는 넓은 지역 2곳에 주차장을 조성하고 다른 지역에 나무를 심었다.",
    ),
    (
        "폭행 혐의로 기소된 나가온 씨 항소심에서 징역 2년을 선고",
        "고등법원은 폭행 혐의로 기소된 나가온 씨 항소심에서 징역 2년을 선고한 1심과 달리 집행유예를 선고했다.",
    ),
    ("가온발전소 유류발전소", "가온발전소는 1973년 유류발전소로 상업운전을 시작했다."),
    ("해온구, 새봄2구역 선정", "해온구에서 새봄2구역이 선정됐다."),
    ("정나루 해온청 새봄과장", "새봄과장은 정나루 해온청 새봄과장이 내정됐다."),
    ("해온구 공영주차장", "해온구 공영주차장은 18면 규모다."),
    ("해온청 국장 사업에 이바지", "정나루 전 해온청 국장은 사업에 이바지했다."),
    ("2009년 퇴임 당시 호칭", "2009년 퇴임 당시에는 발명가라는 호칭을 받았다."),
    ("상대적으로 검은 머리 적어", "가온에서는 검은 머리가 많고, 나루에서는 상대적으로 검은 머리가 적었다."),
    ("새봄지검, 명예 훼손", "새봄지검은 명예를 훼손한 것으로 봤다."),
    ("전환 현장 점검", "이번 방문은 전환 현장을 점검하고 확대 방안을 찾기 위해 마련됐다."),
    ("대기 환자 9명 감소", "대기 환자가 9명으로 감소했다."),
    ("기준 대비 60% 이상", "사고 확률은 기준 대비 60% 이상 높았다."),
    (
        "나가온 씨 상고심에서 무죄 선고",
        "대법원은 나가온 씨의 상고심에서 무죄를 선고한 원심을 깨고 사건을 돌려보냈다.",
    ),
    ("정 함장 모욕 혐의", "나가온 씨는 정 함장을 모욕한 혐의를 받는다."),
    ("종목 선행매매", "나가온 씨는 종목을 선행매매해 부당이익을 취득한 혐의를 받는다."),
    ("해온군, 반려 사유 보완", "해온군은 반려 사유를 보완해 다시 협의를 요청할 계획이다."),
    ("강사의 전문성 높여", "강사의 전문성을 높이기 위한 자격요건도 개선된다."),
    ("유치원 380곳 원아 3만 명", "유치원 380곳의 원아 3만 명이 혜택을 받게 됐다."),
    ("보험사 대신 빚 갚아", "보험사가 대신 빚을 갚는다."),
    ("해온청 나래원 일원화", "해온부는 고시 업무를 해온청에서 나래원으로 일원화했다."),
    ("나루에 사는 모든 새를 통틀어", "나루에 사는 모든 새를 통틀어 도구를 쓰는 새는 많지 않다."),
]
TEXTS = [text for _, text in LEFT + ANOTHER]


def read(line: str, text: str) -> bool:
    """Whether a line in the desk's style is derived from a text of one sentence."""
    (sentence,) = sentences(text)
    return derived(line, sentence, telegraphic=True)


@pytest.mark.parametrize(("line", "text"), LEFT, ids=[line for line, _ in LEFT])
def test_what_only_leaves_words_out_is_derived(line: str, text: str) -> None:
    """Particles and endings may go; so may numbers behind nouns, nouns in a row, a verb that adds nothing."""
    assert read(line, text)


@pytest.mark.parametrize(("line", "text"), ANOTHER, ids=[line for line, _ in ANOTHER])
def test_what_says_another_thing_is_not(line: str, text: str) -> None:
    """Every word is the sentence's, and grounding would let most of them pass."""
    assert not read(line, text)


@pytest.mark.parametrize("text", [text for _, text in LEFT], ids=[line for line, _ in LEFT])
def test_our_own_lines_are_derived(text: str) -> None:
    """What our rules make of a sentence by deletion is what deletion may make of it; four in five at the least are told so."""
    found = sentences(text)
    made = offers(single(None, text).articles[0], found, (0,), Style.BRIEF, Worth(found))
    told = [derived(offer.text, found[0], telegraphic=True) for offer in made]
    assert sum(told) >= len(told) * 0.8


def test_a_name_of_two_words_is_found_whole() -> None:
    """A sentence that begins with who its article calls only 지사 is given the whole name, as one morpheme with a space."""
    name = Token("김나루 해온지사", "NNP", 0, 8)
    text = "김나루 해온지사는 새 계획을 내놨다."
    (bare,) = sentences("새 계획을 내놨다.")
    tokens = (
        name,
        Token("는", "JX", 8, 9),
        *(Token(t.form, t.tag, t.start + 10, t.end + 10) for t in bare.tokens),
    )
    for line, whole in (("김나루 해온지사, 새 계획 내놔", True), ("김나루, 새 계획 내놔", False)):
        assert (aligned(line, tokenize(line), text, tokens) is not None) is whole


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.text(max_size=40))
def test_any_line_is_answered(text: str, line: str) -> None:
    """Whatever a model writes is a line or none; nothing fails."""
    (sentence,) = sentences(text)
    assert derived(line, sentence, telegraphic=False) in {True, False}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_words_left_out_are_found_in_their_order(text: str, data: st.DataObject) -> None:
    """Of a sentence without some of its words each word is found, at or behind the one before it."""
    spaced = text.rstrip(".").split()
    kept = data.draw(st.lists(st.sampled_from(range(len(spaced))), unique=True, min_size=1).map(sorted))
    line = " ".join(spaced[n] for n in kept)
    (sentence,) = sentences(text)
    pairs = aligned(line, tokenize(line), sentence.text, sentence.tokens)
    places = [pair.source.start for pair in pairs or ()]
    assert places == sorted(places)
