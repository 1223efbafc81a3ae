"""Is a part up? Probes answer None when it is, or the reason it is not yet: nothing is started by sleeping."""

import http.client
import socket
import struct
import time
from collections.abc import Callable

Probe = Callable[[], str | None]
"""None when healthy, else one line that says what is missing. Never blocks for more than two seconds."""

PROBE_SECONDS = 2.0


def tcp(host: str, port: int) -> Probe:
    """Something listens there."""

    def probe() -> str | None:
        try:
            with socket.create_connection((host, port), timeout=PROBE_SECONDS):
                return None
        except OSError as error:
            return f"{host}:{port} does not accept connections ({error.strerror or error})"

    return probe


def http_ok(host: str, port: int, path: str) -> Probe:
    """`GET path` answers 200."""

    def probe() -> str | None:
        connection = http.client.HTTPConnection(host, port, timeout=PROBE_SECONDS)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read(400).decode(errors="replace")
            return None if response.status == 200 else f"{path} answers {response.status}: {body.strip()}"
        except (OSError, http.client.HTTPException) as error:
            return f"http://{host}:{port}{path} does not answer ({error})"
        finally:
            connection.close()

    return probe


def kafka_answers(host: str, port: int) -> Probe:
    """The broker answers an ApiVersions request (key 18, version 0), so it serves and does not only listen."""
    return _kafka(host, port, struct.pack(">hhih", 18, 0, 1, -1), "the broker at {} does not serve requests yet")


def kafka_coordinates(host: str, port: int) -> Probe:
    """It has a coordinator for groups (FindCoordinator, key 10, version 0): asking makes a new broker create the topic
    that group positions are kept in, which otherwise the first consumer has to wait for."""
    group = b"kinerja"
    request = struct.pack(">hhihh", 10, 0, 1, -1, len(group)) + group
    return _kafka(host, port, request, "the broker at {} has no coordinator for groups yet")


def _kafka(host: str, port: int, request: bytes, not_yet: str) -> Probe:
    """Content when the answer's error code is 0; both answers have it right after the correlation id."""

    def probe() -> str | None:
        try:
            with socket.create_connection((host, port), timeout=PROBE_SECONDS) as connection:
                connection.sendall(struct.pack(">i", len(request)) + request)
                head = connection.recv(10, socket.MSG_WAITALL)
        except OSError as error:
            return f"no broker at {host}:{port} ({error.strerror or error})"
        # size int32, correlation id int32, error code int16
        if len(head) == 10 and struct.unpack(">iih", head)[1:] == (1, 0):
            return None
        return not_yet.format(f"{host}:{port}")

    return probe


def wait_until(probe: Probe, *, seconds: float, alive: Callable[[], bool] = lambda: True, pause: float = 0.05) -> None:
    """Block until `probe` is content. Raises TimeoutError after `seconds`, or at once when `alive` turns false."""
    deadline = time.monotonic() + seconds
    while (reason := probe()) is not None:
        if not alive():
            raise TimeoutError(f"the process ended before it was healthy: {reason}")
        if time.monotonic() > deadline:
            raise TimeoutError(f"not healthy after {seconds:.0f} s: {reason}")
        time.sleep(pause)
