"""A report that the directory names the wrong superior."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kit.text import Reference
from services.directory.employees.profile import Somebody

State = Literal["open", "mended", "refused"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]


class Report(BaseModel):
    """What an employee says. `right_superior_id` is who it should be, where that is known."""

    model_config = ConfigDict(extra="forbid")

    reason: Words
    right_superior_id: Reference | None = None


class Resolution(BaseModel):
    """What the personnel agency did. `mended`: the record was put right; `refused`: it is right as it is. The employee
    reads the answer."""

    model_config = ConfigDict(extra="forbid")

    outcome: Literal["mended", "refused"]
    answer: Words


class ReportRecord(BaseModel):
    """A report as answered. It is never deleted: what was said and answered stays."""

    id: str
    employee: Somebody
    superior: Somebody | None = Field(description="Whom the directory named when it was reported")
    right_superior: Somebody | None
    reason: str
    state: State
    reported_at: datetime
    resolved_at: datetime | None = None
    answer: str | None = None


class ReportPage(BaseModel):
    """Oldest first."""

    items: list[ReportRecord]
    total: int


class ReportCount(BaseModel):
    """How many there are in one state."""

    total: int
