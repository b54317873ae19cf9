"""Logs that hold no article text: counts, codes and timings only, for people or as an object a line.

An exception is logged by its type and by where it came from. Its message is left out, since what a library puts
there may quote the page.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

    from app.pipeline import Result


class TextFormatter(logging.Formatter):
    """A line for people: time, level, message, then what was recorded as key=value."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        fields = _fields(record)
        head = f"{fields.pop('ts')} {fields.pop('level'):<7} {fields.pop('message')}"
        fields.pop("logger")
        return " ".join([head, *(f"{name}={_plain(value)}" for name, value in fields.items())])


class JsonFormatter(logging.Formatter):
    """An object a line, for a log collector."""

    def format(self, record: logging.LogRecord) -> str:
        """The object."""
        return json.dumps(_fields(record), ensure_ascii=False, default=str)


def config(log_format: str) -> dict[str, Any]:
    """The logging configuration of the server and of all that runs in it."""
    formatter = JsonFormatter if log_format == "json" else TextFormatter
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{formatter.__module__}.{formatter.__qualname__}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {
            "sejul": {"level": "INFO"},
            "uvicorn": {"level": "INFO"},
            # Our own access line says what this one does not, and leaves out the path and query that this one tells.
            "uvicorn.access": {"level": "CRITICAL", "propagate": False, "handlers": []},
        },
    }


def told(result: Result) -> dict[str, Any]:
    """What the log tells of a page: counts and timings."""
    timings = result.timings
    return {
        "articles": len(result.briefs),
        "skipped": len(result.reading.skipped),
        "notices": sorted({notice.code for brief in result.briefs for notice in brief.notices}),
        "split_ms": round(timings.split, 1),
        "select_ms": round(timings.select, 1),
        "draft_ms": round(timings.draft, 1),
        "ground_ms": round(timings.ground, 1),
    }


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": record.getMessage(),
        **getattr(record, "record", {}),
    }
    if record.exc_info and record.exc_info[0] is not None:
        fields["error"] = record.exc_info[0].__name__
        fields["at"] = where(record.exc_info[2])
    return fields


def where(trace: TracebackType | None) -> list[str]:
    """The frames of a traceback: file, line and function, without source lines or values."""
    frames = traceback.extract_tb(trace)[-8:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)
