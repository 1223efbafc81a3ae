"""docs/api/<service>.openapi.json, generated: what each service answers over HTTP, committed and checked for drift.

`python -m kit.openapi generate` writes them, `python -m kit.openapi check` fails when they are stale. A service with a
JSON API has `openapi_app()` in its `app.py`: the application with all its routes, connected to nothing. It is found by
name, because the kit may not know the services. `python -m kit.openapi generate reporting` does one.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from kit import problems

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs" / "api"


class NoDocument(ValueError):
    """A service from which no document can be made, or one that would not be usable; the message says why."""


def services(root: Path = ROOT) -> list[str]:
    """The services that have an application."""
    return sorted(path.parent.name for path in (root / "services").glob("*/app.py"))


def application(service: str) -> FastAPI:
    """The application of one service with all its routes, connected to nothing. Raises NoDocument."""
    module = import_module(f"services.{service}.app")
    build = getattr(module, "openapi_app", None)
    if build is None:
        raise NoDocument(f"services/{service}/app.py has no openapi_app() that returns its FastAPI application")
    app: FastAPI = build()
    return app


def document(service: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of one service. Raises NoDocument."""
    return published(application(service).openapi())


def published(found: dict[str, Any]) -> dict[str, Any]:
    """A document as it is published: errors under the media type of problems also where a route answers with another
    one, event streams by the schemas of their data.

    Raises NoDocument when an operation has no id, or the id of another: generated clients would lose one of them.
    """
    seen: set[str] = set()
    for path, method, operation in _operations(found):
        identity = operation.get("operationId", "")
        if not identity or identity in seen:
            raise NoDocument(f"{method.upper()} {path}: operation id {identity!r} is missing or used twice")
        seen.add(identity)
        for status, answer in operation["responses"].items():
            content = answer.get("content", {})
            if status >= "400" and content:
                answer["content"] = {problems.MEDIA_TYPE: next(iter(content.values()))}
            if "anyOf" in (schema := content.get("text/event-stream", {}).get("schema", {})):
                schema.pop("type", None)
    return found


def _operations(found: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in found["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def render(found: dict[str, Any]) -> str:
    """The text of a document, the same for the same routes."""
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def main(arguments: Sequence[str]) -> int:
    """The command; 0 when all is well, 1 when something is stale or cannot be made, 2 when it was not understood."""
    if not arguments or arguments[0] not in ("generate", "check"):
        print("usage: python -m kit.openapi generate|check [service ...]")
        return 2
    wrong = 0
    for service in arguments[1:] or services():
        path = DOCS / f"{service}.openapi.json"
        try:
            text = render(document(service))
        except NoDocument as error:
            print(error)
            wrong = 1
            continue
        if arguments[0] == "generate":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            print(f"docs/api/{path.name} is stale: run `python -m kit.openapi generate`")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
