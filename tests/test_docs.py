"""The documents keep their word: every example runs, and every link and setting they name is there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import httpx
import pytest

from app.settings import Settings
from bench.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
ADDRESS = "http://127.0.0.1:8000"
DOCUMENTS = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
_FENCE = re.compile(r"^```(?P<language>sh|python|js)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")
_INSTALLS = re.compile(r"\bmake (install|demo|serve|check|test|eval|bench)\b|pre-commit install")


class Example(NamedTuple):
    """A fenced piece of code of a document."""

    name: str
    language: str
    code: str


def examples() -> list[Example]:
    """What the documents tell a user to run, but for the verbs of make, which CI runs itself."""
    return [
        Example(f"{path.relative_to(ROOT)}:{number}", match["language"], match["code"])
        for path in DOCUMENTS
        for number, match in enumerate(_FENCE.finditer(path.read_text(encoding="utf-8")), start=1)
        if not _INSTALLS.search(match["code"])
    ]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A real server of the embedded engine on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"SEJUL_ENGINE": "extractive"})
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                if httpx.get(f"{address}/readyz").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_every_example_runs(example: Example, server: str, tmp_path: Path) -> None:
    """An example of the documents, against a real server, ends well and prints something Korean."""
    runner = {"sh": "bash", "python": sys.executable, "js": "node"}[example.language]
    if shutil.which(runner) is None:
        pytest.skip(f"needs {runner}")
    suffix = {"sh": ".sh", "python": ".py", "js": ".mjs"}[example.language]
    script = tmp_path / f"example{suffix}"
    code = example.code.replace(ADDRESS, server).replace("digest.jsonl", str(tmp_path / "digest.jsonl"))
    script.write_text(("set -euo pipefail\n" if suffix == ".sh" else "") + code, encoding="utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    out = subprocess.run(
        [runner, script], cwd=ROOT, env=os.environ | {"PATH": path}, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert out.returncode == 0, out.stderr
    assert re.search(r"[가-힣]{2}", out.stdout)
    assert '"code":' not in out.stdout or '"articles"' in out.stdout


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    """A relative link of a document names a file that is there."""
    targets = [m["target"] for m in _LINK.finditer(path.read_text(encoding="utf-8"))]
    missing = [t for t in targets if "://" not in t and not (path.parent / t).exists()]
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_setting_named_is_a_setting(path: Path) -> None:
    """A document names no SEJUL_ variable that nothing reads."""
    known = {f"SEJUL_{name.upper()}" for name in Settings.model_fields} | {"SEJUL_BAKE", "SEJUL_COMPLETE"}
    named = set(re.findall(r"SEJUL_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8")))
    assert {name for name in named if name not in known} == set()


def test_both_languages_have_every_document() -> None:
    """What there is in English there is in Korean, and the other way round."""
    english, korean = ({p.name for p in (ROOT / "docs" / name).glob("*.md")} for name in ("en", "ko"))
    assert english == korean


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_readme_shows_what_the_sample_page_gives(name: str) -> None:
    """What a README prints of the sample page is what the command prints today, but for the seconds."""
    text = (ROOT / name).read_text(encoding="utf-8")
    shown = text.split("$ sejul summarize examples/page.txt\n")[1].split("```")[0]
    command = [sys.executable, "-m", "app", "summarize", "examples/page.txt"]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.sub(r" · \d+\.\d+초", "", out) == shown


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_readme_shows_the_floors(name: str) -> None:
    """The splitter's figures in README are those that `make eval` holds."""
    floors = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8"))
    rows = [
        f"| {form} | {held['article_f1']:.3f} | {held['headline']:.3f} | {held['clean']:.3f} |"
        for form, held in floors.items()
    ]
    assert "\n".join(rows) in (ROOT / name).read_text(encoding="utf-8")
