"""Instruction-tuned models behind any OpenAI-compatible server: one structured answer, checked like the rest."""

from app.engine.chat.engine import ChatEngine, build

__all__ = ["ChatEngine", "build"]
