"""What the API reads from, put together once per process, and how routes get at it."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from pymongo.errors import PyMongoError

from contracts.events.closings import PeriodClosed
from contracts.topics import BY_TYPE
from kit.health import Check, Readiness
from kit.mongo import Client, Database, ping
from kit.problems import of_status
from kit.projector.projection import FEED
from kit.tables import Table
from services.reporting.attention.store import AttentionStore
from services.reporting.card.store import CardStore
from services.reporting.card.unit_days import UnitDays
from services.reporting.devices.fleet import Fleet
from services.reporting.freshness.position import ViewPosition
from services.reporting.generation import Generation
from services.reporting.months.folds import Months
from services.reporting.months.store import VIEW as MONTHS
from services.reporting.months.store import MonthStore
from services.reporting.organisation.register import Organisation
from services.reporting.presence.day import DayStore
from services.reporting.presence.folds import Presence
from services.reporting.presence.latest import LatestStore
from services.reporting.presence.people import PeopleStore
from services.reporting.presence.totals import TotalsStore
from services.reporting.reads.folds import GENERATION, READS
from services.reporting.reads.folds import Reads as AccessLog
from services.reporting.reads.store import ReadStore
from services.reporting.settings import ReportingSettings
from services.reporting.spread.store import SpreadStore
from services.reporting.stream.hub import Hub
from services.reporting.stream.tail import Tail
from services.reporting.trend.store import TrendStore


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading side of one process. Nothing is connected before `run`."""

    settings: ReportingSettings
    client: Client
    db: Database
    generation: Generation
    organisation: Organisation
    fleet: Fleet
    position: ViewPosition
    totals: TotalsStore
    people: PeopleStore
    latest: LatestStore
    days: DayStore
    cards: CardStore
    unit_days: UnitDays
    attention: AttentionStore
    spreads: SpreadStore
    trends: TrendStore
    reads: ReadStore
    access_log: ViewPosition
    months: MonthStore
    months_position: ViewPosition
    closings: Table[PeriodClosed]
    hub: Hub
    tail: Tail

    @classmethod
    def of(cls, settings: ReportingSettings, client: Client, db: Database, generation: Generation) -> "Reading":
        """Everything, over one generation of the view."""
        suffix, kafka = generation.suffix, settings.kafka
        organisation = Organisation.following(kafka)
        fleet = Fleet.following(db, suffix, kafka, timedelta(seconds=settings.silent_seconds))
        position = ViewPosition.following(db, generation.view, Presence.topics(), kafka)
        totals, people, cards = TotalsStore(db, suffix), PeopleStore(db, suffix), CardStore(db, suffix)
        hub = Hub(
            organisation,
            fleet,
            position,
            totals,
            people,
            today=lambda: today(settings.zone),
            lagging_seconds=settings.lagging_seconds,
            pause=settings.stream_pause,
            readers_most=settings.stream_readers,
        )
        return cls(
            settings=settings,
            client=client,
            db=db,
            generation=generation,
            organisation=organisation,
            fleet=fleet,
            position=position,
            totals=totals,
            people=people,
            latest=LatestStore(db, suffix, people),
            days=DayStore(db, generation),
            cards=cards,
            unit_days=UnitDays(cards),
            attention=AttentionStore(db, suffix),
            spreads=SpreadStore(db, suffix),
            trends=TrendStore(db, suffix),
            reads=ReadStore(db),
            access_log=ViewPosition(db, f"{READS}_v{GENERATION}", AccessLog.topics(), position.journals),
            months=MonthStore(db, suffix),
            months_position=ViewPosition(db, MONTHS, Months.topics(), position.journals),
            closings=Table(kafka, BY_TYPE[PeriodClosed.TYPE], PeriodClosed),
            hub=hub,
            tail=Tail(client, db, FEED + suffix, settings.stream_history, hub.hear),
        )

    @property
    def positions(self) -> tuple[ViewPosition, ...]:
        """Of every view this process reads."""
        return (self.position, self.access_log, self.months_position)

    @property
    def ready(self) -> bool:
        """Whether every reference topic has been read to its end once."""
        return all(table.ready.is_set() for table in self._tables)

    @property
    def _tables(self) -> "tuple[Table[Any], ...]":
        organisation, journals = self.organisation, self.position.journals
        return (organisation.units, organisation.sites, self.fleet.devices, self.closings, journals)

    async def run(self) -> None:
        """Follow topics and feed until cancelled; raises what any of them dies of."""
        try:
            async with asyncio.TaskGroup() as group:
                for table in self._tables:
                    group.create_task(table.run())
                group.create_task(self.tail.run())
                group.create_task(self.hub.run())
                group.create_task(self.generation.until_switched(self.db))
        finally:
            self.hub.close()
            for table in self._tables:
                await table.stop()

    async def readiness(self) -> Readiness:
        """For /readyz: the database answers, the reference topics are read, the live feed is followed."""
        tables = {table.topic.name: len(table) for table in self._tables}
        try:
            await ping(self.client)
            database = Check(True)
        except PyMongoError as error:
            database = Check(False, f"the database does not answer: {type(error).__name__}")
        standing = await self.position.read() if database.ok else None
        lagging = standing.freshness(0).lagging_sources if standing else []
        behind = max((row.behind_seconds or 0 for row in lagging), default=0)
        return Readiness(
            {
                "database": database,
                "tables": Check(self.ready, "" if self.ready else "reading the reference topics", tables),
                "feed": Check(
                    self.hub.following, "" if self.hub.following else "not followed yet", {"readers": len(self.hub)}
                ),
                # For people who look: a view that lags is served with its lag, not withheld.
                "freshness": Check(True, "", {"behind_seconds": behind}),
            }
        )


def today(zone: str) -> date:
    """The calendar day in a zone, now."""
    return datetime.now(ZoneInfo(zone)).date()


def reading(request: Request) -> Reading:
    """Dependency: what routes read from. 503 while the reference topics are still being read: half a tree would show
    half the people."""
    found: Reading | None = getattr(request.app.state, "reading", None)
    if found is None or not found.ready:
        raise of_status(503, headers={"Retry-After": "1"})
    return found


Reads = Annotated[Reading, Depends(reading)]
