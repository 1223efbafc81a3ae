"""A pattern for many units and employees at once: all of it, or nothing and every reason."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import uuid4

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kit.access import Principal
from kit.idempotency import Answer, Attempt
from kit.mongo import TRIES, Session, in_transaction
from kit.text import Reference
from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.checks import Finding, check
from services.attendance.schedules.desk import BookDesk, checked, refuse
from services.attendance.schedules.models import Assigned, Frozen, Id, Valid
from services.attendance.schedules.proposing import changed, findings
from services.attendance.schedules.sent import BookDate, Checked, Name, ScheduleRemark
from services.attendance.schedules.sentences import sentence
from services.attendance.schedules.store import ASSIGNED
from services.attendance.schedules.succession import succeeded
from services.attendance.sheets.people import Roll


class ManyAssigned(Valid):
    """A pattern for units and employees. What they have and is open ends on the day before; where this one ends it goes
    on the day after."""

    pattern_id: Id
    unit_ids: tuple[Reference, ...] = Field(default=(), max_length=200)
    employee_ids: tuple[Reference, ...] = Field(default=(), max_length=500)
    valid_from: BookDate
    valid_to: BookDate | None = None
    source: Name

    @model_validator(mode="after")
    def _for_somebody(self) -> Self:
        if not self.unit_ids and not self.employee_ids:
            raise PydanticCustomError("for_nobody", "sebut paling sedikit satu unit atau satu pegawai")
        return self


class ManyAnswer(Frozen):
    """How many units and employees have something else now than before; the others had it already."""

    units: int
    employees: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written, and what is said to it."""

    units: Sequence[Assigned]
    own: dict[str, Sequence[Assigned]]
    told: list[ScheduleRemark]
    changed_units: int


@dataclass(frozen=True, slots=True)
class Assigning:
    """Works on the book's desk and the sheets."""

    desk: BookDesk
    roll: Roll

    async def check(self, sent: ManyAssigned, by: Principal) -> Checked:
        """What would be said, without saving anything."""
        return checked((await self._plan(sent, by, None)).told)

    async def assign(self, sent: ManyAssigned, by: Principal, attempt: Attempt) -> Answer:
        """All at once. Raises Problem 422 with every error."""

        async def work(session: Session) -> Answer:
            await self.desk.rows.turn(session)
            answer = Answer.of(await self.within(sent, by, session))
            await attempt.finish(answer, session)
            return answer

        return await in_transaction(self.desk.client, work, tries=TRIES)

    async def within(self, sent: ManyAssigned, by: Principal, session: Session) -> ManyAnswer:
        """As part of a transaction that has the turn."""
        plan = await self._plan(sent, by, session)
        refuse(plan.told)
        at = self.desk.clock()
        for row in plan.units:
            present = await self.desk.rows.one(ASSIGNED, row.id, session)
            version = present.get("version", 1) if present else 0
            await self.desk.rows.put(ASSIGNED, row, version, by.subject, at, session)
        for person, assigned in plan.own.items():
            await self.desk.sheets.assign(person, assigned, sent.valid_from, session)
        return ManyAnswer(units=plan.changed_units, employees=len(plan.own))

    async def _plan(self, sent: ManyAssigned, by: Principal, session: Session | None) -> Plan:
        before = await self.desk.store.book(session)
        touched: list[Assigned] = []
        units = 0
        for unit in dict.fromkeys(sent.unit_ids):
            some = succeeded(before.assigned_by_unit.get(unit, ()), _assigned(sent, "unit", unit), _identity)[1]
            touched += some
            units += bool(some)
        after = changed(before, {ASSIGNED: touched})
        told = [_of_unit(one, sent, after) for one in findings(before, after, touched, self.desk.measure())]
        own, wrong = await self._own(sent, by, after, session)
        return Plan(touched, own, [*told, *wrong], units)

    async def _own(
        self, sent: ManyAssigned, by: Principal, book: Book, session: Session | None
    ) -> tuple[dict[str, Sequence[Assigned]], list[ScheduleRemark]]:
        known = await self.roll.known(sent.employee_ids, session)
        owns = await self.desk.sheets.owns(sent.employee_ids, session)
        own: dict[str, Sequence[Assigned]] = {}
        told: list[ScheduleRemark] = []
        for at, person in enumerate(sent.employee_ids):
            if person in own or person in sent.employee_ids[:at]:
                continue
            if person not in known:
                told.append(_remark("unknown_employee", at, "pegawai ini tidak ada dalam direktori"))
                continue
            if person == by.employee_id:
                told.append(_remark("own_schedule", at, "jadwal Anda sendiri ditetapkan orang lain"))
                continue
            theirs, touched = succeeded(owns.get(person, ()), _assigned(sent, "employee", person), _identity)
            if touched:
                own[person] = theirs
            told += own_remarks(theirs, person, book, self.desk, f"/body/employee_ids/{at}")
        return own, told


def own_remarks(
    theirs: Collection[Assigned], person: str, book: Book, desk: BookDesk, pointer: str = "/body/assigned"
) -> list[ScheduleRemark]:
    """What is wrong with all that is assigned to one employee."""
    alone = Person(employee_id=person, assigned=tuple(theirs))
    empty = Book(zone=book.zone, patterns=book.patterns)
    ids = {f"employee:{person}", *(one.id for one in theirs)}
    found = [one for one in check(empty, [alone], desk.measure()) if one.where in ids]
    return [ScheduleRemark(code=one.code, pointer=pointer, detail=sentence(one), warning=one.warning) for one in found]


def _assigned(sent: ManyAssigned, owner: str, identity: str) -> Assigned:
    said = sent.model_dump(include={"pattern_id", "valid_from", "valid_to", "source"})
    return Assigned.model_validate({"id": _identity(), "owner": owner, "owner_id": identity, **said})


def _of_unit(found: Finding, sent: ManyAssigned, book: Book) -> ScheduleRemark:
    owners = {one.id: one.owner_id for one in book.assigned}
    unit = owners.get(found.where) or found.where.removeprefix("unit:")
    pointer = "/body"
    if found.code == "unknown_pattern":
        pointer = "/body/pattern_id"
    elif unit in sent.unit_ids:
        pointer = f"/body/unit_ids/{sent.unit_ids.index(unit)}"
    return ScheduleRemark(code=found.code, pointer=pointer, detail=sentence(found), warning=found.warning)


def _remark(code: str, at: int, detail: str) -> ScheduleRemark:
    return ScheduleRemark(code=code, pointer=f"/body/employee_ids/{at}", detail=detail, warning=False)


def _identity() -> str:
    return str(uuid4())
