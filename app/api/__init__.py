"""HTTP: the only layer that knows JSON and status codes."""

from app.api.app import create_app

__all__ = ["create_app"]
