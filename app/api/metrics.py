"""What Prometheus may scrape; counted from the values that pass by, in a registry of the server's own."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain import Brief, EngineInfo
    from app.engine.batcher import Batch
    from app.pipeline import Timings

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
_SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)
# Why an article came back extracted although a model was asked: the codes of its notices.
_FALLBACKS = frozenset({"engine_late", "engine_failed", "out_of_memory", "cancelled"})


class Metrics:
    """The metrics of one server process; docs/runbook.md says what each is for."""

    def __init__(self) -> None:
        self.registry = r = CollectorRegistry()
        ProcessCollector(registry=r)
        self.requests = Counter(
            "sejul_requests", "Requests, by route and outcome (ok, or an error's code).",
            ["route", "outcome"], registry=r,
        )  # fmt: skip
        self.request_seconds = Histogram(
            "sejul_request_seconds", "Seconds from a request's first byte to its answer's last.",
            ["route"], registry=r, buckets=_SECONDS,
        )  # fmt: skip
        self.stage_seconds = Histogram(
            "sejul_stage_seconds", "Seconds a page spends in a stage, summed over its articles.",
            ["stage"], registry=r, buckets=_SECONDS,
        )  # fmt: skip
        self.pages = Counter("sejul_pages", "Pages summarized.", registry=r)
        self.articles = Counter("sejul_articles", "Articles summarized.", registry=r)
        self.lines = Counter("sejul_lines", "Summary lines, by origin.", ["origin"], registry=r)
        self.lines_replaced = Counter(
            "sejul_lines_replaced", "Lines replaced because the article did not support a fact in them.",
            ["fact"], registry=r,
        )  # fmt: skip
        self.fallbacks = Counter(
            "sejul_engine_fallbacks", "Articles that came back extracted because the engine did not write them.",
            ["reason"], registry=r,
        )  # fmt: skip
        self.batches = Counter(
            "sejul_batches", "Batches that the engine ran, by outcome.", ["outcome"], registry=r
        )
        self.batch_size = Histogram("sejul_batch_size", "Articles in a batch.", registry=r, buckets=_SIZES)
        self.batch_padding = Histogram(
            "sejul_batch_padding_share", "The share of a batch's padded cost that is padding.",
            registry=r, buckets=_SHARES,
        )  # fmt: skip
        self.batch_seconds = Histogram(
            "sejul_batch_seconds", "Seconds that the engine took for a batch.", registry=r, buckets=_SECONDS
        )
        self.engine = Gauge(
            "sejul_engine_info", "The engine that runs; always 1.",
            ["name", "kind", "runtime", "device", "dtype", "revision", "prompt"], registry=r,
        )  # fmt: skip

    def watch(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """A gauge that is read when it is scraped."""
        Gauge(name, meaning, registry=self.registry).set_function(value)

    def engine_is(self, info: EngineInfo) -> None:
        """The engine that runs."""
        self.engine.clear()
        self.engine.labels(**{name: value or "" for name, value in asdict(info).items()}).set(1)

    def batch(self, batch: Batch) -> None:
        """A batch that the engine ran."""
        self.batches.labels("failed" if batch.failed else "ok").inc()
        self.batch_size.observe(batch.size)
        self.batch_padding.observe(batch.padding_share)
        self.batch_seconds.observe(batch.seconds)

    def brief(self, brief: Brief) -> None:
        """An article that was summarized."""
        self.articles.inc()
        for line in brief.lines:
            self.lines.labels(line.origin.value).inc()
        for notice in brief.notices:
            if notice.code in _FALLBACKS:
                self.fallbacks.labels(notice.code).inc()
            for fact in notice.facts:
                self.lines_replaced.labels(fact).inc()

    def page(self, timings: Timings) -> None:
        """A page that was summarized."""
        self.pages.inc()
        for stage in ("split", "select", "draft", "ground"):
            self.stage_seconds.labels(stage).observe(getattr(timings, stage) / 1000)

    def request(self, route: str, outcome: str, seconds: float) -> None:
        """A request that was answered."""
        self.requests.labels(route, outcome).inc()
        self.request_seconds.labels(route).observe(seconds)

    def exposition(self) -> bytes:
        """The text format of Prometheus."""
        return generate_latest(self.registry)
