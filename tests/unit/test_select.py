"""Selection: what may be evidence, what carries an article, what is tried where a line cannot be made."""

from __future__ import annotations

import pytest

from app.domain import Article, Options, Style, Traced
from app.summary.assign import assign
from app.summary.compress import Offer
from app.summary.eligible import Eligibility, eligibilities, eligibility
from app.summary.salience import FEATURES, coefficients, features, salience
from app.summary.select import UNWRITTEN, Taste, select
from app.text.sentences import sentences

BODY = """한들시는 노후 상수도관 12㎞를 올해 안에 모두 바꾼다고 3일 밝혔다.
시는 추경 예산 48억원을 들여 상수도관 교체 공사를 9월에 시작한다.
한들시 상수도관의 누수율은 지난해 14.2%로 도내 평균의 두 배에 가깝다.
공사가 시작되면 구도심 3200가구가 하루 네 시간씩 단수를 겪는다.
이미래 시 상수도과장은 "상수도관 공사 일정은 문자로 미리 알리겠다"고 말했다.
▲한들시 구도심의 낡은 상수도관. /한들시 제공
한편 시는 가을 국화 축제도 준비하고 있다."""


def article(body: str, headline: str | None = None, subheads: tuple[str, ...] = ()) -> Article:
    """An article of `body` alone."""
    return Article(headline, Traced.whole(body), subheads)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("시는 도서관을 28일 연다고 밝혔다.", Eligibility.SENTENCE),
        ("시민들이 새 도서관을 둘러보고 있다. [한빛뉴스 제공]", Eligibility.NEVER),
        ("11일 문을 연 도서관의 모습.", Eligibility.NEVER),
        ("해온상공회의소 전경이 보인다 [촬영 서가온]", Eligibility.NEVER),
        ("해온시 새봄동의 한 복층 방 내부/유튜브 채널 ‘새봄’", Eligibility.NEVER),
        ("이가람 시장과 관계자들이 기념촬영을 하고 있다.", Eligibility.NEVER),
        ("28일 오전 해온시 새봄도서관에서 시민들이 책을 고르고 있다.", Eligibility.NEVER),
        ("30일 나래국 가람에서 시민들이 건널목을 건너고 있다.", Eligibility.NEVER),
        ("시는 28일 현재 도서관 다섯 곳을 운영하고 있다.", Eligibility.SENTENCE),
        ("이가람 시장(左), 김가온 의장(右)이 나란히 섰다.", Eligibility.NEVER),
        ("이가람 시장이 들어서고 있다. (공동취재사진)", Eligibility.NEVER),
        ("[가온 11월 28일]", Eligibility.NEVER),
        ("이가람 기자 garam@example.com", Eligibility.NEVER),
        ("◇사흘 만에 문 닫은 도서관", Eligibility.STUB),
        ("도서관 이용 잇따라.", Eligibility.STUB),
        ("도서관은 왜 사흘 만에 문을 닫았을까?", Eligibility.STUB),
    ],
)
def test_form_alone_says_what_may_be_evidence(text: str, expected: Eligibility) -> None:
    """Captions, credits and bylines never; subheads and questions only for want of sentences."""
    (sentence,) = sentences(text)
    assert eligibility(sentence) == expected


def test_a_note_above_a_bare_credit_is_a_caption() -> None:
    """The name of a picture, and a line below it that says whose that is."""
    found = sentences("감염병 병상 안내\n[새봄TV 제공]\n시는 28일 병상을 크게 늘렸다.")
    assert eligibilities(found) == (Eligibility.NEVER, Eligibility.NEVER, Eligibility.SENTENCE)


def test_the_lead_is_taken_and_the_aside_is_not() -> None:
    """What the article keeps coming back to is taken; its caption and its closing aside are not."""
    found = sentences(BODY)
    chosen = {n for group, _ in select(article(BODY), found, 3) for n in group}
    assert 0 in chosen
    assert not chosen & {5, 6}


@pytest.mark.parametrize("lines", [1, 2, 3, 4, 5])
def test_as_many_lines_as_asked_in_the_articles_order(lines: int) -> None:
    """An article with enough sentences gives each number of lines, ascending, none twice."""
    groups = [group for group, _ in select(article(BODY), sentences(BODY), lines)]
    assert len(groups) == lines
    assert list(groups) == sorted(set(groups))


def test_what_cannot_stand_alone_is_passed_over() -> None:
    """The next best is tried where no line can be made of a sentence."""
    found = sentences(BODY)
    groups = [
        group for group, _ in select(article(BODY), found, 3, lambda g: () if g == (0,) else (UNWRITTEN,))
    ]
    assert len(groups) == 3
    assert (0,) not in groups


def test_a_sentence_is_tried_with_the_one_it_leans_on() -> None:
    """Where no sentence stands by itself, neighbours are tried together."""
    chosen = select(article(BODY), sentences(BODY), 2, lambda g: (UNWRITTEN,) if len(g) == 2 else ())
    assert chosen
    assert all(second == first + 1 for (first, second), _ in chosen)


def test_the_same_thing_is_not_said_twice() -> None:
    """A sentence that repeats one already taken is left out, even where lines are wanting."""
    body = "한들시는 노후 상수도관 12㎞를 올해 안에 바꾼다고 3일 밝혔다.\n한들시는 올해 노후 상수도관 12㎞를 바꾼다."
    assert len(select(article(body), sentences(body), 3)) == 1


def test_a_subhead_draws_its_sentence() -> None:
    """What the editor set under the headline weighs in."""
    found = sentences(BODY)
    plain, drawn = (
        salience(features(article(BODY, subheads=subheads), found))
        for subheads in ((), ("구도심 3200가구 단수",))
    )
    assert drawn[3] > plain[3]


def test_each_feature_has_a_learned_weight() -> None:
    """The coefficients' file names the features that there are, and the analyser they were learned on."""
    assert len(coefficients().weights) == len(FEATURES)
    assert coefficients().analyser.startswith("kiwipiepy_model ")


def test_no_sentences_no_evidence() -> None:
    """An empty body is no error."""
    assert select(article(""), (), 3) == ()


def test_no_line_is_written_of_what_no_line_could_save() -> None:
    """Past one line more than asked, a sentence is written only where its line's words may make up for its salience."""
    found = sentences(BODY)

    def written(taste: Taste) -> list[tuple[int, ...]]:
        groups: list[tuple[int, ...]] = []

        def offers(group: tuple[int, ...]) -> tuple[Offer, ...]:
            groups.append(group)
            return (Offer(str(group), {str(group): 0.5 / len(groups)}, 0.0),)

        assert len(select(article(BODY), found, 2, offers, taste)) == 2
        return groups

    assert len(written(Taste(salience=100, words=1, character=0, lost=0))) == 3
    assert len(written(Taste(salience=0.01, words=1, character=0, lost=0))) > 3


def test_a_sentence_with_a_bad_line_gives_way_to_one_with_a_good_line() -> None:
    """What a line loses is weighed against how salient its sentence is."""
    found = sentences(BODY)
    taste = Taste(salience=1, words=0, character=0, lost=1)

    def offers(group: tuple[int, ...]) -> tuple[Offer, ...]:
        return (Offer(str(group), {}, 0.0, lost=9.0 if group == (0,) else 0.0),)

    assert (0,) not in [group for group, _ in select(article(BODY), found, 3, offers, taste)]


def test_lines_are_chosen_for_what_they_say_together() -> None:
    """Of the lines of one sentence, the one whose words no other line says is taken."""
    found = sentences(BODY)
    taste = Taste(salience=0.01, words=1, character=0, lost=0)
    words = {0: ({"상수도": 0.5}, {"예산": 0.4}), 1: ({"상수도": 0.5},)}

    def offers(group: tuple[int, ...]) -> tuple[Offer, ...]:
        return tuple(Offer(f"{group}{said}", said, 0.0) for said in words.get(group[0], ()))

    said = [dict(offer.words) for _, offer in select(article(BODY), found, 2, offers, taste)]
    assert said == [{"예산": 0.4}, {"상수도": 0.5}]


def test_no_line_is_taken_twice() -> None:
    """Two sentences that come to one line give it once."""
    found = sentences(BODY)
    chosen = select(article(BODY), found, 3, lambda _: (Offer("시는 상수도관을 바꾼다.", {}, 0.0),))
    assert len(chosen) == 1


def test_what_has_no_line_in_the_desks_style_is_said_in_a_finished_sentence() -> None:
    """Of an article long enough no line is missing because a quotation is too long, or an ending is none of the desk's."""
    body = (
        "한들시는 노후 상수도관 12㎞를 올해 안에 모두 바꾼다. "
        "이미래 시장은 “오래된 관을 한 해에 모두 바꾸는 일은 처음이라 주민께 불편을 드리지 않게 밤에만 공사한다”고 말했다. "
        "단수 시간이 궁금한 시민은 상수도과에 전화하면 된다."
    )
    lines = [e.extracted for e in assign(article(body), Options(3, Style.BRIEF)).evidence]
    assert len(lines) == 3
    assert lines[1].endswith("공사한다”")
    assert not lines[0].endswith(".")
    assert lines[2].endswith("전화하면 된다.")


def test_a_line_that_says_what_another_has_said_is_not_taken() -> None:
    """Two sentences may differ and their lines still say one thing: 시, 20곳 선정 after 시, 새 길 20곳을 선정."""
    found = sentences(BODY)
    said = {
        (0,): Offer(
            "시, 새 길 20곳을 올해 선정", dict.fromkeys(("시", "길", "20", "곳", "올해", "선정"), 0.5), 1.0
        ),
        (1,): Offer("시, 최종 20곳 선정", dict.fromkeys(("시", "최종", "20", "곳", "선정"), 0.5), 9.0),
        (4,): Offer("시장, 길 열어", dict.fromkeys(("시장", "길"), 0.5), 1.0),
    }
    taken = select(
        article(BODY), found, 2, lambda group: [said[group]] if group in said else [], Taste(1, 1, 0, 0)
    )
    assert [group for group, _ in taken] == [(0,), (4,)]


def test_what_fits_no_line_of_the_desk_takes_more_room() -> None:
    """A long name is printed whole in the desk's hand, and not as a finished sentence."""
    body = "해온시는 28일 나라 정책 대회에서 ‘협치와 혁신으로 이룬 바다 쓰레기 처리 체계 새 사례’로 으뜸상을 받았다."
    (made,) = assign(article(body), Options(lines=1, style=Style.BRIEF)).evidence
    assert made.extracted.endswith("으뜸상 받아")
