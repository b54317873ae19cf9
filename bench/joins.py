"""How often a cut text is joined as it was: hard-wrapped lines and column breaks cut from press articles.

    python -m bench.joins ../shared/data

The articles are the third of articles_dev that `training/spacing.py` keeps apart.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from app.text.repair import between
from training.spacing import bodies

ARTICLES = 200
WRITTEN_BY = {" ": True, "": False}


def held_out(data: Path) -> list[str]:
    """The bodies that the model has not seen, in the order that training drew them in."""
    rng = random.Random(0)  # noqa: S311
    found = bodies(data / "articles_dev.jsonl")
    rng.shuffle(found)
    return found[: len(found) // 3][:ARTICLES]


Cut = tuple[str, str, bool, frozenset[str]]


def _share(cuts: list[Cut]) -> float:
    return sum(WRITTEN_BY[between(left, right, words)] == space for left, right, space, words in cuts) / len(
        cuts
    )


def hard_wraps(body: str, rng: random.Random) -> list[Cut]:
    """The joins of `body` wrapped at 15 to 25 characters anywhere, the space at a cut lost."""
    width, found = rng.randint(15, 25), []
    # The words as they stand on the wrapped page, whose cut ones are in halves.
    words = frozenset(word for at in range(0, len(body), width) for word in body[at : at + width].split())
    for at in range(width, len(body) - 1, width):
        left, right = body[max(0, at - width) : at], body[at : at + width]
        if left.strip() and right.strip():
            found.append((left.strip(), right.strip(), left[-1].isspace() or right[0].isspace(), words))
    return found


def column_breaks(body: str, rng: random.Random) -> list[Cut]:
    """Cuts of whole paragraphs inside a sentence, with all the text on both sides."""
    found = []
    for _ in range(8):
        at = rng.randrange(30, max(31, len(body) - 30))
        left, right = body[:at], body[at:]
        if left.strip() and right.strip() and not left.rstrip().endswith((".", "?", "!")):
            found.append(
                (
                    left.strip(),
                    right.strip(),
                    left[-1].isspace() or right[0].isspace(),
                    frozenset([*left.split(), *right.split()]),
                )
            )
    return found


def main() -> None:
    """Print both shares."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 and Path(sys.argv[1]).is_dir() else "../shared/data")
    if not data.exists():
        print("joins: ../shared/data is not here; nothing measured")
        return
    rng = random.Random(1)  # noqa: S311
    texts = held_out(data)
    wraps = [cut for body in texts for cut in hard_wraps(body, rng)]
    breaks = [cut for body in texts for cut in column_breaks(body, rng)]
    print(f"hard-wrapped lines joined as written: {_share(wraps):.4f} of {len(wraps)}")
    print(f"column breaks joined as written:      {_share(breaks):.4f} of {len(breaks)}")


if __name__ == "__main__":
    main()
