"""The house's own rules: layers point one way, and each heavy import has one place."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APP = ROOT / "app"

# Low to high; a module may import its own layer and those before it. Longer prefixes win.
LAYERS: list[set[str]] = [
    {"app", "app.domain", "app.errors"},
    {"app.text", "app.settings"},
    {"app.summary"},
    {"app.engine"},
    {"app.publish"},
    {"app.pipeline"},
    {"app.api", "app.batch"},
    {"app.scale"},
    {"app.cli", "app.__main__"},
]

# Heavy or framework imports, and the only modules (or packages) that may have them.
PLACES: dict[str, set[str]] = {
    "torch": {f"app.engine.runtime.{name}" for name in ("torch", "search", "cache", "int8")},
    "ctranslate2": {"app.engine.runtime.conversion", "app.engine.runtime.ctranslate"},
    "transformers": {"app.engine.tokenizer", "app.engine.runtime.torch", "app.engine.runtime.cache"},
    "tokenizers": {"app.engine.tokenizer"},
    "kiwipiepy": {"app.text.morphology"},
    "pypdfium2": {"app.text.pdf"},
    "threadpoolctl": {"app.text.context"},
    "fastapi": {"app.api", "app.scale"},
    "starlette": {"app.api"},
    "ray": {"app.scale"},
    "openai": {"app.engine.chat"},
    "jinja2": {"app.engine.prompts"},
    "click": {"app.cli"},
    "rich": {"app.cli"},
}


def modules() -> dict[str, ast.Module]:
    """Every module of the app, parsed."""
    found = {}
    for path in sorted(APP.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imports(tree: ast.AST) -> set[str]:
    """What a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(module: str) -> int:
    """The number of a module's layer, by its longest listed prefix."""
    best, number = -1, -1
    for n, names in enumerate(LAYERS):
        for name in names:
            if (module == name or module.startswith(name + ".")) and len(name) > best:
                best, number = len(name), n
    return number


def test_every_import_points_down() -> None:
    """No module imports from a layer above its own."""
    wrong = [
        f"{name} imports {target}"
        for name, tree in modules().items()
        for target in imports(tree)
        if target.split(".")[0] == "app" and layer(target) > layer(name)
    ]
    assert wrong == []


def test_no_module_is_unlisted() -> None:
    """A new top-level module of the app has been given a layer on purpose."""
    tops = {".".join(name.split(".")[:2]) for name in modules()}
    assert tops - set().union(*LAYERS) == set()


@pytest.mark.parametrize("library", sorted(PLACES))
def test_each_library_has_its_place(library: str) -> None:
    """A heavy library is imported only where it belongs."""
    wrong = [
        name
        for name, tree in modules().items()
        if any(target.split(".")[0] == library for target in imports(tree))
        and not any(name == place or name.startswith(place + ".") for place in PLACES[library])
    ]
    assert wrong == []


def test_grounding_never_sees_an_engine() -> None:
    """Grounding is a pure function over text."""
    tree = modules()["app.summary.grounding"]
    assert not [t for t in imports(tree) if t.startswith(("app.engine", "app.pipeline", "app.api"))]


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("app.cli", {"torch", "transformers", "fastapi", "kiwipiepy", "numpy", "pydantic", "ray", "rich"}),
        ("app.text.splitter", {"torch", "transformers", "fastapi", "ray", "ctranslate2"}),
        ("app.pipeline", {"torch", "transformers", "fastapi", "ray", "ctranslate2", "openai"}),
        ("app.api.app", {"torch", "transformers", "ray", "ctranslate2", "openai"}),
    ],
)
def test_heavy_libraries_load_late(module: str, absent: set[str]) -> None:
    """Importing a module does not load what only some of its users need."""
    code = f"import sys, {module}; print(*sorted(set(sys.modules) & {absent!r}))"
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout.split() == []
