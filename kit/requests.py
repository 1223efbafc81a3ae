"""What wraps every HTTP request: its trace, its measure, its security headers, and the last word on errors.

Pure ASGI (engineering.md section 4.4). It is outside of the framework's own error handling, so it sees the status that
was really sent.
"""

from time import perf_counter
from typing import Any

import structlog
from opentelemetry.trace.status import StatusCode
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit import metrics
from kit.problems import of_status
from kit.telemetry import Span, entry

log = structlog.get_logger()

PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
UNMATCHED = "unmatched"

# Answers are data, never pages: nothing may be framed, sniffed, cached by a proxy, or loaded from them.
SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Observed:
    """Wraps the whole application, probes excluded from traces and metrics."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = Answer(scope, receive, send)
        if scope["path"] in PROBES:
            await self._app(scope, receive, answer.send)
            return
        method = scope["method"] if scope["method"] in METHODS else "_OTHER"
        metrics.HTTP_ACTIVE_REQUESTS.inc()
        try:
            traceparent = Headers(scope=scope).get("traceparent", "")
            with entry(method, traceparent=traceparent, attributes={"http.request.method": method}) as span:
                try:
                    await self._handled(scope, receive, answer)
                finally:
                    _describe(span, method, route_of(scope), answer)
        finally:
            metrics.HTTP_ACTIVE_REQUESTS.dec()
            if answer.status:
                metrics.HTTP_REQUEST_SECONDS.labels(method, route_of(scope), str(answer.status)).observe(answer.seconds)

    async def _handled(self, scope: Scope, receive: Receive, answer: "Answer") -> None:
        try:
            await self._app(scope, receive, answer.send)
        except Exception as error:
            answer.error = type(error).__qualname__
            log.exception("a request failed", method=scope["method"], route=route_of(scope))
            if not answer.complete:  # half sent: only the server can cut the connection
                raise


def _describe(span: Span, method: str, route: str, answer: "Answer") -> None:
    if not span.is_recording():
        return
    span.update_name(f"{method} {route}")
    span.set_attribute("http.route", route)
    span.set_attribute("http.response.status_code", answer.status)
    if answer.status >= 500:
        span.set_attribute("error.type", answer.error or str(answer.status))
        span.set_status(StatusCode.ERROR)


def route_of(scope: Scope) -> str:
    """The template of the route that was found, prefixes included, or "unmatched"."""
    included: Any = scope.get("fastapi", {}).get("effective_route_context")
    template = getattr(included, "path_format", None) or getattr(scope.get("route"), "path_format", None)
    return template if isinstance(template, str) else UNMATCHED


class Answer:
    """Passes an answer on, adds the security headers, and remembers what was sent and when."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._started = perf_counter()
        self._replaced = False
        self._streams = False
        self.status = 0
        self.error = ""
        self.complete = False
        self.seconds = 0.0

    async def send(self, message: Message) -> None:
        """ASGI send."""
        if message["type"] == "http.response.start":
            if self._is_bare_413(message):
                self._replaced = True
                return
            self._begin(message)
        elif message["type"] == "http.response.body":
            if self._replaced:
                self._replaced = False
                await of_status(413).response(Request(self._scope).url.path)(self._scope, self._receive, self.send)
                return
            self.complete = not message.get("more_body", False)
            if self.complete and not self._streams:
                self.seconds = perf_counter() - self._started
        await self._send(message)

    def _begin(self, message: Message) -> None:
        self.status = message["status"]
        self.seconds = perf_counter() - self._started
        headers = MutableHeaders(scope=message)
        self._streams = headers.get("content-type", "").startswith("text/event-stream")
        for name, value in SECURITY_HEADERS.items():
            headers.setdefault(name, value)

    def _is_bare_413(self, message: Message) -> bool:
        # The framework's body limit answers in plain text when nobody read the body that was too large.
        return message["status"] == 413 and Headers(raw=message["headers"]).get("content-type", "").startswith(
            "text/plain"
        )
