"""Run servers and background work in one process, and stop them in the right order.

On SIGTERM or SIGINT: answer "not ready", stop accepting, let running requests end, then cancel the background work.
Background work that ends by itself ends the process with its error: half a process is worse than none.
"""

import asyncio
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Coroutine, Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog
import uvicorn
import uvloop
from fastapi import FastAPI

from kit import collector, metrics, telemetry
from kit import log as logs

if TYPE_CHECKING:
    from kit.settings import Settings

log = structlog.get_logger()

ASGI = Callable[..., Awaitable[None]]
Background = Callable[[], Coroutine[Any, Any, None]]
BACKLOG = 2048
# How long a thread that is back from the database may wait for the interpreter while the event loop is busy. With
# Python's 5 ms each of a transaction's dozen steps waits that long, and a process with much to do is slow at it.
SWITCH_SECONDS = 0.0005


class BackgroundEnded(RuntimeError):
    """Background work returned although nobody asked the process to stop."""


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run `main` on uvloop until it is done: the last line of every `__main__`. Sends the last spans."""
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        uvloop.run(main)
    finally:
        telemetry.shutdown()


def configure(settings: "Settings") -> None:
    """Logs, traces and build information of this process: the first line of every `__main__`, after the settings."""
    logs.configure(settings.service, settings.log_level)
    telemetry.configure(settings.service, settings.otlp_endpoint, ratio=settings.trace_ratio, version=settings.version)
    metrics.BUILD_INFO.labels(service=settings.service, version=settings.version).set(1)


async def serve(
    app: ASGI,
    settings: "Settings",
    port: int | None = None,
    *,
    background: Sequence[Background] = (),
    beside: Sequence[tuple[ASGI, int]] = (),
) -> None:
    """Serve `app` (FastAPI or any ASGI callable) on `port` (default settings.port) until asked to stop.

    `beside` are further applications on ports of their own, such as the probes of the device port. `background` are
    functions whose coroutines run as long as the process: started when every application's lifespan has, cancelled
    after the servers have drained, and given `settings.graceful_seconds` to finish.

    Raises the error of the first background task that dies, BackgroundEnded when one returns, SystemExit with one
    clear line when a port is taken.
    """
    listening = [(app, port or settings.port), *beside]
    sockets = [_listen(settings.host, number) for _, number in listening]
    servers = [_server(one, settings) for one, _ in listening]
    stop = asyncio.Event()
    with _signals(stop, servers):
        serving = [_start(server, bound) for server, bound in zip(servers, sockets, strict=True)]
        working = [asyncio.create_task(_once_started(servers, start), name=_name(start)) for start in background]
        stopped = asyncio.create_task(stop.wait(), name="stop")
        settling = asyncio.create_task(_once_started(servers, _settle), name="collector")
        try:
            await asyncio.wait([stopped, *serving, *working], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            settling.cancel()
            ended = [task for task in working if task.done()]
            await _drain(servers, settings.drain_seconds if stop.is_set() else 0)
            await _cancel(working, settings.graceful_seconds)
            for server in servers:
                server.release.set()
            await asyncio.wait(serving)
    _raise_first(serving, ended, stopping=stop.is_set())


def _start(server: "_Server", bound: socket.socket) -> asyncio.Task[None]:
    log.info("serving", address="{}:{}".format(*bound.getsockname()[:2]))
    task = asyncio.create_task(server.serve(sockets=[bound]), name=f"server {bound.getsockname()[1]}")
    task.add_done_callback(lambda _: server.drained.set())
    return task


async def _once_started(servers: Sequence["_Server"], start: Background) -> None:
    for server in servers:
        await server.answering.wait()
    await start()


async def _settle() -> None:
    collector.settle()


async def _drain(servers: Sequence["_Server"], seconds: float) -> None:
    log.info("stopping", drain_seconds=seconds)
    states = [server.config.app.state for server in servers if isinstance(server.config.app, FastAPI)]
    for state in states:
        if hasattr(state, "gate"):
            state.gate.stop()
    await asyncio.sleep(seconds)
    for state in states:
        if hasattr(state, "stopping"):
            state.stopping.set()
    for server in servers:
        server.should_exit = True
    for server in servers:
        await server.drained.wait()


async def _cancel(working: Sequence[asyncio.Task[None]], seconds: float) -> None:
    running = [task for task in working if not task.done()]
    for task in running:
        task.cancel()
    if running:
        _, left = await asyncio.wait(running, timeout=seconds)
        for task in left:
            log.error("background work does not stop and is abandoned", task=task.get_name(), seconds=seconds)


def _raise_first(serving: Sequence[asyncio.Task[None]], ended: Sequence[asyncio.Task[None]], *, stopping: bool) -> None:
    for task in [*serving, *ended]:
        if error := (None if task.cancelled() else task.exception()):
            log.critical("the process ends because a part of it died", part=task.get_name(), exc_info=error)
            raise error
    if ended and not stopping:
        raise BackgroundEnded(f"{ended[0].get_name()} returned; it must run as long as the process")


def _name(start: Background) -> str:
    return getattr(start, "__qualname__", repr(start))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))  # the server listens once it can answer
    except OSError as error:
        bound.close()
        raise SystemExit(
            f"cannot listen on {host}:{port}: {error.strerror}. Stop the process that uses it, or set KINERJA_PORT."
        ) from None
    bound.setblocking(False)
    return bound


class _Server(uvicorn.Server):
    """uvicorn that leaves signals to us and, on its way out, waits between the last answer and the lifespan's end:
    background work uses what the lifespan opened, so it must be stopped before that is closed."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answering = asyncio.Event()
        self.drained = asyncio.Event()
        self.release = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        close = self.lifespan.shutdown

        async def held() -> None:
            self.drained.set()
            await self.release.wait()
            await close()

        self.lifespan.shutdown = held
        self.answering.set()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def _server(app: ASGI, settings: "Settings") -> _Server:
    return _Server(
        uvicorn.Config(
            app,
            loop="none",
            http="httptools",
            ws="none",
            lifespan="on" if isinstance(app, FastAPI) else "auto",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=75,  # longer than the edge keeps an idle connection (45 s)
            timeout_graceful_shutdown=settings.graceful_seconds,
            backlog=BACKLOG,
        )
    )


@contextmanager
def _signals(stop: asyncio.Event, servers: Sequence[_Server]) -> Generator[None, None, None]:
    def asked() -> None:
        if stop.is_set():  # asked twice: do not wait for running requests
            for server in servers:
                server.force_exit = True
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
