"""Shorter forms of sentences, by deletion and morphology only: same facts, fewer characters."""

from app.summary.compress.line import shorten

__all__ = ["shorten"]
