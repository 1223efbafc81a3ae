"""What can be read of a document that as a whole cannot: so that its rules are told together with its form."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from services.directory.register.view import View
from services.directory.violations import Violation

T = TypeVar("T")

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


async def nothing(_: View, __: object, ___: date) -> list[Violation]:
    """For kinds whose rules need the whole."""
    return []
