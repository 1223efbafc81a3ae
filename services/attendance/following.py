"""Copies in memory kept in step by a change stream, so that processes agree: load everything, then every change.

One stream for all copies of a process: the server looks through every commit of anybody for each stream there is, which
at the arrival of the whole country costs it 3 % of a core a stream.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

import structlog
from pymongo.errors import PyMongoError

from kit.mongo import Database, Document

log = structlog.get_logger()

Change = Document


class Copy(Protocol):
    """What is kept in step."""

    @property
    def collections(self) -> Sequence[str]:
        """The collections it is a copy of."""

    async def load(self) -> None:
        """Read everything, or forget everything: changes may have been missed."""

    async def apply(self, change: Change) -> None:
        """Take one change over. It carries the document when that was inserted or replaced, not when updated."""


async def follow(db: Database, copies: Sequence[Copy]) -> None:
    """Run for ever: load the copies once the stream stands, then apply each change; begin anew after an error."""
    homes = {collection: copy for copy in copies for collection in copy.collections}
    kinds = ["insert", "update", "replace", "delete"]
    pipeline = [{"$match": {"ns.coll": {"$in": list(homes)}, "operationType": {"$in": kinds}}}]
    while True:
        try:
            async with db.watch(pipeline, max_await_time_ms=500) as stream:
                change = await stream.try_next()  # opens it: nothing after this moment is missed
                for copy in copies:
                    await copy.load()
                while True:
                    if change is not None:
                        await homes[change["ns"]["coll"]].apply(change)
                    change = await stream.try_next()
        except PyMongoError as error:
            log.warning("changes cannot be followed, trying again", collections=list(homes), error=str(error))
            await asyncio.sleep(0.3)
