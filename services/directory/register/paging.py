"""Cursors of lists: where the last page ended, opaque to the caller."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, TypeAdapter

from kit.problems import FieldError, of_status

T = TypeVar("T")


class Order(NamedTuple):
    """How a list runs: by a field of the stored row, ties by id the same way."""

    field: str = "sort"
    way: Literal[1, -1] = 1


BY_NAME = Order()
POSITION: TypeAdapter[tuple[str, str]] = TypeAdapter(tuple[str, str])


class Page(BaseModel, Generic[T]):
    """One page of a list; `next_cursor` asks for the next one, absent on the last; `total` counts all pages."""

    items: list[T]
    next_cursor: str | None = None
    total: int


def encode(sort: str, identity: str) -> str:
    """The cursor that continues after this entry."""
    return urlsafe_b64encode(json.dumps([sort, identity]).encode()).decode().rstrip("=")


def decode(cursor: str | None) -> tuple[str, str] | None:
    """Where to continue; None for the first page. Raises a 422 problem for a cursor that we did not give."""
    if not cursor:
        return None
    try:
        sort, identity = POSITION.validate_json(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (Error, ValueError):
        wrong = FieldError("/query/cursor", "bukan penanda halaman yang sah; mulai dari awal")
        raise of_status(422, errors=[wrong]) from None
    return sort, identity
