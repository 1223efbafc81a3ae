"""What attendance says of discipline cases: that a step is indicated and what became of it; never in whose words."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.base import EventData


class CaseChanged(EventData):
    """The full state of one case: at most one for an employee, calendar year and step. The highest `version` counts.
    It is an indication until it is "decided" by a person; `days` (of `minutes` too, or in a row: `by_streak`) is what
    it was reached with on `reached_on`, `evidence` the local dates it rests on. `contradicted`: those dates changed
    after it was closed. `decided_sanction` may be lighter than what is indicated."""

    TYPE: ClassVar[str] = "id.go.kinerja.attendance.case.changed.v1"

    case_id: str
    employee_id: str
    version: int
    year: int
    by_streak: bool
    from_days: int
    level: Literal["ringan", "sedang", "berat", "belum_dihimpun"]
    sanction: str
    article: str
    rule: str
    status: Literal["proposed", "examining", "decided", "dropped", "withdrawn", "superseded"]
    days: int
    minutes: int
    reached_on: date
    evidence: tuple[date, ...]
    superseded_by: str | None = None
    contradicted: bool = False
    hearing_on: date | None = None
    decided_sanction: str | None = None
    decided_on: date | None = None
    delivered_on: date | None = None
    changed_at: AwareDatetime
