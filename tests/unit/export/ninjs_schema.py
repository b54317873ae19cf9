"""What IPTC's ninjs 3.3 allows of the properties that we write, restated from its JSON Schema.

The standard is copyright IPTC (www.iptc.org), CC BY 4.0: http://www.iptc.org/std/ninjs/ninjs-schema_3.3.json
A property that is not named here is refused, though the standard may have it.
"""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string"}
URI = {"type": "string", "format": "uri"}
DATE = {"type": "string", "format": "date-time"}


def objects(required: tuple[str, ...] = (), **properties: dict[str, Any]) -> dict[str, Any]:
    """An array of objects that have these properties and no others."""
    item = {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }
    return {"type": "array", "items": item}


NINJS = {
    "type": "object",
    "required": ["uri"],
    "properties": {
        "uri": URI,
        "type": {
            "enum": [
                "text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning",
            ]
        },
        "profile": TEXT,
        "standard": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"name": TEXT, "version": TEXT, "schema": URI},
        },
        "versionCreated": DATE,
        "language": TEXT,
        "title": TEXT,
        "by": TEXT,
        "located": TEXT,
        "edNote": TEXT,
        "headlines": objects(("value",), role=TEXT, contentType=TEXT, value=TEXT),
        "descriptions": objects(("value",), role=TEXT, contentType=TEXT, value=TEXT),
        "bodies": objects(
            ("value",),
            role=TEXT,
            contentType=TEXT,
            charCount={"type": "integer"},
            wordCount={"type": "integer"},
            value=TEXT,
        ),
        "infoSources": objects(name=TEXT, role=TEXT, uri=URI, literal=TEXT),
        "digitalSourceType": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"name": TEXT, "uri": URI, "literal": TEXT},
        },
        "associations": {
            "type": "array",
            "items": {
                "$ref": "#/$defs/ninjs",
                "properties": {"name": TEXT, "rel": TEXT},
                "required": ["name"],
                "unevaluatedProperties": False,
            },
        },
    },
}  # fmt: skip
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {"ninjs": NINJS},
    "$ref": "#/$defs/ninjs",
    "unevaluatedProperties": False,
}
