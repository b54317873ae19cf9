"""Whether a line takes in what its article leaves out, or tells as done what the article only denies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.text.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT_OUT = re.compile(r"(?P<what>(?:[^\s]{1,20}\s)?[^\s]{0,20}[^\s을를])[을를]\s(?:제외|빼고|뺀|뺐)")
_LEAVES_OUT = re.compile(r"제외|빼고|뺀|뺐|말고|외에")
_DENIED = re.compile(r"(?P<deed>[가-힣]{2,8}?)(?:[은는을를도]\s)?(?:하|되)지(?:는|도|를)?\s?(?:못|않|아니)")
_DENIAL = re.compile(r"못|않|아니|안\s|없|무산|불발|거부")


def taken_in(line: str, article: str) -> Iterator[Fact]:
    """What `line` speaks of and `article` has only where it leaves it out: 8개 업체 of 8개 업체를 제외한 업체는."""
    if _LEAVES_OUT.search(line) or not _LEAVES_OUT.search(article):
        return
    for match in _LEFT_OUT.finditer(article):
        what = match["what"]
        at = line.find(what)
        if at >= 0 and article.count(what) == sum(m["what"] == what for m in _LEFT_OUT.finditer(article)):
            yield Fact("exception", what, at, at + len(what))


def undenied(line: str, article: str) -> Iterator[Fact]:
    """Deeds that `line` tells and `article` has only where it denies them: 서명 of 서명도 하지 못하고."""
    if _DENIAL.search(line):
        return
    denied = [m["deed"] for m in _DENIED.finditer(article)]
    for deed in dict.fromkeys(denied):
        at = line.find(deed)
        if at >= 0 and article.count(deed) == denied.count(deed):
            yield Fact("negation", deed, at, at + len(deed))
