"""Reads a request body within bounds, byte for byte, whatever its type says it is (devices.md section 6)."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

OVERSIZE_KEPT = 1024 * 1024


class Disconnected(Exception):  # noqa: N818 - not an error of ours
    """The terminal hung up before its request was complete: it will send again."""


class BodyTooLarge(RuntimeError):
    """More bytes are in memory than this process may hold: not now."""


@dataclass(frozen=True, slots=True)
class Body:
    """`data` is the whole body, or its first MiB when it was larger than the limit; `size`, `digest` and `lines`
    (non-blank) are then those of the whole."""

    data: bytes
    size: int
    digest: str = ""
    lines: int = 0

    @property
    def oversize(self) -> bool:
        """Whether only the beginning was kept."""
        return self.size > len(self.data)


class InFlight:
    """Counts the bytes of all bodies being read and stored, so that many large ones cannot take the process down."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0

    def take(self, size: int) -> None:
        """Raises BodyTooLarge when the process holds enough already."""
        if self._bytes + size > self._most:
            raise BodyTooLarge(f"{self._bytes} bytes of bodies are in memory, {self._most} are allowed")
        self._bytes += size

    def give_back(self, size: int) -> None:
        """Those bytes are gone."""
        self._bytes -= size


class Share:
    """What one request holds; give it back at its end."""

    __slots__ = ("_total", "bytes")

    def __init__(self, total: InFlight) -> None:
        self._total = total
        self.bytes = 0

    def take(self, size: int) -> None:
        """Hold more. Raises BodyTooLarge."""
        self._total.take(size)
        self.bytes += size

    def give_back(self) -> None:
        """The request is over."""
        self._total.give_back(self.bytes)
        self.bytes = 0


async def read_body(receive: Receive, most: int, share: Share) -> Body:
    """The body up to `most` bytes; of a larger one the beginning, and hash, size and lines of all of it.

    Raises Disconnected when the terminal hung up in the middle, BodyTooLarge when memory is short.
    """
    message = await receive()
    if message["type"] == "http.disconnect":
        raise Disconnected
    first: bytes = message.get("body", b"")
    if not message.get("more_body", False) and len(first) <= most:
        share.take(len(first))
        return Body(first, len(first))
    return await _read_on(receive, most, share, message)


async def _read_on(receive: Receive, most: int, share: Share, message: MutableMapping[str, Any]) -> Body:
    kept = bytearray()
    size, tally, digest = 0, _Lines(), sha256()
    while True:
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        digest.update(chunk)
        if size <= most:
            share.take(len(chunk))
            kept += chunk
        else:  # from here on only the beginning matters
            room = OVERSIZE_KEPT - len(kept)
            tally.add(bytes(kept) if tally.untouched else b"")
            tally.add(chunk)
            kept = kept[:OVERSIZE_KEPT] if room <= 0 else kept + chunk[:room]
        if not message.get("more_body", False):
            break
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
    if size <= most:
        return Body(bytes(kept), size)
    return Body(bytes(kept), size, digest.hexdigest(), tally.end())


class _Lines:
    """Counts non-blank lines of a stream."""

    def __init__(self) -> None:
        self.untouched = True
        self._count = 0
        self._blank = True

    def add(self, chunk: bytes) -> None:
        self.untouched = False
        pieces = chunk.split(b"\n")
        for piece in pieces[:-1]:
            if not self._blank or piece.strip():
                self._count += 1
            self._blank = True
        self._blank = self._blank and not pieces[-1].strip()

    def end(self) -> int:
        return self._count + (0 if self._blank else 1)
