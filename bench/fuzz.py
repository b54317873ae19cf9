"""Coverage-guided fuzzing: `python -m bench fuzz [--seconds 60]`, with atheris (`pip install atheris`).

The decoder of requests and the splitter, each in a process of its own. A finding is an exception that is none of
ours, a character of a page that lies nowhere or in two places, or an input that takes over ten seconds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bench.hostile import CORPUS

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
_MOST_BYTES = 4096
_TYPES = (
    "application/json",
    "text/plain",
    "text/plain; charset=cp949",
    "text/plain; charset=utf-16",
    "multipart/form-data; boundary=x",
    "",
)


def decoder(data: bytes) -> None:
    """Any bytes, the first of which chooses the content type, are a request or an error of ours."""
    from app.api.decoding import Sent, summarize_request
    from app.errors import InputError

    try:
        request = summarize_request(
            Sent(data[1:], _TYPES[data[0] % len(_TYPES)] if data else "", {}), 200_000
        )
    except InputError:
        return
    assert request.chars >= 0


def splitter(data: bytes) -> None:
    """Any text is split, and each of its characters lies in exactly one article or one skipped block."""
    from app.text.splitter import split

    text = data.decode("utf-8", "replace")
    page = split(text)
    spans = [span for article in page.articles for span in article.spans]
    held = Counter(
        i for span in (*spans, *(b.span for b in page.skipped)) for i in range(span.start, span.end)
    )
    assert max(held.values(), default=1) == 1
    assert all(held[i] for i, char in enumerate(text) if not char.isspace() and char not in "\ufeff\u200b")


TARGETS: dict[str, Callable[[bytes], None]] = {"decoder": decoder, "splitter": splitter}


def seeds(target: str) -> list[bytes]:
    """Inputs to begin with: the hostile pages, the sample, and a request of each kind."""
    sample = (ROOT / "examples" / "page.txt").read_text(encoding="utf-8")
    pages = [sample, *(make(400) for make in CORPUS.values())]
    if target == "splitter":
        return [page.encode("utf-8", "replace") for page in pages]
    form = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n가\r\n--x--\r\n'
    return [
        b'\x00{"text": "\xea\xb0\x80", "lines": 3, "style": "brief", "include": ["body"]}',
        b'\x00{"articles": [{"headline": null, "body": "\xea\xb0\x80"}]}',
        b"\x04" + form.encode(),
        *(bytes([kind]) + page.encode("utf-8", "replace") for kind in (1, 2, 3) for page in pages[:3]),
    ]


def fuzz(target: str, seconds: int, corpus: str) -> None:
    """One target in this process, until the time is up or something is found."""
    import atheris

    with atheris.instrument_imports(include=["app"]):
        TARGETS[target](seeds(target)[0])
    options = [f"-max_total_time={seconds}", f"-max_len={_MOST_BYTES}", "-timeout=10", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={corpus}/", corpus], TARGETS[target])
    atheris.Fuzz()


def main() -> None:
    """Fuzzes each target for its share of the time; the exit code is 1 where one found something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--target", choices=TARGETS, help=argparse.SUPPRESS)
    parser.add_argument("--corpus", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if find_spec("atheris") is None:
        sys.exit("atheris is not installed: pip install atheris")
    if arguments.target:
        fuzz(arguments.target, arguments.seconds, arguments.corpus)
        return
    failed = False
    for target in TARGETS:
        with tempfile.TemporaryDirectory() as corpus:
            for number, seed in enumerate(seeds(target)):
                (Path(corpus) / f"seed-{number}").write_bytes(seed)
            share = max(1, arguments.seconds // len(TARGETS))
            command = [sys.executable, "-m", "bench.fuzz", "--target", target, "--seconds", str(share)]
            found = subprocess.run(
                [*command, "--corpus", corpus], cwd=ROOT, capture_output=True, text=True, check=False
            )
            last = [
                line
                for line in found.stderr.splitlines()
                if line.startswith(("Done", "#", " ==", "==", "Test unit"))
            ]
            print(f"{target:10} rc {found.returncode}  {last[-1] if last else found.stderr[-300:]}")
            if found.returncode:
                failed = True
                print(found.stdout[-3000:], found.stderr[-3000:], sep="\n")
                for artifact in Path(corpus).glob("*-*"):
                    if not artifact.name.startswith("seed") and artifact.name.startswith(
                        ("crash", "timeout", "oom")
                    ):
                        print(artifact.name, artifact.read_bytes()[:400])
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
