"""Headlines for articles that come without one: the press's endings, and nothing that the body does not say."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from app.domain import Article, Traced
from app.summary.compress.endings import predicate
from app.summary.compress.tree import parse
from app.summary.headline import headline
from app.summary.headline.compose import LONGEST
from app.summary.headline.quotes import quoted
from app.summary.headline.style import ENDINGS, bare, headed
from app.summary.headline.words import FEATURES, chances, coefficients
from app.text.sentences import sentences

BODY = """한들시는 설 명절을 앞두고 노후 상수도관 12㎞ 교체 공사를 시작한다고 3일 밝혔다.
이번 공사에는 예산 48억원이 들어간다.
이미래 시 상수도과장은 "공사 일정은 문자로 미리 알리겠다"고 말했다."""


def of(body: str) -> str | None:
    """The headline of an article of `body` alone."""
    return headline(Article(None, Traced.whole(body)), sentences(body))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [pytest.param(*example, id=f"{row.name}: {example[0]}") for row in ENDINGS for example in row.examples],
)
def test_a_predicate_ends_as_headlines_do(sentence: str, expected: str) -> None:
    """Each row of the table does to its examples what it says."""
    (found,) = sentences(sentence)
    tree = parse(found)
    last = predicate(tree.text, tree.phrases[tree.root].core)
    assert last is not None
    assert headed(last) == expected


def test_the_lead_becomes_a_headline() -> None:
    """Who, what, and a noun ending; the announcement and the date are gone."""
    made = of(BODY)
    assert made is not None
    assert made.startswith("한들시, ")
    assert made.endswith("시작")
    assert "상수도관" in made
    assert len(made) <= LONGEST


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("가람군은 올해 축제를 열지 않기로 했다.", "않기로"),
        ("가람군의 인구는 내년 3만명 아래로 감소할 것으로 전망된다.", "전망"),
        ("가람군은 내년 3월 도서관 두 곳을 개관할 계획이다.", "계획"),
        ("나루전자는 1심에 이어 2심에서도 패소했다.", "2심에서도"),
    ],
)
def test_what_weakens_or_limits_a_claim_stays(body: str, kept: str) -> None:
    """Negation, forecasts, plans and what 도 adds are not headlined away."""
    made = of(body)
    assert made is not None
    assert kept in made


def test_every_word_is_the_bodys() -> None:
    """Particles and endings aside, nothing is added."""
    made = of(BODY)
    assert made is not None
    assert all(word.strip(",.") in BODY for word in made.split())


def test_no_sentence_no_headline() -> None:
    """A body of captions and marks has no headline."""
    assert of("▲한들시 구도심. /한들시 제공") is None
    assert of("") is None


def test_each_feature_has_a_learned_weight() -> None:
    """The coefficients' file names the features that there are."""
    assert len(coefficients().weights) == len(FEATURES)


def test_what_the_article_is_about_is_likelier_than_its_date() -> None:
    """The word that keeps coming back outweighs a date."""
    found = sentences(BODY)
    likely = chances(found, [0])
    by_word = {found[0].tokens[i].form: chance for (_, i), chance in likely.items()}
    assert by_word["공사"] > by_word["3"]


def test_a_particle_goes_in_either_form() -> None:
    """은 and 는 are one particle to the analyser and two to the reader."""
    assert bare("한들시는", "은") == "한들시"
    assert bare("도서관을", "을") == "도서관"
    assert bare("를", "를") == "를"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "오정민 해온시장은 22일 “주민 불편이 없도록 야간 공사를 늘리겠다”고 말했다.",
            ["오정민 해온시장 “주민 불편이 없도록 야간 공사를 늘리겠다”"],
        ),
        (
            "이수현 한빛은행 총재는 “지난해부터 여러 차례 금리를 내려 왔으며, 집값 오름세가 꺾였는지 더 지켜봐야 한다”고 말했다.",
            ["이수현 한빛은행 총재 “집값 오름세가 꺾였는지 더 지켜봐야 한다”"],
        ),
        ("관계자는 “주민 불편이 없도록 야간 공사를 늘리겠다”고 말했다.", []),
        ("그는 “주민 불편이 없도록 야간 공사를 늘리겠다”고 말했다.", []),
        ("오정민 해온시장은 ‘주민 불편이 없는 도시’를 내걸었다.", []),
        (
            "오정민 해온시장은 “정부가 예산을 절반이라도 대 준다면 해온시는 내년 봄에 바로 다리 공사를 시작하겠다”고 말했다.",
            [],
        ),
    ],
)
def test_a_quotation_heads_with_who_said_it(sentence: str, expected: list[str]) -> None:
    """Word for word, cut only behind a clause that sets no condition, and by somebody with a name."""
    (found,) = sentences(sentence)
    assert [text for text, _ in quoted(found, LONGEST)] == expected


def test_the_best_headline_that_holds_is_taken() -> None:
    """What grounding refuses makes room for the next."""
    found = sentences(BODY)
    article = Article(None, Traced.whole(BODY))
    first = headline(article, found)
    assert first is not None
    second = headline(article, found, lambda text: text != first)
    assert second not in {None, first}
    assert headline(article, found, lambda _: False) is None


@pytest.mark.parametrize(
    ("sentence", "printed_so"),
    [
        (
            "가온조선은 서해에 새 조선소를 인수하며 수리 사업을 확대했다.",
            "가온조선, 서해에 새 조선소 인수…수리 사업 확대",
        ),
        ("해온시와 도담군은 22일 공동 관광 상품을 출시했다.", "해온시·도담군"),
        ("한들시는 골목상권을 살리는 지원 사업으로 눈길을 끌었다.", "눈길"),
        ("해온시는 우수 도서관으로 선정됐다.", "우수 도서관 선정"),
        ("해온시는 노후 경유차를 단속하는 방안을 마련했다.", "노후 경유차 단속 방안"),
        ("해온시는 청년 102명을 채용했다.", "102명 채용"),
        ("해온시(시장 오정민)는 다리 공사를 시작했다.", "해온시, 다리 공사"),
    ],
)
def test_what_the_press_leaves_out_goes(sentence: str, printed_so: str) -> None:
    """Clauses that only do a noun, verbs that only go with one, particles that say nothing more."""
    made = of(sentence + " " + sentence)
    assert made is not None
    assert printed_so in made


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("해온시는 도담군과 업무협약을 체결했다.", "도담군·업무협약"),
        ("해온시는 고민하는 부모를 위해 상담실을 열었다.", "고민 부모"),
        ("학원 문제는 규제만으로는 해결하기 어렵다고 전문가들이 지적했다.", "문제 해결하기 어렵"),
        ("가온 총재는 나루 이사를 후임으로 지명하면서 금융시장이 크게 흔들렸다.", "총재 후임으로"),
    ],
)
def test_nothing_is_run_together(sentence: str, never: str) -> None:
    """Whom something is done with, whom a verb is of, and the bound of a claim stay told apart."""
    made = of(sentence + " " + sentence)
    assert made is None or never not in made


TIED = "해온시는 새봄동 공원에 나무와 의자와 그늘막을 놓았다. 공원의 나무와 의자와 그늘막은 주민과 학교와 가게가 골랐다. 주민과 학교와 가게는 공원을 반겼다."


def test_words_as_common_as_one_another_are_told_alike_in_every_process() -> None:
    """Of nouns with one count the earlier are the commonest, whatever order a process gives its sets."""
    script = (
        "import sys; from app.text.sentences import sentences; from app.summary.headline.words import chances; "
        "found = sentences(sys.argv[1]); print(sorted(chances(found, range(len(found))).items()))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script, TIED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
