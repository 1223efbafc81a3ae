"""Many clients of an API in one process, cheap enough not to be what is measured: kept connections, one request at a
time on each, a request waiting for the first that is free."""

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from bench.terminals.link import Link
from bench.terminals.wire import Answer


class Clients:
    """`many` connections to one port of this machine."""

    def __init__(self, host: str, port: int, *, many: int = 100) -> None:
        self._host = f"{host}:{port}"
        self._links = [Link(host, port, keep_alive=True, timeout=30.0) for _ in range(many)]
        self._free = deque(self._links)
        self._waiting: deque[tuple[bytes, asyncio.Future[Answer | None]]] = deque()

    async def get(self, path: str, query: Mapping[str, str] | None = None, *, token: str = "") -> Answer | None:
        """The answer, None when there was none in 30 seconds."""
        target = f"{path}?{urlencode(query)}" if query else path
        return await self._ask(self._head("GET", target, {"Authorization": f"Bearer {token}"}) + b"\r\n")

    async def post(self, path: str, body: Any, headers: Mapping[str, str]) -> Answer | None:
        """As `get`, of a JSON body."""
        sent = json.dumps(body).encode()
        told = {"Content-Type": "application/json", "Content-Length": str(len(sent)), **headers}
        return await self._ask(self._head("POST", path, told) + b"\r\n" + sent)

    def close(self) -> None:
        """Hang up; requests under way end without an answer."""
        for link in self._links:
            link.close()

    def _head(self, method: str, target: str, headers: Mapping[str, str]) -> bytes:
        lines = [f"{method} {target} HTTP/1.1", f"Host: {self._host}", "Accept: application/json"]
        return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), ""]).encode()

    async def _ask(self, request: bytes) -> Answer | None:
        answer: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        if self._free:
            self._send(self._free.popleft(), request, answer)
        else:
            self._waiting.append((request, answer))
        return await answer

    def _send(self, link: Link, request: bytes, answer: "asyncio.Future[Answer | None]") -> None:
        def done(got: Answer | None) -> None:
            if not answer.done():
                answer.set_result(got)
            if self._waiting:
                self._send(link, *self._waiting.popleft())
            else:
                self._free.append(link)

        link.ask(request, done)
