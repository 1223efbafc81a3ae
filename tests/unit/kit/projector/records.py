"""Records as the broker's client hands them out, made by hand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Headers = tuple[tuple[str, bytes | None], ...]


@dataclass(frozen=True)
class Record:
    """The fields of a consumer record that projectors look at."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    timestamp: int = 1_795_311_600_000


def record(
    kind: str | None,
    value: Any,
    *,
    offset: int = 0,
    partition: int = 0,
    key: str | None = "person-1",
    topic: str = "things",
    before: Headers = (),
    after: Headers = (),
) -> Record:
    """One record of type `kind` (None: without the header); `value` is JSON unless it is bytes or None already.

    `before` and `after` are headers around `ce_type`.
    """
    body = value if value is None or isinstance(value, bytes) else json.dumps(value).encode()
    middle: Headers = (("ce_type", kind.encode()),) if kind is not None else ()
    return Record(topic, partition, offset, key.encode() if key else None, body, (*before, *middle, *after))


def numbered(records: Sequence[Record]) -> list[Record]:
    """The same records at offsets 0, 1, 2 …"""
    return [Record(**{**row.__dict__, "offset": offset}) for offset, row in enumerate(records)]
