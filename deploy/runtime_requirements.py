"""Print the requirements of the app and of the extras named, one a line, as pyproject.toml has them."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path


def requirements(extras: list[str]) -> list[str]:
    """What the app needs at run time, with `extras`; an extra that nobody knows ends the build."""
    with Path("pyproject.toml").open("rb") as f:
        project = tomllib.load(f)["project"]
    known = project["optional-dependencies"]
    unknown = [extra for extra in extras if extra not in known]
    if unknown:
        sys.exit(f"no extra {', '.join(unknown)}; there are: {', '.join(known)}")
    return [*project["dependencies"], *(line for extra in extras for line in known[extra])]


if __name__ == "__main__":
    sys.stdout.write("\n".join(requirements([e for e in sys.argv[1].split(",") if e])) + "\n")
