"""The first and the last day that can be written: every route that takes a date has an answer to them."""

from typing import Any

import pytest

from services.attendance.app import create
from tests.integration.attendance.conftest import Running

pytestmark = pytest.mark.integration

Schema = dict[str, Any]
EDGES = ("0001-01-01", "9999-12-31")
BASE = "/api/attendance/v1"
KEY = "Idempotency-Key"


class Made:
    """Values for the schemas of a document, every date in them the same."""

    def __init__(self, document: Schema, day: str) -> None:
        self._schemas = document["components"]["schemas"]
        self._day = day

    def path(self, template: str, parameters: list[Schema]) -> str:
        """The address, what is needed in it filled in."""
        values = {one["name"]: self.of(one["schema"]) for one in parameters if one["in"] == "path"}
        return template.format_map(values).removeprefix(BASE)

    def query(self, parameters: list[Schema]) -> dict[str, Any]:
        """What is needed, and every date."""
        asked = (one for one in parameters if one["in"] == "query")
        return {one["name"]: self.of(one["schema"]) for one in asked if one.get("required") or dated(one["schema"])}

    def of(self, schema: Schema) -> Any:
        """A value: of an object what is needed, and every date."""
        if "$ref" in schema:
            return self.of(self._schemas[schema["$ref"].rsplit("/", 1)[1]])
        if choices := schema.get("enum") or [schema[key] for key in ("const",) if key in schema]:
            return choices[0]
        if some := schema.get("anyOf") or schema.get("oneOf"):
            return self.of(some[0])
        if schema.get("format") in ("date", "date-time"):
            return self._day if schema["format"] == "date" else f"{self._day}T00:00:00"
        if schema.get("type") == "object":
            named = schema.get("properties", {}).items()
            return {name: self.of(one) for name, one in named if name in schema.get("required", ()) or dated(one)}
        if schema.get("type") == "array":
            return [self.of(schema["items"])] * max(1, schema.get("minItems", 1))
        if schema.get("type") in ("integer", "number"):
            return max(1, int(schema.get("minimum", 1)))
        return True if schema.get("type") == "boolean" else "aaaaaaaa"[: schema.get("maxLength", 8)]


def dated(schema: Schema) -> bool:
    """Whether it is a date, or may be one."""
    return schema.get("format") in ("date", "date-time") or any(dated(one) for one in schema.get("anyOf", ()))


@pytest.mark.parametrize("day", EDGES)
async def test_reading_at_the_edges_of_the_calendar(attendance: Running, day: str) -> None:
    document = create(attendance.parts).openapi()
    made, asked = Made(document, day), 0
    for template, methods in document["paths"].items():
        parameters = methods.get("get", {}).get("parameters", [])
        if any(dated(one["schema"]) for one in parameters):
            path, query = made.path(template, parameters), made.query(parameters)
            answer = await attendance.api.get(path, params=query)
            assert answer.status_code < 500, (path, query, answer.text)
            asked += 1
    assert asked >= 19


@pytest.mark.parametrize("day", EDGES)
async def test_commands_at_the_edges_of_the_calendar(attendance: Running, day: str) -> None:
    document = create(attendance.parts).openapi()
    made, sent = Made(document, day), 0
    for template, methods in document["paths"].items():
        for method in methods.keys() & {"post", "put"}:
            content = methods[method].get("requestBody", {}).get("content", {}).get("application/json")
            body = made.of(content["schema"]) if content else None
            if day not in str(body):
                continue
            path = made.path(template, methods[method].get("parameters", []))
            headers = {KEY: f"{method}-{sent:08}", "If-Match": '"1"'}
            answer = await attendance.api.request(method, path, json=body, headers=headers)
            assert 400 <= answer.status_code < 500, (method, path, body, answer.text)
            sent += 1
    assert sent >= 30
