"""One terminal's connection: one request at a time, a new connection for each or one kept open."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from bench.terminals.wire import Answer, BadAnswer, read_answer

Done = Callable[[Answer | None], None]


class Link:
    """`ask` sends a request and calls back with the answer, or with None when there was none.

    Callbacks rather than coroutines: thousands of links in one process are then cheap enough to load a server with.
    A kept connection is opened anew when the server has closed it. `timeout` in seconds covers connecting and answer.
    """

    __slots__ = ("_connection", "_done", "_expiry", "_host", "_keep", "_loop", "_port", "_timeout")

    def __init__(self, host: str, port: int, *, keep_alive: bool, timeout: float = 20.0) -> None:
        self._loop = asyncio.get_running_loop()
        self._host, self._port = host, port
        self._keep = keep_alive
        self._timeout = timeout
        self._connection: _Connection | None = None
        self._expiry: asyncio.TimerHandle | None = None
        self._done: Done | None = None

    @property
    def busy(self) -> bool:
        """An answer is awaited."""
        return self._done is not None

    def ask(self, request: bytes, done: Done) -> None:
        """Send `request`. Raises RuntimeError while another one is under way: terminals send one after the other."""
        if self._done is not None:
            raise RuntimeError("one request at a time")
        self._done = done
        self._expiry = self._loop.call_later(self._timeout, self._finish, None)
        if self._connection is not None:
            self._connection.send(request)
            return
        connection = self._connection = _Connection(self, request)
        opening = self._loop.create_connection(lambda: connection, self._host, self._port)
        asyncio.ensure_future(opening).add_done_callback(connection.opened)

    def close(self) -> None:
        """Hang up; a request under way ends without an answer."""
        self._drop()
        self._finish(None)

    def answered(self, connection: "_Connection", answer: Answer) -> None:
        """The connection has a whole answer."""
        if connection is self._connection:
            if answer.closes or not self._keep:
                self._drop()
            self._finish(answer)

    def lost(self, connection: "_Connection") -> None:
        """The connection could not be opened, broke, or brought no HTTP."""
        if connection is self._connection:
            self._drop()
            self._finish(None)

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _finish(self, answer: Answer | None) -> None:
        done, self._done = self._done, None
        if done is None:
            return
        if self._expiry is not None:
            self._expiry.cancel()
        if answer is None:
            self._drop()
        done(answer)


class _Connection(asyncio.Protocol):
    """One TCP connection. One that its link has given up says nothing to it any more."""

    __slots__ = ("_closed", "_first", "_link", "_received", "_transport")

    def __init__(self, link: Link, request: bytes) -> None:
        self._link = link
        self._first = request
        self._received = b""
        self._closed = False
        self._transport: asyncio.Transport | None = None

    def send(self, request: bytes) -> None:
        """Another request on the open connection."""
        if self._transport is not None:
            self._transport.write(request)

    def close(self) -> None:
        """Hang up, also while still being opened."""
        self._closed = True
        if self._transport is not None:
            self._transport.close()

    def opened(self, opening: "asyncio.Future[Any]") -> None:
        """Connecting has ended, one way or the other."""
        if opening.cancelled() or opening.exception() is not None:
            self._link.lost(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send what waits."""
        if self._closed:
            transport.close()
            return
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one without being a subclass
        self._transport.write(self._first)

    def data_received(self, data: bytes) -> None:
        """Collect the answer."""
        received = self._received + data if self._received else data
        try:
            found = read_answer(received)
        except BadAnswer:
            self._link.lost(self)
            return
        if found is None:
            self._received = received
            return
        answer, used = found
        self._received = received[used:]
        self._link.answered(self, answer)

    def connection_lost(self, exc: Exception | None) -> None:
        """The server hung up: before an answer there will be none."""
        self._link.lost(self)
