"""A database that goes away: nothing is acknowledged, nothing is half counted, and the code is good afterwards."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import pytest

from services.feedback.app import Parts, create
from tests.integration.feedback.conftest import Town
from tests.stack.issuer import Issuer

pytestmark = pytest.mark.integration


class Line:
    """A connection to the database that can be cut."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._ends: set[asyncio.StreamWriter] = set()
        self.whole = True
        self.port = 0

    async def __aenter__(self) -> "Line":
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cut()
        self._server.close()

    def cut(self) -> None:
        self.whole = False
        for end in self._ends:
            end.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.whole:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection(*self._to)
        self._ends |= {writer, back}
        await asyncio.gather(_pass(reader, back), _pass(there, writer))
        self._ends -= {writer, back}


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
    except OSError:
        pass
    finally:
        writer.close()


@pytest.fixture
async def line(mongo_uri: str) -> AsyncIterator[Line]:
    """To the test's own database."""
    found = urlsplit(mongo_uri)
    async with Line(found.hostname or "", found.port or 0) as line:
        yield line


async def test_nothing_is_counted_and_the_code_stays(town: Town, line: Line, issuer: Issuer) -> None:
    issued = await town.code(await town.service())
    over = town.parts.settings.model_copy(
        update={"mongo": type(town.parts.settings.mongo)(f"mongodb://127.0.0.1:{line.port}/?directConnection=true")}
    )
    parts = Parts.of(over, clock=lambda: town.clock[0])
    body = {"code": issued["code"], "stars": 3, "text": "Baik."}
    path = "/api/feedback/v1/public"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=create(parts)), base_url="http://cut") as http:
        assert (await http.post(f"{path}/codes", json={"code": issued["code"]})).status_code == 200
        line.cut()
        async with asyncio.timeout(20):
            answer = await http.post(f"{path}/ratings", json=body)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        for rows in ("service_days", "service_sums", "held", "held_groups", "texts", "events"):
            assert await town.parts.db[rows].count_documents({}) == 0, rows
        line.whole = True
        answer = await http.post(f"{path}/ratings", json=body)
    await asyncio.to_thread(parts.client.close)  # it speaks over the line, which this loop carries
    assert answer.status_code == 201
    day = await town.parts.db["service_days"].find_one()
    assert day is not None
    assert day["ratings"] == 1
