"""A process that test_serving starts: says on stdout, in order, what happens to its parts.

Arguments: what the background work does (`work`, `dies`, `returns`, `stubborn`), and whether the lifespan is `ok` or
`fails`.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from kit.http import Check, Readiness, configure, create_app, health_app, run, serve
from kit.serving import ASGI
from tests.unit.kit.things import ThingsSettings

WORK, LIFESPAN = sys.argv[1:3]


def say(what: str) -> None:
    """One line, at once."""
    print(f"# {what}", flush=True)


router = APIRouter()


@router.get("/slow")
async def slow() -> str:
    """Answers after a while, also when the process was asked to stop in between."""
    say("slow begun")
    await asyncio.sleep(1)
    say("slow done")
    return "done"


@router.get("/stream")
async def stream(request: Request) -> StreamingResponse:
    """Streams until the process stops."""

    async def frames() -> AsyncIterator[bytes]:
        say("stream begun")
        while not request.app.state.stopping.is_set():
            yield b"data: x\n\n"
            await asyncio.sleep(0.05)
        yield b"data: end\n\n"

    return StreamingResponse(frames(), media_type="text/event-stream")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """What the background work stands on."""
    if LIFESPAN == "fails":
        raise RuntimeError("the database is not there")
    say("open")
    yield
    say("closed")


async def background() -> None:
    """Runs until it is cancelled, or as the argument says."""
    say("background begun")
    try:
        if WORK == "dies":
            raise RuntimeError("the relay broke")
        if WORK == "returns":
            return
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        if WORK == "stubborn":
            await asyncio.sleep(60)
        raise
    finally:
        say("background ended")


async def device_port(scope: Scope, receive: Receive, send: Send) -> None:
    """A bare ASGI callable that knows nothing of lifespans."""
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"OK"})


async def ready() -> Readiness:
    """Always."""
    return Readiness({"mongo": Check(True)})


if __name__ == "__main__":
    settings = ThingsSettings.load()
    configure(settings)
    app = create_app("things", settings, routers=[], public=[router], lifespan=lifespan, readiness=ready)
    beside: list[tuple[ASGI, int]] = [
        (device_port, settings.port + 1),
        (health_app("things", ready), settings.port + 2),
    ]
    run(serve(app, settings, background=[background], beside=beside))
