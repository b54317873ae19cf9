"""The network that reads a page's lines together: what runs is what was trained."""

from __future__ import annotations

import io
from zlib import crc32

import numpy as np
import pytest
import torch
from threadpoolctl import threadpool_info, threadpool_limits

from app.text.context import read
from app.text.lines import read as lines_of
from app.text.seats import SEATS, features, model, seats
from app.text.traits import without_seats
from training.context import LEFT_OUT, Network, weights_of

_BITS = 8
_PAGE = [["w시장", "e다."], ["w시장"], ["T:byline", "e기자"], ["wㄱ"] * 30]


def written(network: Network) -> bytes:
    """The file that training writes of a network."""
    raw = io.BytesIO()
    np.savez_compressed(raw, **weights_of(network))
    return raw.getvalue()


@pytest.mark.parametrize("lines", [1, 2, 4])
def test_what_runs_is_what_was_trained(lines: int) -> None:
    """The answer of numpy is torch's, but for the vectors' rounding to a byte."""
    torch.manual_seed(1)
    network = Network(_BITS, classes=3).eval()
    page = _PAGE[:lines]
    rows = [crc32(f.encode()) & ((1 << _BITS) - 1) for features_ in page for f in features_]
    starts = np.cumsum([0, *(len(f) for f in page[:-1])])
    context = read(written(network))
    with torch.no_grad():
        network.vectors.weight *= 1 - LEFT_OUT
        scores = network(torch.tensor(rows), torch.tensor(starts), [lines])
    wanted = torch.log_softmax(scores, dim=1).numpy()
    assert np.allclose(context.log_probabilities(page), wanted, atol=0.02)


def test_a_page_of_nothing_has_no_seats() -> None:
    """No line, no answer."""
    assert model().log_probabilities([]) == []


def test_every_line_has_a_seat_for_sure() -> None:
    """The chances of a line's seats add up to one, on a page of one line and of many."""
    for text in ("한 줄", "제목이 있다\n\n본문은 이렇게 시작한다. 그리고 끝난다.\n김가온 기자"):
        found = lines_of(text)
        rows = np.exp(seats(found, without_seats(found), model()))
        assert rows.shape == (len(found), len(SEATS))
        assert np.allclose(rows.sum(axis=1), 1)


def test_what_a_line_is_lies_in_its_neighbours_too() -> None:
    """The same words have other features below another line."""
    alone, below = lines_of("시장 불 꺼졌다"), lines_of("사설\n시장 불 꺼졌다")
    assert next(features(alone, without_seats(alone))) != list(features(below, without_seats(below)))[1]


def test_numpy_multiplies_on_the_thread_that_asks() -> None:
    """The networks' products are too small to share out, whatever the machine would do by itself."""
    with threadpool_limits(2):
        read(written(Network(_BITS, classes=3)))
        own = [lib for lib in threadpool_info() if "numpy" in lib["filepath"]]
        assert own, "numpy's library of products is not where it is looked for"
        assert {lib["num_threads"] for lib in own} == {1}
