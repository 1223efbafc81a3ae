"""One trace from a terminal's request to the fold: HTTP, journal, Kafka header, batch span."""

import httpx
import pytest
from fastapi import APIRouter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind
from pydantic import SecretStr

from contracts.envelope import attribute
from kit.http import Readiness, create_app
from kit.journal import Journal
from kit.relay import Relay
from kit.settings import Settings
from tests.integration.kit.facts import fact
from tests.integration.kit.heart import Heart, eventually, running
from tests.integration.kit.tally import Ledger
from tests.unit.kit.spans import recorded

pytestmark = pytest.mark.integration

TRACE = "0af7651916cd43dd8448eb211c80319c"
SAMPLED, UNSAMPLED = f"00-{TRACE}-b7ad6b7169203331-01", f"00-{TRACE}-b7ad6b7169203331-00"


def named(spans: tuple[ReadableSpan, ...], prefix: str) -> list[ReadableSpan]:
    return [span for span in spans if span.name.startswith(prefix)]


async def through(heart: Heart, traceparent: str, exporter: InMemorySpanExporter) -> None:
    """One punch over HTTP into the view, with the trace context its sender gave."""
    journal = Journal(heart.db, "attendance")
    router = APIRouter()

    @router.post("/punches")
    async def punch() -> None:
        await journal.append([fact("p1")])

    async def ready() -> Readiness:
        return Readiness({})

    settings = Settings(
        service="attendance",
        kafka=heart.bootstrap,
        mongo=SecretStr("mongodb://127.0.0.1"),
        mongo_database="attendance",
        port=18_500,
        token=SecretStr("a-token-of-the-tests"),
    )
    app = create_app("attendance", settings, routers=[], public=[router], readiness=ready)
    relay = Relay(heart.client, heart.db, heart.bootstrap, "attendance")
    with recorded(exporter, ratio=0.0):
        async with (
            running(relay.run(), heart.projector(Ledger()).run()),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http,
        ):
            await eventually(lambda: relay.caught_up, "the relay follows")
            answer = await http.post("/punches", headers={"traceparent": traceparent})
            assert answer.status_code == 200
            await eventually(heart.total, "the punch in the view")


async def test_a_sampled_request_is_followed_to_the_fold(heart: Heart) -> None:
    exporter = InMemorySpanExporter()
    await through(heart, SAMPLED, exporter)
    spans = exporter.get_finished_spans()
    (server,) = named(spans, "POST /punches")
    assert server.context is not None
    assert f"{server.context.trace_id:032x}" == TRACE
    (record,) = await heart.records()
    header = f"00-{TRACE}-{server.context.span_id:016x}-01"
    assert attribute(record.headers, "traceparent") == header
    entry = await heart.db["events"].find_one({})
    assert entry is not None
    assert entry["trace"] == header
    for name, kind in (("send", SpanKind.PRODUCER), ("process", SpanKind.CONSUMER)):
        (batch,) = named(spans, f"{name} {heart.punches.name}")
        assert batch.kind is kind
        assert [(link.context.trace_id, link.context.span_id) for link in batch.links] == [
            (server.context.trace_id, server.context.span_id)
        ]
    assert batch.attributes is not None
    assert batch.attributes["messaging.destination.name"] == heart.punches.name
    assert batch.attributes["messaging.consumer.group.name"] == "ledger_v1"
    assert batch.attributes["messaging.batch.message_count"] == 1


async def test_an_unsampled_request_leaves_no_trace_anywhere(heart: Heart) -> None:
    exporter = InMemorySpanExporter()
    await through(heart, UNSAMPLED, exporter)
    assert exporter.get_finished_spans() == ()
    (record,) = await heart.records()
    assert attribute(record.headers, "traceparent") == ""
