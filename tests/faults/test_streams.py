"""Parts killed (-9) while employees record and citizens rate: what was answered for is in the views, each once."""

import asyncio

import pytest
from pymongo.errors import PyMongoError

from bench.system import System
from kit.mongo import Client
from tests.faults.city import City
from tests.faults.conftest import Size
from tests.faults.drills import Drills
from tests.faults.streams import Streams
from tests.stack.issuer import Issuer

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
PARTS = ("appraisal", "feedback", "projector", "kafka", "mongod")
SETTLED_SECONDS = 90


async def test_what_was_answered_for_is_in_the_views_once(
    city: City, drills: Drills, system: System, client: Client, issuer: Issuer, size: Size
) -> None:
    streams = Streams(system, client, issuer)
    await streams.start()
    try:
        for part in PARTS:
            for _ in range(size.kills):
                await asyncio.sleep(drills.random.uniform(0.5, 1.5))
                await drills.kill(part, away=drills.random.uniform(0, 1))
    finally:
        await streams.stop()
    wanted = (streams.recorded, streams.rated)
    for _ in range(SETTLED_SECONDS * 5):
        try:
            if (found := await streams.seen()) == wanted:
                break
        except PyMongoError:
            continue  # it was killed a moment ago
        await asyncio.sleep(0.2)
    assert found == wanted
    assert min(streams.recorded.values()) > 3
    assert streams.rated.total() > 10
    assert (verdict := await city.settled()).exact, verdict
