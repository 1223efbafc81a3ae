"""A browser's connection to the live stream: events as they come over the wire (server-sent events over HTTP/1.1)."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlencode

STREAM = "/api/reporting/v1/stream"


async def follow(host: str, port: int, token: str, asked: Mapping[str, str]) -> AsyncIterator[tuple[str, Any]]:
    """(event, data) until the reader is cancelled. Raises ConnectionError when the stream is refused or ends."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        lines = [
            f"GET {STREAM}?{urlencode(asked)} HTTP/1.1",
            f"Host: {host}:{port}",
            f"Authorization: Bearer {token}",
            "Accept: text/event-stream",
        ]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
        except asyncio.IncompleteReadError as error:
            raise ConnectionError("the live stream was not answered") from error
        if not head.startswith(b"http/1.1 200 ") or b"transfer-encoding: chunked" not in head:
            raise ConnectionError(f"the live stream was refused: {head[:60]!r}")
        waiting = b""
        async for chunk in _chunks(reader):
            *whole, waiting = (waiting + chunk).split(b"\n\n")
            for event in whole:
                if (read := read_event(event)) is not None:
                    yield read
        raise ConnectionError("the live stream ended")
    finally:
        writer.close()


def read_event(text: bytes) -> tuple[str, Any] | None:
    """One event; None for what carries no data. Pure."""
    fields = dict(line.split(": ", 1) for line in text.decode().split("\n") if ": " in line)
    if "data" not in fields:
        return None
    return fields.get("event", "message"), json.loads(fields["data"])


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    try:
        while size := int(await reader.readline() or b"0", 16):
            yield await reader.readexactly(size)
            await reader.readline()
    except asyncio.IncompleteReadError:
        return
