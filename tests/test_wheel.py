"""The wheel works outside the checkout: cards, prompts and samples are found inside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_the_wheel_works_in_an_empty_environment(tmp_path: Path) -> None:
    """`pip wheel . --no-deps`, installed in a new environment with its requirements, summarizes a page from afar."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run([*pip, "wheel", ".", "--no-deps", "-w", str(tmp_path)], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("sejul-*.whl")
    home = tmp_path / "env"
    venv.create(home, with_pip=False)
    site = next(home.glob("lib/python3*/site-packages"))
    # The requirements come from this environment by path: its own .pth files, the checkout's among them, are not
    # read that way, so sejul itself can only come from the wheel.
    (site / "requirements.pth").write_text(sysconfig.get_path("purelib") + "\n")
    subprocess.run(
        [*pip, "--python", str(home / "bin/python"), "install", "--no-deps", str(wheel)], check=True
    )
    page = tmp_path / "page.txt"
    page.write_bytes((ROOT / "examples" / "page.txt").read_bytes())

    def sejul(*args: str) -> str:
        env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
        command = [str(home / "bin/sejul"), *args]
        out = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert out.returncode == 0, out.stderr
        return out.stdout

    articles = json.loads(sejul("summarize", "--json", str(page)))["articles"]
    assert [len(article["summary"]) for article in articles] == [3, 3, 3]
    assert "kobart" in sejul("models", "list")
    assert "headline_and_lines" in sejul("prompts", "list")
    assert str(site) in sejul("doctor")
