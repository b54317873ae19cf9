"""Shorter forms of sentences, by deletion and morphology only: same facts, fewer characters."""

from app.summary.compress.line import Offer, offers, shorten
from app.summary.compress.styles import ROOMY, tersely
from app.summary.compress.worth import Worth

__all__ = ["ROOMY", "Offer", "Worth", "offers", "shorten", "tersely"]
