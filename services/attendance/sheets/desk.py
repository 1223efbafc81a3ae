"""Takes rosters: each change judged with everything else that is known, in one transaction, durable when it returns."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kit import paging
from kit.access import Authority, Principal, Reach
from kit.access.mongo_copy import held_on
from kit.days import ends_of
from kit.idempotency import Answer, Attempt
from kit.mongo import TRIES, Session, in_transaction
from kit.problems import FieldError, of_status
from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.desk import BookDesk, checked, refuse
from services.attendance.schedules.rules import REACH
from services.attendance.schedules.sent import Checked, ScheduleRemark
from services.attendance.sheets.changes import Change, changes_of, check_seen, month_tag
from services.attendance.sheets.people import Roll, unit_on
from services.attendance.sheets.rosters import cells, judged, rostered
from services.attendance.sheets.sent import (
    CellView,
    Cycle,
    HolidayView,
    MonthRoster,
    PersonRoster,
    RosterChange,
    Saved,
)

AROUND = REACH + timedelta(days=2)
"""How far beside the dates of a change a roster is read: what may meet them."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and how far they may see (or write)."""

    by: Principal
    reach: Reach
    authority: Authority


@dataclass(frozen=True, slots=True)
class RosterDesk:
    """On the book's desk and the sheets."""

    book: BookDesk
    roll: Roll

    async def month(
        self, asking: Asking, unit_id: str | None, month: str, cursor: str | None, limit: int
    ) -> MonthRoster:
        """People within reach who work in a unit (None: all within reach) on any day of the month, by dates."""
        first, last = ends_of(month)
        people = await self._listed(asking, unit_id, first, last)
        after = paging.decode(cursor)
        shown = [one for one in people if one > after][: limit + 1]
        more = paging.encode(shown[limit - 1]) if len(shown) > limit else None
        book = (await self.book.store.book()).planned()
        persons = await self.roll.persons(shown[:limit], first - AROUND, last + AROUND)
        items = await asyncio.to_thread(self._laid_out, persons, first, last, book, asking)
        held = [one for day, some in book.holidays_by_day.items() if first <= day <= last for one in some]
        return MonthRoster(
            month=month,
            items=tuple(items),
            total=len(people),
            next_cursor=more,
            holidays=tuple(
                HolidayView(day=one.day, kind=one.kind, name=one.name, everywhere=not (one.sites or one.regions))
                for one in sorted(held, key=lambda one: one.day)
            ),
        )

    async def planned(self, employee_id: str, first: date, last: date) -> list[CellView]:
        """What is planned for one employee."""
        book = (await self.book.store.book()).planned()
        (person,) = await self.roll.persons([employee_id], first - AROUND, last + AROUND)
        return cells(person, first, last, book)

    async def check(self, sent: RosterChange | Cycle, asking: Asking) -> Checked:
        """What would be said, without saving anything."""
        return checked((await self._judged(changes_of(sent), asking, None))[0])

    async def save(self, sent: RosterChange, asking: Asking) -> Saved:
        """All of it, or a Problem with every error: 422, or 412 when a month was changed meanwhile."""
        return await in_transaction(self.book.client, lambda session: self._write(sent, asking, session), tries=TRIES)

    async def lay_out(self, sent: Cycle, asking: Asking, attempt: Attempt) -> Answer:
        """A cycle over its period."""

        async def work(session: Session) -> Answer:
            answer = Answer.of(await self._write(sent, asking, session))
            await attempt.finish(answer, session)
            return answer

        return await in_transaction(self.book.client, work, tries=TRIES)

    async def _write(self, sent: RosterChange | Cycle, asking: Asking, session: Session) -> Saved:
        changes = changes_of(sent)
        told, after = await self._judged(changes, asking, session)
        refuse(told)
        for one in changes:
            await self.book.sheets.roster(one.employee_id, one.days, one.cleared, session)
        tags = {}
        if isinstance(sent, RosterChange):
            first, last = ends_of(sent.month)
            tags = {one.employee_id: month_tag(one, first, last) for one in after}
        return Saved(cells=sum(len(one.touched) for one in changes), tags=tags)

    async def _judged(
        self, changes: Sequence[Change], asking: Asking, session: Session | None
    ) -> tuple[list[ScheduleRemark], list[Person]]:
        """What is said to it, and the people as they would be. Raises Problem 412."""
        told = await self._refused(changes, asking)
        if told:
            return told, []
        touched = {day for one in changes for day in one.touched}
        book = (await self.book.store.book(session)).planned()
        people = {one.employee_id for one in changes}
        first, last = (min(touched) - AROUND).replace(day=1), max(touched) + AROUND
        found = await self.roll.persons(people, first, max(last, ends_of(f"{max(touched):%Y-%m}")[1]), session)
        persons = {one.employee_id: one for one in found}
        check_seen(changes, persons)
        after = [rostered(persons[one.employee_id], one.days, one.cleared) for one in changes]
        return await asyncio.to_thread(self._remarks, changes, after, book), after

    def _remarks(self, changes: Sequence[Change], after: Sequence[Person], book: Book) -> list[ScheduleRemark]:
        today = self.book.today()
        return [
            ScheduleRemark(code=wrong.code, pointer=one.at[wrong.day], detail=wrong.detail, warning=wrong.warning)
            for one, person in zip(changes, after, strict=True)
            for wrong in judged(person, one.touched, book, today)
        ]

    async def _refused(self, changes: Sequence[Change], asking: Asking) -> list[ScheduleRemark]:
        """Whom this account may not roster: nobody the own, and who is out of reach as who does not exist."""
        known = await self.roll.known([one.employee_id for one in changes])
        within = await self._within(asking, known)
        told = []
        for one in changes:
            if one.employee_id == asking.by.employee_id:
                told.append(("own_schedule", one.pointer, "jadwal Anda sendiri ditetapkan orang lain"))
            elif one.employee_id not in within:
                told.append(("unknown_employee", one.pointer, "pegawai ini tidak ada, atau bukan wewenang Anda"))
        return [
            ScheduleRemark(code=code, pointer=pointer, detail=detail, warning=False) for code, pointer, detail in told
        ]

    async def _within(self, asking: Asking, known: Mapping[str, dict[str, object]]) -> set[str]:
        """Those of the known people who are within reach today: by id, or by the unit of the own post."""
        if asking.reach.everyone:
            return set(known)
        today = asking.authority.today()
        units = set(await asking.authority.copy.below(asking.reach.units, today)) if asking.reach.units else set()
        return {
            one
            for one, row in known.items()
            if one in asking.reach.people
            or any(post.unit_id in units for post in held_on(row["assignments"], today) if not post.acting)  # type: ignore[arg-type]
        }

    async def _listed(self, asking: Asking, unit_id: str | None, first: date, last: date) -> list[str]:
        if unit_id is None and asking.reach.everyone:
            raise of_status(422, errors=[FieldError("/query/unit_id", "sebut unit kerja yang jadwalnya dilihat")])
        if unit_id is not None:
            here = await self.roll.within([unit_id], None, first, last)
        else:
            today = asking.authority.today()
            units = await asking.authority.copy.below(asking.reach.units, today) if asking.reach.units else ()
            led = await self.roll.within(units, None, first, last) if units else []
            here = sorted({*led, *await self.roll.within(None, asking.reach.people, first, last)})
        within = await self._within(asking, await self.roll.known(here)) if not asking.reach.everyone else set(here)
        return [one for one in here if one in within]

    def _laid_out(
        self, persons: Sequence[Person], first: date, last: date, book: Book, asking: Asking
    ) -> list[PersonRoster]:
        return [
            PersonRoster(
                employee_id=one.employee_id,
                unit_id=unit_on(one, last) or unit_on(one, first),
                tag=month_tag(one, first, last),
                editable=one.employee_id != asking.by.employee_id,
                days=tuple(cells(one, first, last, book)),
            )
            for one in persons
        ]
