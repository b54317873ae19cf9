"""What the splitter reads out of hard-wrapped pages, and how it says so."""

from __future__ import annotations

from click.testing import CliRunner

from app.cli.reasons import KOREAN
from app.cli.split import split as command
from app.text import lines, traits
from app.text.bylines import byline
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


def test_every_trait_is_said_in_korean() -> None:
    """No reason of `sejul split --explain` is in English."""
    for weights in table().roles.values():
        assert set(weights) - {""} <= set(KOREAN)


def test_reasons_are_printed_in_korean() -> None:
    """The engineer at the desk reads why a line is a headline."""
    said = CliRunner().invoke(command, ["--explain", "-"], input=UNSIGNED.encode()).output
    assert "제목" in said
    assert "as head" not in said


def test_a_short_body_sent_alone_is_a_body() -> None:
    """An article that came already split is no caption, however much its few words sound like one."""
    body = "해온시립도서관이 다음 달 새 열람실을 연다. 좌석은 120석이다. 오후 10시까지 문을 연다."
    assert single(None, body).articles[0].body.text == body
