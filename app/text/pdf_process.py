"""A PDF on standard input to the text of its pages on standard output, as JSON: a process that may die.

PDFium is C++ that reads strangers' files; whatever a file does to it, it does in here.
"""

from __future__ import annotations

import json
import sys

from app.errors import InputError
from app.text.pdf import page_texts

MEMORY_BYTES = 2 * 2**30


def main() -> None:
    """Reads, answers, ends."""
    _bound()
    try:
        answer: dict[str, object] = {"pages": page_texts(sys.stdin.buffer.read())}
    except InputError as exc:
        answer = {"code": exc.code, "detail": str(exc)}
    sys.stdout.write(json.dumps(answer))


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    main()
