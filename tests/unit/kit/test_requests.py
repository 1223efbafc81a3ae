"""What wraps every request: measures by route template, traces, security headers, the last word on errors."""

import asyncio
import json
from collections.abc import MutableMapping
from typing import Any

import pytest
from fastapi import Response
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from prometheus_client import REGISTRY

from kit import telemetry
from kit.requests import SECURITY_HEADERS
from tests.unit.kit import things
from tests.unit.kit.spans import recorded
from tests.unit.kit.things import AUTHORIZED, client_of

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
SPAN = "00f067aa0ba902b7"


def counted(method: str, route: str, status: int) -> float:
    labels = {"http_request_method": method, "http_route": route, "http_response_status_code": str(status)}
    return REGISTRY.get_sample_value("http_server_request_duration_seconds_count", labels) or 0.0


@pytest.mark.parametrize(
    ("method", "path", "route", "status"),
    [
        ("GET", "/api/things/v1/nested/parent/deep/7", "/api/things/v1/nested/{parent}/deep/{child}", 200),
        ("GET", "/api/things/v1/board/abc", "/api/things/v1/board/{unit}", 200),
        ("GET", "/api/things/v1/boom", "/api/things/v1/boom", 500),
        ("POST", "/api/things/v1/things/x", "/api/things/v1/things/{number}", 422),
        ("GET", "/api/things/v1/nobody/knows/12345", "unmatched", 404),
        ("GET", "/api/things/v1/refused", "/api/things/v1/refused", 409),
    ],
)
async def test_requests_are_counted_by_template_and_by_the_status_that_was_sent(
    method: str, path: str, route: str, status: int
) -> None:
    before = counted(method, route, status)
    async with client_of(things.app(), AUTHORIZED) as client:
        assert (await client.request(method, path)).status_code == status
    assert counted(method, route, status) == before + 1


async def test_a_strangers_paths_and_methods_make_no_labels() -> None:
    before, other = counted("GET", "unmatched", 401), counted("_OTHER", "unmatched", 401)
    async with client_of(things.app()) as client:
        for number in range(5):
            await client.get(f"/api/things/v1/{number}")
            await client.request(f"METHOD{number}", "/")
    assert counted("GET", "unmatched", 401) == before + 5
    assert counted("_OTHER", "unmatched", 401) == other + 5


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_probes_are_not_counted(path: str) -> None:
    async with client_of(things.app()) as client:
        before = counted("GET", path, 200)
        assert (await client.get(path)).status_code == 200
        assert counted("GET", path, 200) == before


async def test_an_event_stream_is_measured_to_its_first_byte() -> None:
    labels = {
        "http_request_method": "GET",
        "http_route": "/api/things/v1/stream",
        "http_response_status_code": "200",
    }
    before = REGISTRY.get_sample_value("http_server_request_duration_seconds_sum", labels) or 0.0
    async with client_of(things.app()) as client:
        answer = await client.get("/api/things/v1/stream")
    assert answer.text.endswith("data: 2\n\n")
    assert answer.elapsed.total_seconds() > 0.3
    spent = (REGISTRY.get_sample_value("http_server_request_duration_seconds_sum", labels) or 0.0) - before
    assert spent < 0.3


async def test_active_requests_return_to_where_they_were() -> None:
    before = REGISTRY.get_sample_value("http_server_active_requests")
    async with client_of(things.app(), AUTHORIZED) as client:
        for path in ("boom", "shared", "refused", "half"):
            await client.get(f"/api/things/v1/{path}")
    assert REGISTRY.get_sample_value("http_server_active_requests") == before


@pytest.mark.parametrize("path", ["/api/things/v1/shared", "/api/things/v1/boom", "/healthz", "/nothing"])
async def test_every_answer_carries_the_security_headers(path: str) -> None:
    for headers in (AUTHORIZED, {}):
        async with client_of(things.app(), headers) as client:
            answer = await client.get(path)
        assert SECURITY_HEADERS.items() <= dict(answer.headers).items()
        assert "server" not in answer.headers


async def test_a_route_may_say_something_else_about_caching() -> None:
    app = things.app()

    @app.get("/cached")
    async def cached(response: Response) -> things.Thing:
        response.headers["cache-control"] = "max-age=60"
        return things.Thing(name="abc")

    async with client_of(app, AUTHORIZED) as client:
        assert (await client.get("/cached")).headers["cache-control"] == "max-age=60"


async def test_an_error_is_logged_once_with_the_trace_id_the_caller_got(capsys: pytest.CaptureFixture[str]) -> None:
    from kit import log

    log.configure("things")
    async with client_of(things.app(), AUTHORIZED) as client:
        answer = await client.get("/api/things/v1/boom")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [line] = [line for line in lines if line["level"] == "error"]
    assert line["trace_id"] == answer.json()["trace_id"]
    assert line["route"] == "/api/things/v1/boom"
    assert line["exception"][0]["exc_value"] == "the password is hunter2"


async def test_an_answer_that_breaks_in_the_middle_is_not_ended_as_if_it_were_whole() -> None:
    app = things.app()
    sent: list[str] = []

    requests: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
    requests.put_nowait({"type": "http.request", "body": b"", "more_body": False})

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(f"{message['type']} {message.get('more_body', '')}".strip())

    headers = [(b"authorization", AUTHORIZED["Authorization"].encode())]
    scope = {"type": "http", "method": "GET", "path": "/api/things/v1/half", "query_string": b"", "headers": headers}
    with pytest.raises(RuntimeError, match="in the middle"):
        await app(scope, requests.get, send)
    assert sent == ["http.response.start", "http.response.body True"]


async def test_a_request_continues_the_trace_it_came_with() -> None:
    exporter = InMemorySpanExporter()
    with recorded(exporter, ratio=0.0):
        async with client_of(things.app(), AUTHORIZED | {"traceparent": f"00-{TRACE}-{SPAN}-01"}) as client:
            answer = await client.get("/api/things/v1/nested/parent/deep/7")
    assert answer.status_code == 200
    [span] = exporter.get_finished_spans()
    assert span.name == "GET /api/things/v1/nested/{parent}/deep/{child}"
    assert span.kind is SpanKind.SERVER
    assert span.parent is not None
    assert (f"{span.context.trace_id:032x}", f"{span.parent.span_id:016x}") == (TRACE, SPAN)
    assert span.attributes is not None
    assert dict(span.attributes) == {
        "http.request.method": "GET",
        "http.route": "/api/things/v1/nested/{parent}/deep/{child}",
        "http.response.status_code": 200,
    }


async def test_a_failed_request_marks_its_span_without_the_error_text() -> None:
    exporter = InMemorySpanExporter()
    with recorded(exporter):
        async with client_of(things.app(), AUTHORIZED) as client:
            await client.get("/api/things/v1/boom")
    [span] = exporter.get_finished_spans()
    assert span.status.status_code is StatusCode.ERROR
    assert span.attributes is not None
    assert span.attributes["error.type"] == "RuntimeError"
    assert "hunter2" not in span.to_json()


async def test_probes_make_no_spans() -> None:
    exporter = InMemorySpanExporter()
    with recorded(exporter):
        async with client_of(things.app()) as client:
            await client.get("/readyz")
            await client.get("/metrics")
    assert exporter.get_finished_spans() == ()


async def test_a_problem_carries_the_callers_trace_id_also_when_nothing_is_exported() -> None:
    telemetry.shutdown()
    async with client_of(things.app(), {"traceparent": f"00-{TRACE}-{SPAN}-00"}) as client:
        assert (await client.get("/nothing")).json()["trace_id"] == TRACE


async def test_a_malformed_traceparent_is_ignored() -> None:
    async with client_of(things.app(), {"traceparent": "nonsense"}) as client:
        trace_id = (await client.get("/nothing")).json()["trace_id"]
    assert len(trace_id) == 32
    assert trace_id != TRACE
