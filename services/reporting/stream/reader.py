"""One connection to the live stream: a bounded queue, and an HTTP answer that goes on until either side leaves."""

import asyncio
from collections import deque
from collections.abc import Iterable

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kit import metrics
from kit.access.reach import EVERYONE, Reach
from kit.access.reads import Noting
from services.reporting.stream import frames

SEND_SECONDS = 30.0
RETRY = b"retry: 2000\n\n"


class Reader:
    """What one browser has yet to be sent. `token` is where it says it stopped, `most` how many frames may wait,
    `reach` whose names it may be shown."""

    def __init__(
        self, unit: str | None, date: str | None, token: str | None, most: int, reach: Reach = EVERYONE
    ) -> None:
        self.unit = unit
        self.reach = reach
        self.date = date
        self.token = token
        self.closed = False
        self.question: frames.Question | None = None
        self._most = most
        self._frames: deque[bytes] = deque()
        self._people: set[str] = set()
        self._news = asyncio.Event()

    def push(self, frame: bytes, people: Iterable[str] = ()) -> None:
        """Add a frame that names `people`. One that does not fit means the reader is too slow: what waits is dropped,
        it starts anew."""
        if len(self._frames) >= self._most:
            self._frames.clear()
            self._keep(frames.reset(None))
        self._keep(frame)
        self._people.update(people)
        self._news.set()

    def _keep(self, frame: bytes) -> None:
        self._frames.append(frame)
        metrics.SSE_FRAMES.labels(event=frames.name_of(frame)).inc()

    def close(self) -> None:
        """No more frames."""
        self.closed = True
        self._news.set()

    async def take(self) -> tuple[bytes, set[str]]:
        """All frames that wait, at least one, and whom they name; b"" when the connection is to end."""
        while not self._frames and not self.closed:
            self._news.clear()
            await self._news.wait()
        if self.closed:
            return b"", set()
        taken, named = b"".join(self._frames), self._people
        self._frames.clear()
        self._people = set()
        return taken, named


class EventStream(Response):
    """Pure ASGI: sends what the reader is given, ends when the browser leaves or the reader is closed.

    Whom it names is noted before it is sent. A browser that takes nothing for 30 s is cut off; it reconnects by itself
    when it lives again.
    """

    media_type = "text/event-stream"

    def __init__(self, reader: Reader, noted: Noting, status_code: int = 200) -> None:
        super().__init__(status_code=status_code, headers={"cache-control": "no-cache", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._reader = reader
        self._noted = noted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        leaving = asyncio.create_task(_until_gone(receive, self._reader))
        metrics.SSE_CLIENTS.inc()
        try:
            await send({"type": "http.response.body", "body": RETRY, "more_body": True})
            while True:
                taken, named = await self._reader.take()
                if not taken:
                    break
                await self._noted(named)
                async with asyncio.timeout(SEND_SECONDS):
                    await send({"type": "http.response.body", "body": taken, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            return
        finally:
            metrics.SSE_CLIENTS.dec()
            self._reader.close()
            leaving.cancel()


async def _until_gone(receive: Receive, reader: Reader) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
    reader.close()
