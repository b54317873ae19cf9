"""`python -m bench [TOPIC …] [OPTION …]`: every bench there is, or those named; each prints its own figures.

Options go to the benches that are named: `python -m bench load --seconds 600`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

# Too long for a look at everything, or not for this machine: run by name.
_BY_NAME = {
    "gpu",
    "load",
    "speed",
    "chat",
    "overhead",
    "hostile",
    "archive",
    "scale",
    "fuzz",
    "steps",
    "writer",
}
_NOT_TOPICS = {"__init__", "__main__", "checkpoint", "eval", "korean", "ports"}


def main() -> None:
    """Run the benches named on the command line, or all that are not left to be named."""
    topics = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in _NOT_TOPICS)
    first = next((n for n, word in enumerate(sys.argv) if word.startswith("-")), len(sys.argv))
    wanted = sys.argv[1:first] or [topic for topic in topics if topic not in _BY_NAME]
    sys.argv[1:first] = []
    for topic in wanted:
        if topic not in topics:
            sys.exit(f"no bench {topic!r}; there are: {', '.join(topics)}")
        print(f"── {topic}", flush=True)
        import_module(f"bench.{topic}").main()


if __name__ == "__main__":
    main()
