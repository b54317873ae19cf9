"""The facts of a text: numbers with their unit, dates, times, quotations, names, Latin words, and how it says them."""

from __future__ import annotations

from app.text.facts.fact import Fact

__all__ = ["Fact"]
