"""One span per batch, linked to the traces of the records in it (engineering.md section 7: `process <topic>`)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from kit.telemetry import Link, Span, SpanKind, link_from, span


def batch_span(batches: Mapping[int, Sequence[Any]], view: str) -> AbstractContextManager[Span]:
    """Around the folding of `batches` (records by partition). Without an exporter no record is looked at."""
    edges = [row for rows in batches.values() for row in (rows[0], rows[-1])]
    topics = ",".join(sorted({row.topic for row in edges}))
    return span(
        f"process {topics}",
        SpanKind.CONSUMER,
        links=_links(batches),
        attributes={
            "messaging.system": "kafka",
            "messaging.operation.name": "process",
            "messaging.operation.type": "process",
            "messaging.destination.name": topics,
            "messaging.consumer.group.name": view,
            "messaging.batch.message_count": sum(map(len, batches.values())),
        },
    )


def _links(batches: Mapping[int, Sequence[Any]]) -> Iterator[Link | None]:
    """A relay writes `traceparent` last, so that a record without one costs one look."""
    for rows in batches.values():
        for row in rows:
            if row.headers and row.headers[-1][0] == "traceparent":
                yield link_from((row.headers[-1][1] or b"").decode("utf-8", "replace"))
