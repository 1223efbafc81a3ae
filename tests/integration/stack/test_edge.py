"""The edge as terminals and browsers meet it, byte by byte: a real Caddy with the committed Caddyfile."""

import gzip
import hashlib
import json
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deploy.local import caddy
from deploy.local.health import http_ok, tcp
from deploy.local.ports import free_ports
from deploy.local.program import Program
from tests.stack import Stack

pytestmark = pytest.mark.integration


@dataclass
class Answer:
    """As it came over the wire: header names in the case they were sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def _answer(received: bytes) -> Answer:
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return Answer(int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body)


class Edge(Stack):
    """Caddy before one echoing service that stands for all."""

    web: Path
    edge_port: int
    terminal_port: int
    fronted_port: int
    """Of another edge that believes a proxy on this machine."""

    def ask(self, port: int, request: bytes) -> Answer:
        with socket.create_connection((self.host, port), timeout=10) as connection:
            connection.sendall(request)
            received = b""
            while chunk := connection.recv(65_536):
                received += chunk
        return _answer(received)

    def get(self, path: str, *more: str) -> Answer:
        lines = [f"GET {path} HTTP/1.1", "Host: any", "Connection: close", *more]
        return self.ask(self.edge_port, ("\r\n".join(lines) + "\r\n\r\n").encode())

    def head(self, request: bytes) -> Answer:
        """The head of an answer that may have no end."""
        with socket.create_connection((self.host, self.edge_port), timeout=10) as connection:
            connection.sendall(request)
            received = b""
            while b"\r\n\r\n" not in received:
                received += connection.recv(65_536)
        return _answer(received)

    def terminal(self, path: str, body: bytes = b"", *more: str) -> Answer:
        method = "POST" if body else "GET"
        lines = [f"{method} {path} HTTP/1.1", "Host: 10.10.2.87:8081", "User-Agent: iClock Proxy/1.09"]
        lines += ["Connection: close", "Accept: */*", f"Content-Length: {len(body)}", *more]
        return self.ask(self.terminal_port, ("\r\n".join(lines) + "\r\n\r\n").encode() + body)


def _program(stack: Stack, name: str, people: int, terminals: int, told: dict[str, str]) -> Program:
    return Program(
        name=name,
        argv=(str(caddy.binary()), "run", "--config", str(caddy.CADDYFILE), "--adapter", "caddyfile"),
        listening=tcp(stack.host, terminals),
        ready=http_ok(stack.host, people, "/healthz"),
        rank=1,
        env={**told, "KINERJA_EDGE_PORT": str(people), "KINERJA_DEVICE_PORT": str(terminals)},
    )


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    data = tmp_path_factory.mktemp("edge")
    stack = Edge(data)
    stack.web = data / "web"
    (stack.web / "assets").mkdir(parents=True)
    (stack.web / "index.html").write_text("<!doctype html><title>Kinerja</title>" + " " * 2000)
    (stack.web / "nilai.html").write_text("<!doctype html><title>Nilai pelayanan</title>")
    (stack.web / "assets" / "index-1a2b.js").write_text("export {}")
    upstream, stack.edge_port, stack.terminal_port, stack.fronted_port, other = free_ports(5)
    services = ("DIRECTORY", "ATTENDANCE", "APPRAISAL", "FEEDBACK", "REPORTING", "DEVICE")
    stack.add(
        Program(
            name="upstream",
            argv=(sys.executable, str(Path(__file__).with_name("upstream.py")), str(upstream)),
            listening=tcp(stack.host, upstream),
            ready=tcp(stack.host, upstream),
        )
    )
    told = {
        "KINERJA_WEB_ROOT": str(stack.web),
        "XDG_DATA_HOME": str(data),
        "XDG_CONFIG_HOME": str(data),
        **{f"KINERJA_{service}_UPSTREAMS": f"{stack.host}:{upstream}" for service in services},
    }
    stack.add(_program(stack, "edge", stack.edge_port, stack.terminal_port, told))
    fronted = {**told, "KINERJA_FRONT_PROXIES": "10.0.0.0/8 127.0.0.0/8"}
    stack.add(_program(stack, "fronted", stack.fronted_port, other, fronted))
    with stack:
        yield stack


def test_a_terminal_reads_header_names_in_canonical_case(edge: Edge) -> None:
    answer = edge.terminal("/iclock/cdata?SN=1&options=all", b"", "Accept-Encoding: gzip")
    assert answer.status == 200
    assert {"Date", "Content-Type", "Content-Length"} <= set(answer.headers)
    assert not {"Server", "Via", "Content-Encoding", "Transfer-Encoding", "Location"} & set(answer.headers)


def test_what_a_terminal_sends_arrives_byte_for_byte(edge: Edge) -> None:
    body = bytes(range(256)) * 4 + "1\t2026-01-05 07:30:00\t张三\n".encode("gbk")
    answer = edge.terminal("/iclock/cdata?SN=1&table=ATTLOG&Stamp=9999", body)
    told = json.loads(answer.body)
    assert told["sha256"] == hashlib.sha256(body).hexdigest()
    assert told["path"] == "/iclock/cdata?SN=1&table=ATTLOG&Stamp=9999"
    assert "content-type" not in told["headers"], "a terminal that names no type must not be given one"


def test_a_trailing_slash_is_not_redirected(edge: Edge) -> None:
    assert edge.terminal("/iclock/getrequest/?SN=1").status == 200


def test_where_a_terminal_is_comes_from_the_connection_not_from_its_headers(edge: Edge) -> None:
    answer = edge.terminal(
        "/iclock/ping", b"", "X-Forwarded-For: 6.6.6.6", "X-Real-IP: 6.6.6.6", "Forwarded: for=6.6.6.6"
    )
    told = answer.json()["headers"]
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert "6.6.6.6" not in json.dumps(told)


def test_a_proxy_before_the_edge_is_believed_only_where_it_is_named(edge: Edge) -> None:
    def told(port: int, *more: str) -> dict[str, str]:
        lines = ["GET /api/reporting/v1/presence HTTP/1.1", "Host: any", "Connection: close", *more]
        found: dict[str, str] = edge.ask(port, ("\r\n".join(lines) + "\r\n\r\n").encode()).json()["headers"]
        return found

    passed = ("X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.1.1.1", "X-Forwarded-Proto: https")
    here, behind = told(edge.edge_port, *passed), told(edge.fronted_port, *passed)
    assert (here["x-forwarded-for"], here["x-forwarded-proto"]) == ("127.0.0.1", "http")
    assert (behind["x-forwarded-for"], behind["x-forwarded-proto"]) == ("203.0.113.9", "https")
    assert told(edge.fronted_port)["x-forwarded-for"] == "127.0.0.1"


def test_whose_trace_a_request_belongs_to_is_not_said_by_strangers(edge: Edge) -> None:
    theirs = ("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate: vendor=x")
    for answer in (edge.get("/api/reporting/v1/presence", *theirs), edge.terminal("/iclock/getrequest", b"", *theirs)):
        assert not {"traceparent", "tracestate"} & answer.json()["headers"].keys()


def test_a_body_of_16_mb_passes_and_an_endless_one_does_not(edge: Edge) -> None:
    assert edge.terminal("/iclock/cdata?SN=1", b"x" * 16 * 1024 * 1024).status == 200
    with suppress(ConnectionError):  # it hangs up on who goes on sending
        assert edge.terminal("/iclock/cdata?SN=1", b"x" * 33 * 1024 * 1024).status == 413


def test_an_old_terminal_that_speaks_http_1_0_is_answered(edge: Edge) -> None:
    answer = edge.ask(edge.terminal_port, b"GET /iclock/getrequest?SN=1 HTTP/1.0\r\n\r\n")
    assert answer.status == 200


def test_a_terminal_is_never_told_ok_while_the_service_is_away(edge: Edge) -> None:
    edge.stop("upstream")
    try:
        answer = edge.terminal("/iclock/cdata?SN=1&table=ATTLOG", b"1\t2026-01-05 07:30:00\n")
        assert answer.status in {502, 503}
        assert b"OK" not in answer.body
        api = edge.get("/api/reporting/v1/presence")
        assert api.status in {502, 503}
        assert api.headers["Content-Type"] == "application/problem+json"
        assert json.loads(api.body)["status"] == api.status
    finally:
        edge.start("upstream")


def test_each_service_has_its_path_and_nothing_else_is_reachable(edge: Edge) -> None:
    for service in ("directory", "attendance", "appraisal", "feedback", "reporting"):
        path = f"/api/{service}/v1/anything?x=1"
        assert edge.get(path).json()["path"] == path
    for path in ("/api/", "/api/reporting/v2/x", "/api/other/v1/x"):
        answer = edge.get(path)
        assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")
    for path in ("/metrics", "/readyz"):
        assert edge.get(path).status == 404


def test_the_edge_is_healthy_by_itself(edge: Edge) -> None:
    answer = edge.get("/healthz")
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok"})


def test_a_stream_arrives_event_by_event(edge: Edge) -> None:
    request = b"GET /api/reporting/v1/stream HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n"
    with socket.create_connection((edge.host, edge.edge_port), timeout=5) as connection:
        connection.sendall(request)
        received = b""
        while b"event: presence" not in received:  # the upstream sends nothing more: buffering would time out here
            chunk = connection.recv(65_536)
            assert chunk, "the stream ended"
            received += chunk
    assert b"content-encoding" not in received.lower()


def test_other_answers_are_compressed_for_who_asks(edge: Edge) -> None:
    answer = edge.ask(
        edge.edge_port,
        b"GET /api/reporting/v1/presence HTTP/1.0\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n",
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.body))["path"] == "/api/reporting/v1/presence"


def test_an_entity_tag_comes_back_as_the_service_gave_it(edge: Edge) -> None:
    """Compression makes another representation of it, with another tag; a change names the one it has seen."""
    for sent, wanted in (('"3-gzip"', '"3"'), ('"3-zstd"', '"3"'), ('"3"', '"3"'), ('"a-gzip-b"', '"a-gzip-b"')):
        assert edge.get("/api/directory/v1/x", f"If-Match: {sent}").json()["headers"]["if-match"] == wanted


def test_a_page_of_the_app_may_run_only_our_scripts(edge: Edge) -> None:
    for path in ("/", "/unit/setda", "/wall"):
        answer = edge.get(path)
        assert (answer.status, b"<title>Kinerja" in answer.body) == (200, True), path
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-cache"


def test_citizens_rate_on_a_page_of_their_own(edge: Edge) -> None:
    for path in ("/nilai", "/nilai/", "/nilai?lang=en"):
        answer = edge.get(path)
        assert (answer.status, b"<title>Nilai pelayanan" in answer.body) == (200, True), path
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["connect-src"] == "'self'"
        assert not {"worker-src", "manifest-src", "font-src"} & policy.keys()
        assert answer.headers["Cache-Control"] == "no-cache"
        assert unprotected(answer) == []
    assert b"<title>Kinerja" in edge.get("/nilai/lain").body


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/assets/index-1a2b.js", 200),
        ("/assets/gone.js", 404),
        ("/healthz", 200),
        ("/metrics", 404),
        ("/auth/admin/", 404),
        ("/api/reporting/v1/presence", 200),
        ("/api/reporting/v1/stream", 200),
        ("/api/other/v1/x", 404),
    ],
)
def test_every_answer_carries_what_protects_it(edge: Edge, path: str, status: int) -> None:
    answer = edge.head(f"GET {path} HTTP/1.0\r\nHost: any\r\nOrigin: https://elsewhere.example\r\n\r\n".encode())
    assert answer.status == status
    assert unprotected(answer) == []
    if path.startswith("/api/"):
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_a_stricter_policy_of_a_service_stands(edge: Edge) -> None:
    answer = edge.get("/api/appraisal/v1/evidence")
    assert (answer.status, answer.headers["Content-Security-Policy"]) == (200, "sandbox")
    assert unprotected(answer) == []


def test_an_answer_of_a_service_that_is_away_is_protected_too(edge: Edge) -> None:
    edge.stop("upstream")
    try:
        answer = edge.get("/api/reporting/v1/presence")
        assert answer.status in {502, 503}
        assert unprotected(answer) == []
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    finally:
        edge.start("upstream")


def unprotected(answer: Answer) -> list[str]:
    """What an answer lacks, and what it should not have: leave for another origin, a cookie, our programs' names."""
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    lacking = [name for name, value in wanted.items() if answer.headers.get(name) != value]
    unwanted = ("access-control-", "set-cookie", "server", "via")
    return lacking + [name for name in answer.headers if name.lower().startswith(unwanted)]


def test_hashed_files_are_kept_by_browsers_and_missing_ones_are_missing(edge: Edge) -> None:
    kept = edge.get("/assets/index-1a2b.js")
    assert (kept.status, kept.headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    assert kept.headers["Content-Type"].startswith("text/javascript")
    gone = edge.get("/assets/index-old.js")
    assert gone.status == 404
    assert "immutable" not in gone.headers.get("Cache-Control", "")


def test_it_listens_on_this_machine_only(edge: Edge) -> None:
    listening = [
        line.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in Path(table).read_text().splitlines()[1:]
        if line.split()[3] == "0A" and int(line.split()[1].split(":")[1], 16) in {edge.edge_port, edge.terminal_port}
    ]
    assert [address.split(":")[0] for address in listening] == ["0100007F", "0100007F"]
