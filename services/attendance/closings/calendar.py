"""Which days are closed together: periods of an agency's dated definition, without gap or overlap. Pure.

A row says from which date on, and on which day of a month, periods begin: 1 is the calendar month, 26 the period from
the 26th to the 25th. The date a row begins on always begins a period, so a change leaves no day out and none twice.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from kit.dated import Dated, NoRule, Rule
from kit.days import after_months

DAY = timedelta(days=1)
RULES = Path(__file__).parents[1] / "rules" / "closing.yaml"


class PeriodRule(Rule):
    """A row. No later than the 28th, which every month has."""

    start_day: int = Field(ge=1, le=28)


class Period(NamedTuple):
    """Its days, both ends included. It is known by its first."""

    first: date
    last: date

    @property
    def id(self) -> str:
        return self.first.isoformat()


class Misfit(NamedTuple):
    """A row that cannot be, by its place (from 0) among those that were sent, and why."""

    place: int
    why: str


def shipped() -> tuple[PeriodRule, ...]:
    """What holds until an agency says something else."""
    table = Dated.load(RULES, PeriodRule)
    return (table.on(table.since),)


class Calendar:
    """`rows` in any order."""

    def __init__(self, rows: Sequence[PeriodRule]) -> None:
        self.rows = sorted(rows, key=lambda row: row.valid_from)

    def period_of(self, day: date) -> Period:
        """The period a day belongs to. Raises NoRule for one before all rows."""
        held = [row for row in self.rows if row.valid_from <= day]
        if not held:
            raise NoRule(f"no period is defined on {day}")
        row = held[-1]
        following = [one.valid_from for one in self.rows if one.valid_from > day]
        begun = day.replace(day=row.start_day)
        if begun > day:
            begun = after_months(begun, -1)
        last = after_months(begun, 1) - DAY
        return Period(max(begun, row.valid_from), min([last, *(one - DAY for one in following[:1])]))

    def periods(self, first: date, last: date) -> Iterator[Period]:
        """Those that have a day of these, in order."""
        day = max(first, self.rows[0].valid_from)
        while day <= last:
            period = self.period_of(day)
            yield period
            day = period.last + DAY

    def misfits(self, rows: Sequence[PeriodRule], closed: date | None) -> list[Misfit]:
        """What stands in the way of these rows in place of the agency's own: `closed` is the last day that is."""
        found: list[Misfit] = []
        accepted = list(shipped())
        known = set(self.rows)
        for index, row in enumerate(rows):
            if row.valid_from <= accepted[-1].valid_from:
                found.append(Misfit(index, "tanggal mulai harus sesudah baris sebelumnya"))
                continue
            if closed is not None and row.valid_from <= closed and row not in known:
                found.append(Misfit(index, f"sudah ditutup sampai {closed:%d-%m-%Y}; mulai sesudah tanggal itu"))
            period = Calendar(accepted).period_of(row.valid_from)
            if period.first != row.valid_from:
                near = f"{period.first:%d-%m-%Y} atau {period.last + DAY:%d-%m-%Y}"
                found.append(Misfit(index, f"mulai pada awal sebuah masa, misalnya {near}"))
            accepted.append(row)
        missing = [row for row in self.rows[1:] if row not in rows and closed is not None and row.valid_from <= closed]
        found += [
            Misfit(len(rows), f"baris mulai {one.valid_from:%d-%m-%Y} sudah dipakai masa yang ditutup")
            for one in missing
        ]
        return found


def obstacle(period: Period, closed: Sequence[Period], today: date) -> str | None:
    """Why a period cannot be closed now, in Indonesian; None: it can. `closed` also has what is being closed."""
    if any(one.first <= period.last and period.first <= one.last for one in closed):
        return "masa ini sudah ditutup"
    if period.last >= today:
        return f"masa ini belum berakhir; dapat ditutup mulai {period.last + DAY:%d-%m-%Y}"
    if closed and period.first != (after := max(one.last for one in closed) + DAY):
        return f"masa ditutup berurutan; berikutnya yang mulai {after:%d-%m-%Y}"
    return None
