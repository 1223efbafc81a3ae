"""Follows what the assessor says of days, and keeps the standings and cases of whom it concerns.

An event only says which day to look at; what counts is what the day is now. So events that come twice, late or out of
order lead to the same, and nothing is kept of most days: they are attended, and change nothing.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NotRequired

import structlog
from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

from contracts.envelope import event_type
from contracts.events.days import DayAssessed
from contracts.topics import BY_TYPE, Topic
from kit import metrics
from kit.dated import Dated
from kit.mongo import Database, Document, as_kept
from kit.topic_follower import TopicFollower
from services.attendance.discipline.cases import cases_after
from services.attendance.discipline.rules import DisciplineRule
from services.attendance.discipline.standing import Counting
from services.attendance.discipline.store import Discipline, of_day, year_id
from services.attendance.discipline.years import BEFORE, Fresh, concerns, fresh, marks_of

log = structlog.get_logger()

LATE_IN_THE_YEAR = 11
"""From this month on a day may belong to a run that reaches into the next year."""
POSITIONS = "discipline_positions_1"


class Told(TypedDict):
    """What is read of `DayAssessed`."""

    employee_id: str
    local_date: date
    version: int
    status: str
    late_minutes: int
    early_minutes: int
    absent_minutes: int
    required_days: int
    missing: NotRequired[list[str]]


TOLD = TypeAdapter(Told)
Yearly = dict[tuple[str, int], dict[date, Counting]]


class DisciplineFollower(TopicFollower):
    """One process of the service follows: it is the only one that writes years. `topics` replaces that of the registry
    in tests."""

    def __init__(
        self,
        db: Database,
        bootstrap: str,
        discipline: Discipline,
        table: Dated[DisciplineRule],
        clock: Callable[[], datetime],
        topics: Sequence[Topic] = (BY_TYPE[DayAssessed.TYPE],),
    ) -> None:
        super().__init__(db, bootstrap, "attendance-discipline", topics, POSITIONS)
        self._discipline = discipline
        self._table = table
        self._clock = clock

    async def take(self, records: Sequence[Any]) -> None:
        """Work out anew whose year these days may change."""
        told: Yearly = {}
        for record in records:
            if (event := _event(record)) is None:
                continue
            day = event["local_date"]
            years = [day.year, day.year + 1] if day.month >= LATE_IN_THE_YEAR else [day.year]
            for year in years:
                told.setdefault((event["employee_id"], year), {})[day] = of_day(event, event["version"])
        rows = await self._discipline.years([year_id(*key) for key in told])
        concerned = {
            (who, year): days
            for (who, year), days in told.items()
            if any(
                # Of the year before only runs matter, and only to who was absent in this one.
                concerns(day, one, row) if day.year == year else bool(row and row["absent"])
                for row in (rows.get(year_id(who, year)),)
                for day, one in days.items()
            )
        }
        if concerned:
            await self._work_out(concerned, rows)

    async def _work_out(self, concerned: Yearly, rows: Mapping[str, Document]) -> None:
        """Who was absent needs all days of the year, for runs; of others the days that were told are enough."""
        whole: dict[int, set[str]] = {}
        single: list[tuple[str, date]] = []
        for (who, year), days in concerned.items():
            row = rows.get(year_id(who, year))
            if (row and row["absent"]) or any(one.state == "absent" for one in days.values()):
                whole.setdefault(year, set()).add(who)
            else:
                single += [(who, day) for day in days]
        now = await self._discipline.some(single)
        known: Yearly = {}
        for year, people in whole.items():
            found = await self._discipline.between(people, date(year, 1, 1) - BEFORE, date(year, 12, 31))
            for (who, day), one in found.items():
                known.setdefault((who, year), {})[day] = one
        for who, day in single:
            days = known.setdefault((who, day.year), marks_of(rows.get(year_id(who, day.year))))
            days[day] = now.get((who, day), Counting("unresolved"))
        made = await asyncio.to_thread(self._fresh, concerned, known, rows)
        await self._propose(made)
        await self._discipline.write_years([one.row for one in made if one.row is not rows.get(one.row["_id"])])

    def _fresh(self, concerned: Yearly, known: Yearly, rows: Mapping[str, Document]) -> list[Fresh]:
        at = as_kept(self._clock())
        found = (
            fresh(rows.get(year_id(who, year)), who, year, known.get((who, year), {}), self._table, at)
            for who, year in concerned
        )
        return [one for one in found if one is not None]

    async def _propose(self, made: Sequence[Fresh]) -> None:
        """Cases before years: a crash between the two leads to the same work again."""
        people = {one.row["employee_id"] for one in made}
        years = {one.row["year"] for one in made}
        held: dict[tuple[str, int], list[Document]] = {}
        for row in await self._discipline.cases_of(people, years):
            held.setdefault((row["employee_id"], row["year"]), []).append(row)
        at = as_kept(self._clock())
        for one in made:
            who, year = one.row["employee_id"], one.row["year"]

            def work(rows: list[Document], one: Fresh = one, who: str = who, year: int = year) -> list[Document]:
                return cases_after(rows, who, year, one.days, one.reached, at)

            rows = held.get((who, year), [])
            if (rows or one.reached) and work(rows):
                await self._discipline.work({"employee_id": who, "year": year}, work, at)


def _event(record: Any) -> Told | None:
    """None for another type, or one that cannot be read (logged, counted: the days themselves stay as they are)."""
    if record.value is None or event_type(record.headers) != DayAssessed.TYPE:
        return None
    try:
        return TOLD.validate_json(record.value)
    except ValidationError as error:
        metrics.TABLE_REJECTED.labels(topic=record.topic).inc()
        log.error("a day was refused", topic=record.topic, offset=record.offset, error=str(error))
        return None
