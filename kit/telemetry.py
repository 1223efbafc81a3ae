"""Traces across HTTP, journal, Kafka and fold: W3C trace context by hand (engineering.md sections 4.6 and 7).

Sampling is parent-based: who starts a trace decides, everybody behind follows. An unsampled path costs a lookup, so
spans may stand on hot paths. `traceparent` travels in HTTP headers, in the journal entry and in Kafka headers; a batch
links to the traces of the records in it instead of choosing one as its parent.

No exception text and no message content goes into a span: it could hold personal data.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from contextvars import Token
from itertools import islice
from random import getrandbits
from types import TracebackType

from opentelemetry import context as otel
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor, SpanExporter
from opentelemetry.trace import INVALID_SPAN, Link, NonRecordingSpan, Span, SpanContext, SpanKind, TraceFlags
from opentelemetry.trace.status import Status, StatusCode

__all__ = ["Context", "Link", "Span", "SpanKind", "configure", "current_ids", "current_traceparent", "entry"]
__all__ += ["extract", "link_from", "shutdown", "span"]

Attributes = Mapping[str, str | int | float | bool]

# W3C Trace Context level 1, section 3.2: version-traceid-parentid-flags, lower-case hex.
_TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?")
_ALL_TRACES = 1 << 64
_MOST_LINKS = 128

_provider: TracerProvider | None = None
_tracer: trace.Tracer | None = None
_bound = 0


def configure(
    service: str, endpoint: str | None, *, ratio: float = 0.01, exporter: SpanExporter | None = None, version: str = "0"
) -> None:
    """Start exporting spans, or do nothing when neither `endpoint` nor `exporter` is given.

    `endpoint` is the base address of an OTLP/HTTP collector (spans go to `<endpoint>/v1/traces` in batches from a
    thread of its own); `exporter` is for tests and is called at the end of each span. `ratio` is the share of new
    traces that is recorded, 0 to 1.
    """
    global _provider, _tracer, _bound
    shutdown()
    if endpoint is None and exporter is None:
        return
    provider = TracerProvider(
        resource=Resource.create({"service.name": service, "service.version": version}), shutdown_on_exit=False
    )
    if exporter is not None:
        provider.add_span_processor(SimpleSpanProcessor(exporter))
    if endpoint is not None:
        # Imported here: the exporter pulls in an HTTP client that processes without traces need not load.
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint.rstrip("/") + "/v1/traces")))
    _provider, _tracer, _bound = provider, provider.get_tracer("kinerja"), round(ratio * _ALL_TRACES)


def shutdown() -> None:
    """Send what is not yet sent and stop. Blocks for at most the exporter's timeout."""
    global _provider, _tracer, _bound
    provider, _provider, _tracer, _bound = _provider, None, None, 0
    if provider is not None:
        provider.shutdown()


def current_traceparent() -> str:
    """The W3C header of the span we are in, or "" when this path is not sampled: nothing then needs to be stored."""
    context = trace.get_current_span().get_span_context()
    if not context.trace_flags.sampled:
        return ""
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-01"


def current_ids() -> tuple[str, str]:
    """Trace id and span id as hex, for logs and problem documents; two empty strings outside any trace."""
    context = trace.get_current_span().get_span_context()
    if not context.is_valid:
        return "", ""
    return f"{context.trace_id:032x}", f"{context.span_id:016x}"


def extract(traceparent: str) -> Context | None:
    """The context a `traceparent` header describes, or None when it is absent or malformed (W3C section 3.2.2)."""
    context = _span_context(traceparent)
    return None if context is None else _context_of(context)


def link_from(traceparent: str) -> Link | None:
    """A link to the span of a stored `traceparent`, or None when there is none worth linking to."""
    context = _span_context(traceparent)
    return None if context is None or not context.trace_flags.sampled else Link(context)


def span(
    name: str,
    kind: SpanKind = SpanKind.INTERNAL,
    *,
    links: Iterable[Link | None] = (),
    attributes: Attributes | None = None,
    parent: Context | None = None,
) -> AbstractContextManager[Span]:
    """A span around a block: `with span("process attendance.punches", SpanKind.CONSUMER, links=links) as current:`.

    Without `parent` it belongs to the span around it. A new root is sampled at the configured ratio, or because it
    links to a trace that is. Names and attributes follow the OpenTelemetry conventions (messaging: `send <topic>`,
    `process <topic>`, `messaging.destination.name` …). An exception marks the span with `error.type` and goes on.
    """
    if _tracer is None:
        return _NOTHING
    context = trace.get_current_span(parent).get_span_context()
    if context.is_valid:
        if context.trace_flags.sampled:
            return _Recorded(_tracer, name, kind, links, attributes, parent)
        return _NOTHING if parent is None else _Within(parent)
    useful = _first(links)
    if useful or getrandbits(64) < _bound:
        return _Recorded(_tracer, name, kind, useful, attributes, Context())
    return _Within(_unsampled())


def entry(
    name: str, kind: SpanKind = SpanKind.SERVER, *, traceparent: str = "", attributes: Attributes | None = None
) -> AbstractContextManager[Span]:
    """A span where work enters the process. It always has a trace id, also when nothing is recorded or exported.

    Continues `traceparent` when it is valid, else begins a trace.
    """
    parent = extract(traceparent) if traceparent else None
    if _tracer is not None:
        return span(name, kind, attributes=attributes, parent=parent or Context())
    return _Within(parent or _unsampled())


def _first(links: Iterable[Link | None]) -> list[Link]:
    """As many as a span holds; what comes after is not looked at."""
    return list(islice((link for link in links if link is not None), _MOST_LINKS)) if links else []


def _span_context(traceparent: str) -> SpanContext | None:
    match = _TRACEPARENT.fullmatch(traceparent)
    if match is None or (traceparent.startswith("00") and len(traceparent) != 55):
        return None
    context = SpanContext(
        int(match[1], 16), int(match[2], 16), is_remote=True, trace_flags=TraceFlags(int(match[3], 16))
    )
    return context if context.is_valid else None


def _unsampled() -> Context:
    # `| 1`: neither id may be zero.
    return _context_of(SpanContext(getrandbits(128) | 1, getrandbits(64) | 1, is_remote=False))


def _context_of(context: SpanContext) -> Context:
    return trace.set_span_in_context(NonRecordingSpan(context), Context())


class _Nothing:
    """Records nothing and leaves the current context alone; shared."""

    def __enter__(self) -> Span:
        return INVALID_SPAN

    def __exit__(self, *error: object) -> None:
        return None


class _Within:
    """Records nothing but makes `context` current, so that what is inside follows its sampling decision."""

    __slots__ = ("_context", "_token")

    def __init__(self, context: Context) -> None:
        self._context = context

    def __enter__(self) -> Span:
        self._token: Token[Context] = otel.attach(self._context)
        return INVALID_SPAN

    def __exit__(self, *error: object) -> None:
        otel.detach(self._token)


class _Recorded:
    """A span that is exported."""

    def __init__(
        self,
        tracer: trace.Tracer,
        name: str,
        kind: SpanKind,
        links: Iterable[Link | None],
        attributes: Attributes | None,
        parent: Context | None,
    ) -> None:
        self._span = tracer.start_span(name, context=parent, kind=kind, attributes=attributes, links=_first(links))

    def __enter__(self) -> Span:
        self._token: Token[Context] = otel.attach(trace.set_span_in_context(self._span))
        return self._span

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        otel.detach(self._token)
        if kind is not None:
            self._span.set_attribute("error.type", kind.__qualname__)
            self._span.set_status(Status(StatusCode.ERROR))
        self._span.end()


_NOTHING = _Nothing()
