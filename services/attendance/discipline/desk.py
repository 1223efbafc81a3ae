"""Answers where people stand, and takes what is done about cases: by the rules, durable when it returns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kit.dated import Dated, NoRule
from kit.etags import tag
from kit.mongo import Document, as_kept
from kit.problems import FieldError, Problem, of_status
from services.attendance.discipline import cases
from services.attendance.discipline.cases import By, Refused
from services.attendance.discipline.models import CaseDecision, CaseDelivery, CaseDrop, CaseView, Examination, Ladder
from services.attendance.discipline.procedure import ProcedureRule, deadlines, working_day
from services.attendance.discipline.rules import DisciplineRule
from services.attendance.discipline.store import Discipline, year_id
from services.attendance.discipline.views import case_view, ladder, sanctions
from services.attendance.leave.planning import Planning

AHEAD = timedelta(days=62)
"""How far working days are looked for: the longest deadline is fifteen of them, after another of fourteen."""


@dataclass(frozen=True, slots=True)
class Desk:
    """`zone` is the agency's: what the day is."""

    store: Discipline
    planning: Planning
    table: Dated[DisciplineRule]
    procedure: Dated[ProcedureRule]
    zone: ZoneInfo
    clock: Callable[[], datetime]

    async def setup(self) -> None:
        """Collections and indexes. Idempotent."""
        await self.store.setup()

    async def ladder(self, employee_id: str, year: int) -> Ladder:
        """Where somebody stands in a calendar year. Raises Problem 422 for one before all rules."""
        try:
            rule = self.table.on(min(self.today(), date(year, 12, 31)))
        except NoRule:
            wrong = f"mulai {self.table.since.year}"
            raise of_status(422, errors=[FieldError("/query/year", wrong)]) from None
        row = (await self.store.years([year_id(employee_id, year)])).get(year_id(employee_id, year))
        unresolved = await self.store.unresolved(employee_id, date(year, 1, 1), date(year, 12, 31))
        held = await self.store.cases_of([employee_id], [year])
        return ladder(employee_id, year, row, rule, unresolved, held)

    async def view(self, row: Document, *, may_act: bool) -> CaseView:
        """A case with its deadlines."""
        rule = self.rule_of(row)
        first = min([self.today(), *_dates(row)])
        working = await self._working(row["employee_id"], first, self.today() + AHEAD)
        due = deadlines(row, rule, working, self.today())
        return case_view(row, self.table, rule, due, may_act=may_act)

    async def examine(self, row: Document, sent: Examination, version: int, by: By) -> Document:
        """Summoned. Raises Problem 409, 412, 422."""
        rule = self.rule_of(row)
        working = await self._working(row["employee_id"], sent.summoned_on, sent.summoned_on + AHEAD)
        earliest = working_day(sent.summoned_on, rule.summons.days, working)
        fields = sent.model_dump()
        return await self._step(row, version, lambda one: cases.examined(one, fields, rule, earliest, by))

    async def decide(self, row: Document, sent: CaseDecision, version: int, by: By) -> Document:
        """Decided by a person. Raises Problem 409, 412, 422."""
        known = sanctions(self.table.on(date.fromisoformat(row["reached_on"])))
        today, fields = self.today(), sent.model_dump()
        return await self._step(row, version, lambda one: cases.decided(one, fields, known, today, by))

    async def drop(self, row: Document, sent: CaseDrop, version: int, by: By) -> Document:
        """Not pursued. Raises Problem 409, 412."""
        return await self._step(row, version, lambda one: cases.dropped(one, sent.words, by))

    async def deliver(self, row: Document, sent: CaseDelivery, version: int, by: By) -> Document:
        """Handed over. Raises Problem 409, 412, 422."""
        today = self.today()
        return await self._step(row, version, lambda one: cases.delivered(one, sent.delivered_on, today, by))

    def rule_of(self, row: Document) -> ProcedureRule:
        """The procedure in force when the step was reached; of an older one, the first there is."""
        return self.procedure.on(max(date.fromisoformat(row["reached_on"]), self.procedure.since))

    def today(self) -> date:
        """By the agency's clock."""
        return self.clock().astimezone(self.zone).date()

    def now(self) -> datetime:
        """As exactly as the database keeps it."""
        return as_kept(self.clock())

    async def _working(self, employee_id: str, first: date, last: date) -> list[date]:
        """The days on which something is required of somebody, by the schedule as it is now."""
        plans = await self.planning.plans(employee_id, first, last, await self.planning.book())
        return [plan.day for plan in plans if plan.required_minutes > 0]

    async def _step(self, row: Document, version: int, work: Callable[[Document], Document]) -> Document:
        def write(rows: list[Document]) -> list[Document]:
            return [work(_in_version(rows[0], version))] if rows else []

        try:
            made = await self.store.work({"_id": row["_id"]}, write, self.now())
        except Refused as refused:
            raise _problem(refused) from None
        if not made:
            raise of_status(404)
        return made[0]


def _dates(row: Document) -> list[date]:
    """The dates deadlines of a case begin at."""
    decided = row["decision"]["decided_on"] if row["decision"] else None
    return [date.fromisoformat(one) for one in (row["hearing_on"], decided, row["delivered_on"]) if one]


def _in_version(row: Document, version: int) -> Document:
    if row["version"] != version:
        raise Problem(
            412,
            "case-changed",
            "Perkara sudah berubah",
            f"Anda melihat versi {version}, sekarang versi {row['version']}. Muat ulang, periksa, lalu lakukan lagi.",
            headers={"ETag": tag(row["version"])},
        )
    return row


def _problem(refused: Refused) -> Problem:
    words = str(refused)
    if refused.field:
        return of_status(422, errors=[FieldError(f"/body/{refused.field}", words)])
    return Problem(409, "case-not-possible", "Langkah ini tidak dapat dilakukan", f"{words[:1].upper()}{words[1:]}.")
