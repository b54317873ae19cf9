"""`python -m app.api` prints the OpenAPI document of a server with default settings."""

from __future__ import annotations

import json
import sys

from app.api import create_app
from app.engine.extractive import ExtractiveEngine
from app.settings import Settings

json.dump(create_app(Settings(), ExtractiveEngine()).openapi(), sys.stdout, ensure_ascii=False, indent=1)
sys.stdout.write("\n")
