"""An article of the tests' own and its assignment, for tests of chat engines."""

from __future__ import annotations

from collections.abc import Callable

from app.domain import Assignment, Options, Style
from app.engine.chat import ChatEngine
from app.summary.assign import assign
from app.text.splitter import single

Make = Callable[..., ChatEngine]
"""Builds an engine on a server's URL."""

HEADLINE = "한들시, 노후 상수관 교체에 240억 원"
BODY = (
    "한들시가 내년부터 3년 동안 240억 원을 들여 낡은 상수관 62㎞를 바꾼다고 12일 밝혔다.\n"
    "교체 대상은 설치한 지 30년이 넘은 관으로, 구도심인 은내동과 보람동에 몰려 있다.\n"
    "시 상수도사업소가 지난해 조사한 결과 이 구간의 누수율은 21.4%로 시 평균의 두 배였다.\n"
    "시는 첫해에 은내동 18㎞를 먼저 바꾸고, 공사 기간에 물을 대신 대는 급수차를 하루 네 차례 운행한다.\n"
    "주민 이정숙 씨는 “여름마다 흙탕물이 나와 정수기를 따로 사야 했다”고 말했다.\n"
    "정하늘 상수도사업소장은 “공사가 끝나면 한 해 31억 원어치 물이 새는 것을 막을 수 있다”고 설명했다."
)


def assigned(
    body: str = BODY, headline: str | None = HEADLINE, style: Style = Style.SENTENCE, lines: int = 3
) -> Assignment:
    """The assignment of an article that was sent already split."""
    return assign(single(headline, body).articles[0], Options(lines, style))
