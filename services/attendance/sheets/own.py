"""Patterns of one employee: set by the personnel agency, never for oneself."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from kit.access import Principal
from kit.mongo import Session
from kit.problems import Problem, of_status
from services.attendance.schedules.bulk import own_remarks
from services.attendance.schedules.desk import BookDesk, checked, in_version, refuse
from services.attendance.schedules.models import Assigned
from services.attendance.schedules.sent import Checked
from services.attendance.schedules.writing import Stale
from services.attendance.sheets.people import Roll
from services.attendance.sheets.sent import OwnAssignment, OwnAssignments, OwnRecord


@dataclass(frozen=True, slots=True)
class OwnDesk:
    """On the book's desk: a pattern that somebody has cannot be taken away meanwhile."""

    book: BookDesk
    roll: Roll

    async def one(self, employee_id: str) -> OwnRecord:
        """All that is assigned to an employee. Raises Problem 404 for who is not known."""
        await self._check_known(employee_id)
        own = await self.book.sheets.own(employee_id)
        version = await self.book.sheets.own_version(employee_id)
        return record(employee_id, version, own.assigned)

    async def check(self, employee_id: str, sent: OwnAssignments) -> Checked:
        """What would be said, without saving anything."""
        await self._check_known(employee_id)
        return checked(own_remarks(_rows(employee_id, sent, ()), employee_id, await self.book.store.book(), self.book))

    async def replace(self, employee_id: str, sent: OwnAssignments, version: int, by: Principal) -> OwnRecord:
        """All of it. Raises Problem 412 when it is not in `version` any more, 422 with every error."""
        await self._check_known(employee_id)
        if by.employee_id == employee_id:
            raise Problem(
                403,
                "own-schedule",
                "Jadwal sendiri",
                "Pola kerja Anda sendiri ditetapkan orang lain di BKPSDM.",
            )
        sheets = self.book.sheets

        async def work(session: Session) -> OwnRecord:
            await self.book.rows.turn(session)
            present = await sheets.own_version(employee_id, session)
            if present != version:
                raise Stale(present)
            before = (await sheets.own(employee_id, session)).assigned
            rows = _rows(employee_id, sent, before)
            refuse(own_remarks(rows, employee_id, await self.book.store.book(session), self.book))
            since = differs_since(before, rows)
            if since is None:
                return record(employee_id, version, before)
            await sheets.assign(employee_id, rows, since, session)
            return record(employee_id, version + 1, rows)

        return await in_version(self.book.client, version, work)

    async def _check_known(self, employee_id: str) -> None:
        if not await self.roll.known([employee_id]):
            raise of_status(404)


def differs_since(before: tuple[Assigned, ...], after: tuple[Assigned, ...]) -> date | None:
    """The first day for which two sets of assignments may say something else; None when they are the same."""
    other = [*(one for one in before if one not in after), *(one for one in after if one not in before)]
    return min((one.valid_from for one in other), default=None)


def record(employee_id: str, version: int, assigned: tuple[Assigned, ...]) -> OwnRecord:
    """As it is answered."""
    told = (one.model_dump(include=set(OwnAssignment.model_fields)) for one in assigned)
    return OwnRecord(
        employee_id=employee_id, version=version, assigned=tuple(OwnAssignment.model_validate(one) for one in told)
    )


def _rows(employee_id: str, sent: OwnAssignments, before: tuple[Assigned, ...]) -> tuple[Assigned, ...]:
    """As they are kept; what is there already keeps its id."""
    known = {(one.pattern_id, one.valid_from): one.id for one in before}
    rows = [
        Assigned(
            id=known.get((one.pattern_id, one.valid_from)) or str(uuid4()),
            owner="employee",
            owner_id=employee_id,
            **one.model_dump(),
        )
        for one in sent.assigned
    ]
    return tuple(sorted(rows, key=lambda one: (one.valid_from, one.id)))
