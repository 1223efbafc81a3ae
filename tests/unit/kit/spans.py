"""Telemetry that records into memory for the time of a test."""

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from kit import telemetry


@contextmanager
def recorded(exporter: InMemorySpanExporter, ratio: float = 1.0) -> Iterator[None]:
    """Spans that end inside the block are in `exporter`; afterwards telemetry is off again."""
    telemetry.configure("test", None, ratio=ratio, exporter=exporter)
    try:
        yield
    finally:
        telemetry.shutdown()
