"""Which set of collections of a view is the one people read.

A view's collections end in its generation (`employee_days_v1`). A rebuild writes the next one beside it and then moves
this pointer; every process that reads or writes the view ends when the pointer moves, and starts again on the new one.
"""

import asyncio

import structlog
from pymongo.errors import PyMongoError

from kit.mongo import Database

log = structlog.get_logger()

COLLECTION = "views"


class GenerationChanged(RuntimeError):
    """The view was rebuilt and switched: this process must start again to use the new generation."""


async def active(db: Database, name: str) -> int:
    """The generation in use; 1 for a view that was never rebuilt."""
    row = await db[COLLECTION].find_one({"_id": name})
    return int(row["generation"]) if row else 1


async def switch(db: Database, name: str, old: int, new: int) -> bool:
    """Make `new` the one in use. False when somebody else moved the pointer meanwhile."""
    await db[COLLECTION].update_one({"_id": name}, {"$setOnInsert": {"generation": 1}}, upsert=True)
    result = await db[COLLECTION].update_one({"_id": name, "generation": old}, {"$set": {"generation": new}})
    return bool(result.modified_count)


async def until_switched(db: Database, name: str, mine: int, *, every: float = 2.0) -> None:
    """A background task of every process on generation `mine`: raises GenerationChanged when another is in use."""
    now = mine
    while now == mine:
        await asyncio.sleep(every)
        try:
            now = await active(db, name)
        except PyMongoError as error:
            log.warning("the generation in use cannot be read, trying again", view=name, error=str(error))
    raise GenerationChanged(f"{name} is now read from generation {now}, this process uses {mine}: starting again")
