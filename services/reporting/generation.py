"""Which generation of the presence view this process writes or reads."""

import asyncio
from dataclasses import dataclass

import structlog
from pymongo.errors import PyMongoError

from kit.mongo import Database
from kit.projector import generations
from services.reporting.presence.folds import Presence

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Generation:
    """`pinned`: asked for by number, so it does not follow a switch."""

    number: int
    pinned: bool = False

    @property
    def view(self) -> str:
        """The view's name, as in its checkpoints and dead letters."""
        return f"{Presence.name}_v{self.number}"

    @property
    def suffix(self) -> str:
        """What its collections end in."""
        return f"_v{self.number}"

    async def until_switched(self, db: Database) -> None:
        """Background task: raises GenerationChanged when another generation is in use; for ever when pinned."""
        if self.pinned:
            await asyncio.Event().wait()
        await generations.until_switched(db, Presence.name, self.number)


async def in_use(db: Database, asked: int | None) -> Generation:
    """The generation asked for, or the one in use. Waits for a database that is away."""
    if asked is not None:
        return Generation(asked, pinned=True)
    while True:
        try:
            return Generation(await generations.active(db, Presence.name))
        except PyMongoError as error:
            log.warning("waiting for the database to say which generation is in use", error=str(error))
            await asyncio.sleep(1)
