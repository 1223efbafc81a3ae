"""Bytes over a real socket, as a terminal sends them, and the fixtures to send."""

import asyncio
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.fixtures.iclock import write

OWN = Path(write.__file__).parent
SHARED = Path(__file__).parents[4] / "shared" / "device-fixtures"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Fixtures:
    """One set: our own, or the reference captures beside the repository."""

    name: str
    folder: Path
    files: Path

    def __str__(self) -> str:
        return self.name

    def content(self, number: str) -> bytes:
        """The bytes of a fixture by its number ("10", "A_full" …)."""
        folder = self.files if number[0].isalpha() else self.folder
        suffixes = (".dat",) if number[0].isalpha() else (".req.http", ".body.txt")
        found = [path for path in sorted(folder.glob(f"{number}*")) if path.name.endswith(suffixes)]
        return found[0].read_bytes()

    def request(self, number: str, serial: str = "", table: str = "ATTLOG", endpoint: str = "cdata") -> bytes:
        """A whole request: the fixture itself, or its body as a push of `serial`."""
        content = self.content(number)
        if b" HTTP/1.1\r\n" in content[:300]:
            return content
        query = f"SN={serial}" + (f"&table={table}&Stamp=9999" if table else "")
        return write.post(f"/iclock/{endpoint}?{query}", content)

    def body(self, number: str) -> bytes:
        """The body alone."""
        content = self.content(number)
        return content.partition(b"\r\n\r\n")[2] if b" HTTP/1.1\r\n" in content[:300] else content

    def serial(self, number: str) -> str:
        """The serial number a request names."""
        match = re.search(rb"(?i)[?&]sn=([^& ]+)", self.content(number))
        return match[1].decode() if match else ""


def sets() -> Iterator[Fixtures]:
    """Our own always; the shared ones where that folder exists beside the repository."""
    yield Fixtures("own", OWN, OWN)
    if SHARED.is_dir() and not os.environ.get("KINERJA_TEST_OWN_FIXTURES_ONLY"):
        yield Fixtures("shared", SHARED / "iclock", SHARED / "attlog_dat")


async def send(port: int, request: bytes, *, seconds: float = 20) -> Reply:
    """Send a request on a connection of its own and read until the server closes it."""
    if b"connection: close" not in request[:1000].lower():
        request = request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        raw = await asyncio.wait_for(reader.read(-1), seconds)
    finally:
        writer.close()
    return parse(raw)


def parse(raw: bytes) -> Reply:
    """Take a reply apart. Raises ValueError when there is none, or it broke off before its end: to a terminal that is
    no acknowledgement either."""
    head, separator, body = raw.partition(b"\r\n\r\n")
    if not separator:
        raise ValueError(f"no answer but {raw[:80]!r}")
    status, *headers = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in headers)
    fields = {name.lower(): value.strip() for name, _, value in pairs}
    if len(body) < int(fields.get("content-length", 0)):
        raise ValueError(f"an answer of {fields['content-length']} bytes that broke off after {len(body)}")
    return Reply(int(status.split(" ")[1]), fields, body)


def prefixed(request: bytes, prefix: str) -> bytes:
    """The same request behind a base path, such as `/d/<token>`."""
    method, target, rest = request.split(b" ", 2)
    return b" ".join([method, prefix.encode() + target, rest])
