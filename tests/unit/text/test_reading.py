"""What the splitter reads out of hard-wrapped pages, and how it says so."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from app.cli import main
from app.cli.reasons import KOREAN
from app.text import lines, traits
from app.text.bylines import byline, opening
from app.text.splitter import single, split
from app.text.weights import table

UNSIGNED = """물빛시, 빈 점포에 청년
공방 열 곳 연다
물빛시가 내년 봄부터 새봄시장 안
의 빈 점포를 청년 공방으로 바꾸기
로 했다. 시는 18일 점포 열 곳의 주
인과 협약을 맺었다고 밝혔다.
임대료는 3년 동안 시가 절반을 댄다.
공방 주인은 한 달에 두 번 주민 강좌
를 열어야 한다.
누리천 산책로 밤에도 걷는다
누리천 산책로 4㎞ 구간에 가로등이
켜진다. 하늘시는 19일 보행등 210개를
새로 세웠다고 밝혔다. 오후 11시에
는 물고기를 위해 밝기를 낮춘다.
"""


def test_headlines_stand_out_where_nothing_else_does() -> None:
    """A hard-wrapped page without blank lines and without bylines is two articles, the first headline in two lines."""
    found = split(UNSIGNED).articles
    assert [(article.headline or "").replace(" ", "") for article in found] == [
        "물빛시,빈점포에청년공방열곳연다",
        "누리천산책로밤에도걷는다",
    ]
    assert found[1].body.text.endswith("밝기를 낮춘다.")


def test_a_credit_cut_in_two_is_a_credit() -> None:
    """What a caption says at its end is seen in all its lines, though the page's width cut it."""
    page = "하늘초 학생들이 텃밭에서 캔 고구\n마를 들고 있다. 하늘시교육지원청 제\n공\n"
    shown = traits.measure(lines.read(page))
    assert all(t.get("credit", 0) > 0 for t in shown)


def test_a_credit_ends_its_caption() -> None:
    """On a hard-wrapped page the caption's credit is its own; the body below has no share in it."""
    page = "텃밭에서 아이들이 고구마를 들고 있다. 하늘시 제공\n하늘시교육지원청은 지난 20일 텃밭\n가꾸기 수업을 열었다고 밝혔다.\n"
    caption, body, _ = traits.measure(lines.read(page))
    assert caption["credit"] == 1.0
    assert "credit" not in body


def test_a_service_handed_out_is_no_credit() -> None:
    """`서비스 제공` ends a headline, `해담군 제공` ends a caption."""
    headline, caption = traits.measure(
        lines.read("해담군, 밤길 동행 서비스 제공\n\n꽃길을 걷는 주민들 해담군 제공\n")
    )
    assert "weak credit" not in headline
    assert "weak credit" in caption


def test_bylines_without_a_reporters_title() -> None:
    """Who wrote and who drew; a title from the desk; a bare picture credit is none."""
    assert [b.name for b in byline("글 추산하 그림 방기웅") or ()] == ["추산하", "방기웅"]
    assert [b.name for b in byline("모한결 산업2부장") or ()] == ["모한결"]
    assert byline("사진 길상우") is None


def test_bylines_in_hanja() -> None:
    """An old page signs in Hanja, the place before the name."""
    (found,) = byline("【束草=韓奎東기자】") or ()
    assert (found.name, found.place) == ("韓奎東", "束草")


def test_addresses_alone_sign() -> None:
    """The addresses of two writers, and nothing else, are who signed."""
    assert [b.email for b in byline("na@nuri.kr, do@nuri.kr") or ()] == ["na@nuri.kr", "do@nuri.kr"]
    assert byline("na@nuri.kr 앞으로 보내면 된다") is None


def test_a_wire_is_known_in_its_local_form() -> None:
    """A foreign agency's story that came by way of another one opens like any."""
    assert opening("【파리=AFP 연합】 센강 둔치에 헌책방이 열렸다.") is not None
    assert opening("【표=분기별 출하량】 사과와 배") is None


def test_what_somebody_said_is_no_headline_that_stands_apart() -> None:
    """A short sentence between blank lines may be a headline; in quotation marks it is a voice in the story."""
    page = "누리시가 다리를 놓는다.\n\n“이제는 걸어서 갑니다.”\n\n주민은 웃었다.\n\n다리가 놓인다.\n\n시가 밝혔다."
    shown = traits.measure(lines.read(page))
    assert ["short sentence alone" in t for t in shown[1:4]] == [False, True, True]


def test_an_inner_subhead_stands_between_halves_of_one_story() -> None:
    """What stands before and after an inner subhead shares its rarer words; around a headline it does not."""
    page = (
        "소금 창고에는 염부 셋이 남았다. 염전은 갯벌 위에 있고 바닷물은 수차가 끌어 올린다.\n"
        "수차가 멈춘 여름\n"
        "염부들은 수차를 고쳐 썼다. 창고 지붕은 바람에 날아갔고 염전에는 풀이 자랐다.\n"
        "도서관 야간 개방\n"
        "누리시는 20일 열람실을 밤까지 연다고 알렸다. 좌석은 백 석이다.\n"
    )
    shown = traits.measure(lines.read(page))
    assert shown[1].get("kin", 0.0) > 2 * shown[3].get("kin", 0.0)


@pytest.mark.parametrize("label", ["[광고]", "전면광고", "[광고성 기사]", "<AD>", "[Advertorial]"])
def test_an_advertisement_is_one_by_its_name(label: str) -> None:
    """What a paper calls an advertisement is known for one by its first lines, up to a byline."""
    page = f"{label}\n아침이 가벼운 대추차\n밤새 우려낸 대추차를 온 가족이 함께 마신다.\n홍길순 기자\n시장 다시 열다\n"
    shown = traits.without_seats(lines.read(page))
    assert "ad label" in shown[0]
    assert ["under an ad label" in t for t in shown] == [False, True, True, False, False]


@pytest.mark.parametrize("line", ["광고비 3억 원 되찾아", "AD 타운 재개발", "PR 전문가 한지우 씨"])
def test_a_line_that_speaks_of_advertising_is_no_name_of_it(line: str) -> None:
    """Only a line that says nothing else names an advertisement."""
    assert "ad label" not in traits.without_seats(lines.read(f"{line}\n시는 3일 밝혔다.\n"))[0]


def test_briefs_stand_in_a_row() -> None:
    """Three marked lines, each over a sentence, under the name of a column of briefs."""
    page = "간추린 소식\n" + "".join(
        f"△{name} 새 단장\n{name}이 다음 달 문을 다시 연다고 시가 알렸다.\n"
        for name in ("누리도서관", "해온수영장", "물빛극장")
    )
    shown = traits.measure(lines.read(page))
    assert all({"same mark", "in briefs", "in a row"} <= shown[i].keys() for i in (1, 3, 5))


def test_a_voice_shifts_between_articles() -> None:
    """An answer to a reader is polite, the news under it is not; what stands between them heads the news."""
    page = (
        "약을 끊어도 되나요\n혼자 정하시면 안 됩니다. 먼저 의사와 이야기하세요.\n재어 보고 오시면 됩니다.\n"
        "누리의료원 새 병동 열어\n누리의료원이 20일 새 병동을 열었다.\n병상은 백 개다.\n"
    )
    assert traits.measure(lines.read(page))[3]["voice shifts"] == 1.0


def test_an_article_that_goes_on_elsewhere_has_ended() -> None:
    """Under `▶5면에 계속` the next line that may head something heads an article of its own."""
    page = "다리를 놓는다고 시가 밝혔다.\n▶5면에 계속\n누리도서관 다시 문 열어\n누리도서관이 문을 열었다.\n"
    assert "gone elsewhere" in traits.measure(lines.read(page))[2]


def test_every_trait_is_said_in_korean() -> None:
    """No reason of `sejul split --explain` is in English."""
    for weights in table().roles.values():
        assert set(weights) - {""} <= set(KOREAN)


def test_reasons_are_printed_in_korean() -> None:
    """The engineer at the desk reads why a line is a headline."""
    said = CliRunner().invoke(main, ["split", "--explain", "-"], input=UNSIGNED.encode()).output
    assert "제목" in said
    assert "as head" not in said


def test_a_short_body_sent_alone_is_a_body() -> None:
    """An article that came already split is no caption, however much its few words sound like one."""
    body = "해온시립도서관이 다음 달 새 열람실을 연다. 좌석은 120석이다. 오후 10시까지 문을 연다."
    assert single(None, body).articles[0].body.text == body


def test_a_scene_inside_a_body_sent_alone_is_its_text() -> None:
    """A sentence in -고 있다 that names no picture stays in an article sent on its own, wherever it stands."""
    body = (
        "해온 앞바다에서 27일 새벽 9톤급 어선이 뒤집혀 선원 2명이 실종됐다.\n"
        "해경은 배가 너울에 기울며 중심을 잃은 것으로 추정하고 있다.\n"
        "구조된 선원 4명은 저체온증으로 치료를 받고 있다.\n"
        "해경은 경비함 5척을 보내 밤새 수색을 이어 갈 계획이다."
    )
    found = single("해온 앞바다서 어선 전복", body)
    assert not found.skipped
    assert "추정하고 있다" in found.articles[0].body.text


def test_a_heading_in_an_article_sent_by_itself_is_no_part_of_a_sentence() -> None:
    """A body's deck and its cross heads, which no full stop ends, stay out of the sentences behind them."""
    deck = "주민 300명 참여해 나무 심어\n내년 봄까지 세 곳 더 늘리기로"
    first = "해온시는 28일 바닷가 공원에 나무 2천 그루를 심었다고 밝혔다."
    second = "공원은 지난해 태풍으로 나무가 쓰러진 곳이다. 시는 울타리도 새로 세웠다."
    body = single("해온시, 바닷가에 숲", f"{deck}\n\n{first}\n\n{second}").articles[0].body.text
    assert body == f"{deck}\n{first}\n{second}"
