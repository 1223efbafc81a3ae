"""Answers what a month cuts, and takes what the agency decides about tables."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from kit.access import Principal
from kit.days import ends_of
from kit.idempotency import Answer, Attempt
from kit.mongo import Client, Session, in_transaction
from kit.problems import FieldError, Problem, of_status
from services.attendance.allowance.models import (
    BandView,
    ChoiceView,
    CutLine,
    MonthCut,
    NewChoice,
    PersonCut,
    TableList,
    TableView,
    UnitCut,
)
from services.attendance.allowance.rules import Line, month_of
from services.attendance.allowance.store import Allowances, Taken
from services.attendance.allowance.tables import Tables
from services.attendance.days.store import DayStore
from services.attendance.days.tables import Band, LatenessRule

PEOPLE_MOST = 1_000
"""Of a unit whose month is asked for at once."""


@dataclass(frozen=True, slots=True)
class Desk:
    """`days` are cut, and explain themselves to the counterfactual; `zone` is the agency's."""

    client: Client
    store: Allowances
    tables: Tables
    days: DayStore
    zone: ZoneInfo
    clock: Callable[[], datetime]

    async def setup(self) -> None:
        """Collections and indexes. Idempotent."""
        await self.store.setup()

    async def explaining(self, day: date) -> LatenessRule | None:
        """By which row a day is explained (services/attendance/days/routes.py)."""
        return self.tables.explaining(await self.store.choices(), day)

    async def listed(self) -> TableList:
        """All tables as they are today, and what was decided."""
        today = self.today()
        return TableList(
            tables=[self._table(name, today) for name in self.tables.texts],
            choices=[ChoiceView(**{**row, "id": row["_id"]}) for row in await self.store.rows()],
            bands=self.tables.bands,
        )

    async def month(self, employee_id: str, month: str) -> MonthCut:
        """A month of somebody, each line with what would have made it nothing."""
        first, last = ends_of(month)
        choices = await self.store.choices()
        days = await self.days.some(employee_id, first, last)
        found = month_of(days, lambda day: self.tables.chosen(choices, day))
        rule = self.tables.chosen(choices, last)
        to_none = await self._counterfactuals(employee_id, {line.day for line in found.lines if line.band})
        return MonthCut(
            employee_id=employee_id,
            month=month,
            percent=found.percent,
            lines=[_line(line, to_none) for line in found.lines],
            unresolved=list(found.unresolved),
            table=rule.table,
            title=self.tables.texts[rule.table].title,
            source=rule.source,
            month_cap_percent=rule.month_cap_percent,
            day_cap_percent=rule.day_cap_percent,
        )

    async def unit(self, people: Collection[str], month: str, other: str | None, after: str, limit: int) -> UnitCut:
        """A month of the people of a unit, under what holds and under another table. Raises Problem 422."""
        if other is not None and other not in self.tables.texts:
            raise of_status(422, errors=[FieldError("/query/table", "tabel ini tidak ada")])
        if len(people) > PEOPLE_MOST:
            wrong = f"unit ini berisi {len(people)} orang; pilih unit di bawahnya, paling banyak {PEOPLE_MOST} orang"
            raise of_status(422, errors=[FieldError("/query/unit", wrong)])
        first, last = ends_of(month)
        choices = await self.store.choices()
        found: list[PersonCut] = []
        for who, days in sorted((await self.days.of_people(people, first, last)).items()):
            cut = month_of(days, lambda day: self.tables.chosen(choices, day))
            would = month_of(days, lambda day: self.tables.rule(other or "", day)).percent if other else None
            found.append(PersonCut(employee_id=who, percent=cut.percent, other=would, unresolved=len(cut.unresolved)))
        page = [one for one in found if one.employee_id > after][:limit]
        return UnitCut(
            items=page,
            next_cursor=page[-1].employee_id if page and page[-1] is not found[-1] else None,
            people=len(found),
            percent=sum((one.percent for one in found), Decimal(0)),
            other=sum((one.other or Decimal(0) for one in found), Decimal(0)) if other else None,
            unresolved=sum(one.unresolved for one in found),
        )

    async def choose(self, sent: NewChoice, by: Principal, attempt: Attempt) -> Answer:
        """A new decision; the answer is stored with it. Raises Problem 422."""
        wrong = []
        if sent.table not in self.tables.texts:
            wrong.append(FieldError("/body/table", "tabel ini tidak ada"))
        elif not self.tables.agrees(sent.table, sent.valid_from):
            own = self.tables.texts[self.tables.bands].title
            detail = f"pitanya berbeda dari tabel penilaian hari ({own}); operator mengganti tabel penilaian dahulu"
            wrong.append(FieldError("/body/table", detail))
        elif self.tables.rule(sent.table, sent.valid_from).absent_percent is None and sent.absent_percent is None:
            wrong.append(
                FieldError("/body/absent_percent", "tabel ini tidak memuatnya; isi menurut keputusan instansi")
            )
        if sent.valid_from <= self.today():
            wrong.append(FieldError("/body/valid_from", "paling awal besok: hari yang sudah dinilai tidak diubah"))
        if wrong:
            raise of_status(422, errors=wrong)
        at = self.clock()

        async def write(session: Session) -> Answer:
            row = await self.store.add(sent, by, at, session)
            answer = Answer.of(ChoiceView(**{**row, "id": row["_id"]}), 201)
            await attempt.finish(answer, session)
            return answer

        try:
            return await in_transaction(self.client, write)
        except Taken:
            raise of_status(
                422, errors=[FieldError("/body/valid_from", "sudah ada keputusan sejak tanggal ini; hapus dahulu")]
            ) from None

    async def take_back(self, identity: str) -> None:
        """A decision that has not begun to hold. Raises Problem 404, 409."""
        if await self.store.remove(identity, self.today()):
            return
        if await self.store.one(identity) is None:
            raise of_status(404)
        raise Problem(
            409,
            "choice-holds",
            "Keputusan ini sudah berlaku",
            "Yang sudah berlaku tidak dihapus. Buat keputusan baru dengan tanggal berlaku berikutnya.",
        )

    def today(self) -> date:
        """By the agency's clock."""
        return self.clock().astimezone(self.zone).date()

    async def _counterfactuals(self, employee_id: str, days: Collection[date]) -> Mapping[tuple[date, str, str], int]:
        found: dict[tuple[date, str, str], int] = {}
        for day in sorted(days):
            explained = await self.days.explained(employee_id, day)
            for shift in explained[0].shifts if explained else ():
                found[day, shift.id, "late"] = shift.late.to_none
                found[day, shift.id, "early"] = shift.early.to_none
        return found

    def _table(self, name: str, on: date) -> TableView:
        rule, text = self.tables.rule(name, on), self.tables.texts[name]
        return TableView(
            table=name,
            title=text.title,
            source=rule.source,
            mark=text.mark,
            note=text.note,
            late=[_band(band) for band in rule.late],
            early=[_band(band) for band in rule.early],
            absent_percent=rule.absent_percent,
            day_cap_percent=rule.day_cap_percent,
            month_cap_percent=rule.month_cap_percent,
            agrees=self.tables.agrees(name, on),
        )


def _line(line: Line, to_none: Mapping[tuple[date, str, str], int]) -> CutLine:
    # Of a scan that is missing no number of minutes makes it nothing.
    earlier = None if line.missing else to_none.get((line.day, line.shift_id, line.what))
    return CutLine(**line._asdict(), to_none=earlier or None)


def _band(band: Band) -> BandView:
    return BandView(code=band.code, from_minutes=band.from_minutes, percent=band.percent)
