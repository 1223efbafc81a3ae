"""Follow collections by change stream so that processes agree: load everything, then every change, without a gap."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from pymongo.errors import PyMongoError

from kit.mongo import Database, Document

log = structlog.get_logger()

Change = Document


async def follow(
    db: Database,
    collections: list[str],
    *,
    load: Callable[[], Awaitable[None]],
    apply: Callable[[Change], Awaitable[None]],
    full: bool = True,
) -> None:
    """Run for ever: `load()` once the stream stands, then `apply(change)` for each change; begin anew after an error.

    With `full` a change carries the document as it is now (`fullDocument`, None when deleted).
    """
    pipeline = [
        {
            "$match": {
                "ns.coll": {"$in": collections},
                "operationType": {"$in": ["insert", "update", "replace", "delete"]},
            }
        }
    ]
    lookup = "updateLookup" if full else None
    while True:
        try:
            async with db.watch(pipeline, full_document=lookup, max_await_time_ms=500) as stream:
                change = await stream.try_next()  # opens it: nothing after this moment is missed
                await load()
                while True:
                    if change is not None:
                        await apply(change)
                    change = await stream.try_next()
        except PyMongoError as error:
            log.warning("changes cannot be followed, trying again", collections=collections, error=str(error))
            await asyncio.sleep(0.3)
