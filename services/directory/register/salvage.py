"""What can be read of a document that as a whole cannot: so that its rules are told together with its form."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from kit.text import Code
from services.directory.ids import Kind, entity_id
from services.directory.register.view import View
from services.directory.violations import Violation

T = TypeVar("T")
CODE: TypeAdapter[str] = TypeAdapter(Code)

Salvage = Callable[[View, object, date], Awaitable[list[Violation]]]
"""salvage(view, raw body, today): violations of the parts that can be read."""


def readable(model: TypeAdapter[T], items: object) -> list[tuple[int, T]]:
    """(position, item) of those `items` that are valid alone; the others are reported by their form."""
    found: list[tuple[int, T]] = []
    for index, item in enumerate(items if isinstance(items, list) else ()):
        try:
            found.append((index, model.validate_python(item)))
        except ValidationError:
            continue
    return found


def identity_of(kind: Kind, body: Mapping[str, object]) -> str:
    """The id that the code in `body` leads to; "" when there is no acceptable code."""
    try:
        return entity_id(kind, CODE.validate_python(body.get("code")))
    except ValidationError:
        return ""


async def nothing(_: View, __: object, ___: date) -> list[Violation]:
    """For kinds whose rules need the whole."""
    return []
