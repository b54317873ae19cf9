"""The dashboard and the alert rules use only metrics that exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from app.api.service import Service
from app.engine.batcher import Batch
from app.settings import Settings

ROOT = Path(__file__).parents[2]
_NAME = re.compile(r"\b(?:sejul|process)_[a-z_]+")


def exposed() -> set[str]:
    """Every series that a server exposes."""
    metrics = Service(Settings(engine="extractive")).metrics
    metrics.batch(Batch(1, 1, 1, 0.1, failed=False))
    found = set()
    for family in text_string_to_metric_families(metrics.exposition().decode()):
        endings = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}.get(family.type, ("",))
        found |= {family.name + ending for ending in endings}
    return found


def expressions() -> list[str]:
    """Every query of the dashboard and of the alert rules."""
    board = json.loads((ROOT / "deploy" / "grafana.json").read_text(encoding="utf-8"))
    rules = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text(encoding="utf-8"))
    return [t["expr"] for panel in board["panels"] for t in panel["targets"]] + [
        rule["expr"] for group in rules["groups"] for rule in group["rules"]
    ]


@pytest.mark.parametrize("expression", expressions())
def test_every_metric_exists(expression: str) -> None:
    """A panel or a rule over a metric that nobody exposes would stay silent for ever."""
    names = set(_NAME.findall(expression))
    assert names
    assert names <= exposed()


def test_every_alert_is_in_the_runbook() -> None:
    """Who is woken finds what to do."""
    rules = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text(encoding="utf-8"))
    runbook = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    assert [
        r["alert"] for g in rules["groups"] for r in g["rules"] if f"### {r['alert']}" not in runbook
    ] == []


def test_every_setting_is_in_the_runbook() -> None:
    """Every knob is named where an operator looks for it."""
    runbook = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"`SEJUL_{name.upper()}`" not in runbook] == []


def test_every_metric_is_in_the_runbook() -> None:
    """Every metric of ours is explained."""
    runbook = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    base = {
        re.sub(r"_(total|bucket|sum|count|created)$", "", name)
        for name in exposed()
        if name.startswith("sejul_")
    }
    assert [name for name in sorted(base) if name not in runbook] == []
