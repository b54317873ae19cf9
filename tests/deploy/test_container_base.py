"""Where the container test takes its base from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deploy.container_test import mirror

if TYPE_CHECKING:
    from pathlib import Path


def test_the_mirror_is_the_one_that_has_the_suite(tmp_path: Path) -> None:
    """Another vendor's source, a comment and a file that apt passes over are not where Debian comes from."""
    folder = tmp_path / "sources.list.d"
    folder.mkdir()
    (folder / "a.sources.disabled").write_text("Types: deb\nURIs: http://off.example\nSuites: bookworm\n")
    (folder / "b.list").write_text("deb https://vendor.example/deb nodistro main\n")
    (folder / "c.sources").write_text(
        "Types: deb\n# http://snapshot.example\nURIs: http://mirror.example/debian\n"
        "Suites: bookworm bookworm-updates\n\nTypes: deb\nURIs: http://security.example\nSuites: bookworm-security\n"
    )
    assert mirror(tmp_path) == "http://mirror.example/debian"
