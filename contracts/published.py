"""JSON Schema of every published type: what the committed files under `contracts/schemas/` must say.

The schema describes the record's value as it is written. Compatibility of a change is judged against the committed
files of another revision (contracts/compatibility.py), so they change only by `python -m contracts generate`.
"""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema

from contracts.base import EventData
from contracts.topics import MODELS

FOLDER = Path(__file__).parent / "schemas"
SUFFIX = ".schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


class _Plain(GenerateJsonSchema):
    """Without a title on every field: it would only repeat the name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def file_name(event_type: str) -> str:
    """The schema's file under `contracts/schemas/`."""
    return event_type + SUFFIX


def schema_of(model: type[EventData]) -> Schema:
    """One type's JSON Schema, with everything it refers to inside."""
    body = model.model_json_schema(mode="serialization", schema_generator=_Plain)
    return {"$schema": DIALECT, "$id": file_name(model.TYPE), **body}


def schemas() -> dict[str, Schema]:
    """Every published type's schema, by type."""
    return {event_type: schema_of(model) for event_type, model in sorted(MODELS.items())}


def components() -> dict[str, JsonSchemaValue]:
    """Every model, by name, referring to each other as AsyncAPI components."""
    _, found = models_json_schema(
        [(model, "serialization") for model in MODELS.values()],
        ref_template="#/components/schemas/{model}",
        schema_generator=_Plain,
    )
    definitions: dict[str, JsonSchemaValue] = found["$defs"]
    return dict(sorted(definitions.items()))


def render(document: Any) -> str:
    """JSON as it is committed: two spaces, UTF-8, a newline at the end, keys in the order they were given."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
