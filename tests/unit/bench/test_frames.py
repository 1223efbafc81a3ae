"""The live stream as a browser hears it: events cut anywhere by the chunks that carry them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bench.mixed.frames import follow

HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


@asynccontextmanager
async def answering(*parts: bytes) -> AsyncIterator[tuple[int, list[bytes]]]:
    heard: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], heard
    finally:
        server.close()


async def listened(port: int, token: str) -> tuple[list[tuple[str, Any]], str]:
    """What was told, and why it ended."""
    told: list[tuple[str, Any]] = []
    try:
        async for one in follow("127.0.0.1", port, token, {"last_event_id": "82AA"}):
            told.append(one)
    except ConnectionError as error:
        return told, str(error)
    return told, ""


async def test_events_come_whole_however_they_are_cut() -> None:
    parts = [b"retry: 2000\n\nevent: pre", b'sence\nid: 82\ndata: {"cards": []}\n', b"\nevent: reset\ndata: {}\n\n"]
    async with answering(HEAD, *map(chunk, parts)) as (port, heard):
        told, why = await listened(port, "secret")
    assert (told, why) == ([("presence", {"cards": []}), ("reset", {})], "the live stream ended")
    assert heard[0].startswith(b"GET /api/reporting/v1/stream?last_event_id=82AA HTTP/1.1\r\n")
    assert b"\r\nAuthorization: Bearer secret\r\n" in heard[0]


@pytest.mark.parametrize(
    ("answer", "why"),
    [(b"", "not answered"), (b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", "refused")],
)
async def test_a_stream_that_is_refused_is_no_stream(answer: bytes, why: str) -> None:
    async with answering(answer) as (port, _):
        told, ended = await listened(port, "t")
    assert told == []
    assert why in ended
