"""The device port: ADMS / PUSH "iclock" of ZKTeco, Solution and their kin, as a plain ASGI application.

Wire rules: devices.md sections 1.1 to 1.6 and 6. Terminals know two answers: 200 with the expected text, and anything
else, which means "send again later". So there is never a redirect, a page, JSON or a challenge, and never an OK for
what is not durable. No framework: routing, form parsing and error pages would all get in the way.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from time import perf_counter
from typing import Any

import structlog
from prometheus_client import Counter, Histogram
from pymongo.errors import PyMongoError

from kit import metrics
from kit.gathering import Unwritten
from kit.proxies import Proxies
from kit.telemetry import SpanKind, span
from services.attendance.devices.answer import Answer, refused
from services.attendance.devices.body import BodyTooLarge, Disconnected, InFlight, Share, read_body
from services.attendance.devices.conversation import Conversation
from services.attendance.devices.patience import Patience
from services.attendance.devices.target import Target, read_target

log = structlog.get_logger()

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_CACHEABLE = 300
_cached_target = lru_cache(maxsize=16_384)(read_target)
BODY_METHODS = frozenset({"POST", "PUT", "PATCH"})


class DevicePort:
    """The ASGI callable. `ack_seconds` bounds the wait for storage; after it the answer is 503."""

    def __init__(
        self, conversation: Conversation, *, proxies: Proxies, body_most: int, in_flight_most: int, ack_seconds: float
    ) -> None:
        self._conversation = conversation
        self._proxies = proxies
        self._body_most = body_most
        self._in_flight = InFlight(in_flight_most)
        self._patience = Patience(ack_seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI 3 entry."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        target = self._target(scope)
        try:
            if scope["method"] in BODY_METHODS:
                answer = await self._told(scope, target, receive)
            else:
                answer = await self._asked(scope, target)
        except Disconnected:
            return
        _counter(answer.table, answer.outcome).inc()
        await send({"type": "http.response.start", "status": answer.status, "headers": _headers(len(answer.body))})
        await send({"type": "http.response.body", "body": answer.body})

    def _target(self, scope: Scope) -> Target:
        path, query = scope["path"], scope["query_string"]
        if len(query) + len(path) <= _CACHEABLE:
            return _cached_target(path, query)
        return read_target(path, query)

    async def _asked(self, scope: Scope, target: Target) -> Answer:
        try:
            return await self._conversation.asked(target, self._proxies.caller(scope))
        except Exception:
            log.exception("a terminal's question failed", serial=target.serial, endpoint=target.endpoint)
            return refused("error")

    async def _told(self, scope: Scope, target: Target, receive: Receive) -> Answer:
        share = Share(self._in_flight)
        request = None
        try:
            body = await read_body(receive, self._body_most, share)
            started = perf_counter()
            request = self._patience.begin()
            with span("POST /iclock", SpanKind.SERVER):
                answer = await self._conversation.told(target, self._proxies.caller(scope), body)
            _timer(answer.table).observe(perf_counter() - started)
            return answer
        except Disconnected:
            raise
        except (PyMongoError, Unwritten, BodyTooLarge, ExceptionGroup) as error:
            log.warning("not stored, so not acknowledged", serial=target.serial, table=target.table, error=repr(error))
        except asyncio.CancelledError:
            if not self._patience.given_up(request):
                raise
            log.warning("storage did not confirm in time, so not acknowledged", serial=target.serial)
        except Exception:
            log.exception("a terminal's request failed", serial=target.serial, endpoint=target.endpoint)
        finally:
            self._patience.end(request)
            share.give_back()
        return refused("storage")


@lru_cache(maxsize=256)
def _counter(table: str, outcome: str) -> Counter:
    return metrics.INTAKE_REQUESTS.labels(table, outcome)


@lru_cache(maxsize=64)
def _timer(table: str) -> Histogram:
    return metrics.INTAKE_SECONDS.labels(table)


@lru_cache(maxsize=1_024)
def _headers(length: int) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", b"text/plain"),
        (b"content-length", b"%d" % length),
        (b"pragma", b"no-cache"),
        (b"cache-control", b"no-store"),
    ]


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
