"""The text of /metrics is read back as it was written."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from bench import scrape


@pytest.fixture
def port() -> Iterator[int]:
    registry = CollectorRegistry()
    spent = Counter("projector_phase_seconds", "x", ["phase"], registry=registry)
    spent.labels(phase="fold").inc(1.5)
    spent.labels(phase="write").inc(2)
    fresh = Gauge("projector_freshness_seconds", "x", ["view", "partition"], registry=registry)
    fresh.labels(view="presence_v1", partition="0").set(0.25)
    fresh.labels(view="presence_v1", partition="7").set(1e-3)
    Gauge("outbox_oldest_seconds", "x", registry=registry).set(3)

    class Metrics(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(generate_latest(registry))

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Metrics)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_metrics_are_read_back(port: int) -> None:
    assert scrape.phases(port) == {"fold": 1.5, "write": 2.0}
    assert scrape.worst(port, "projector_freshness_seconds") == 0.25
    assert scrape.worst(port, "outbox_oldest_seconds") == 3
    assert scrape.worst(port, "unknown") == 0
    assert scrape.total(port, "projector_phase_seconds_total") == 3.5
