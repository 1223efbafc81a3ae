"""Waiting until what was journaled is on the topics: for commands whose next step reads them."""

import asyncio
from contextlib import suppress

import structlog

from kit.journal import COLLECTION
from kit.kafka import ensure_registry
from kit.relay import Relay
from services.directory.app import Parts
from services.directory.settings import DirectorySettings

log = structlog.get_logger()

PATIENCE_SECONDS = 5.0
LOOK_SECONDS = 0.1


async def published(settings: DirectorySettings, parts: Parts) -> None:
    """Return when the relay is past the last journal entry. Relays itself when no running service does."""
    await ensure_registry(settings)
    if await parts.db["relay"].find_one({"_id": settings.service}):  # some relay has run here before
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(_past(settings, parts), PATIENCE_SECONDS)
            return
    log.info("no relay is running; relaying here")
    relaying = asyncio.create_task(Relay(parts.client, parts.db, settings.kafka, settings.service).run())
    try:
        waiting = asyncio.create_task(_past(settings, parts))
        await asyncio.wait({relaying, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if relaying.done():
            waiting.cancel()
            await relaying  # raises what ended it
    finally:
        relaying.cancel()
        await asyncio.wait({relaying})


async def _past(settings: DirectorySettings, parts: Parts) -> None:
    while True:
        last = await parts.db[COLLECTION].find_one({}, {"recorded": 1}, sort=[("recorded", -1)])
        state = await parts.db["relay"].find_one({"_id": settings.service})
        if last is None or (state and state["recorded"] and state["recorded"] >= last["recorded"]):
            return
        await asyncio.sleep(LOOK_SECONDS)
