"""The parts of ratings, put together in one place."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

import structlog
from fastapi import APIRouter
from pymongo.errors import PyMongoError

from kit.access.people import People
from kit.access.units import Units
from kit.dated import Dated
from kit.journal import Journal
from kit.mongo import Client, Database
from kit.proxies import Proxies
from services.feedback.catalogue.store import Catalogue
from services.feedback.ratings import public, routes
from services.feedback.ratings.desk import Desk
from services.feedback.ratings.giving import Ratings
from services.feedback.ratings.guard import Guard
from services.feedback.ratings.rules import RatingsRule
from services.feedback.ratings.store import Codes
from services.feedback.ratings.tapped import Tapped
from services.feedback.ratings.texts import Texts
from services.feedback.settings import FeedbackSettings

log = structlog.get_logger()

RULES = Path(__file__).parent.parent / "rules" / "ratings.yaml"
SWEEP_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class RatingParts:
    """What the routes and the background of ratings stand on."""

    desk: Desk
    tapped: Tapped
    guard: Guard
    proxies: Proxies
    address: str | None

    @classmethod
    def of(
        cls,
        settings: FeedbackSettings,
        client: Client,
        db: Database,
        journal: Journal,
        catalogue: Catalogue,
        people: People,
        units: Units,
        clock: Callable[[], datetime],
    ) -> Self:
        """Without a call to the database yet."""
        zone, rules = ZoneInfo(settings.zone), Dated.load(RULES, RatingsRule)
        codes, texts = Codes(client, db), Texts(client, db)
        ratings = Ratings(client, db, journal, codes, texts, rules, zone, clock, settings.release_seconds)
        desk = Desk(catalogue, units, people, codes, ratings, texts, rules, zone, clock)
        return cls(desk, Tapped(db, catalogue), Guard(), Proxies(settings.trusted_proxies), settings.address)

    async def setup(self) -> None:
        """Create collections and indexes. Idempotent."""
        await asyncio.gather(self.desk.codes.setup(), self.desk.ratings.setup(), self.desk.texts.setup())

    def routers(self) -> list[APIRouter]:
        """For whom each route says."""
        return [routes.codes_router(self.desk), routes.unit_router(self.desk, self.tapped, self.proxies, self.address)]

    def public(self) -> list[APIRouter]:
        """For anybody."""
        return [public.router(self.desk, self.guard, self.proxies)]

    async def publish_for_ever(self) -> None:
        """Texts that are due, once an hour. A database that is away is no reason to end the process."""
        while True:
            try:
                if published := await self.desk.texts.publish(self.desk.today(), self.desk.rule()):
                    log.info("texts of citizens were published", texts=published)
            except PyMongoError as error:
                log.warning("texts were not published; tried again in an hour", error=repr(error))
            await asyncio.sleep(SWEEP_SECONDS)
