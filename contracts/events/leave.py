"""What attendance says of leave, official duty and permits: that, when and what became of it; never why."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.base import EventData


class LeaveChanged(EventData):
    """The full state of one request. The highest `version` counts. `since` and `until` are the hours of a part of a
    day; `half_days` is what it costs, in half working days (3 = one and a half). `excuse` is what it is to the assessed
    day. While it is "cancelling" it stands until the superior agrees; when the rest was cancelled, `last` is earlier.
    """

    TYPE: ClassVar[str] = "id.go.kinerja.attendance.leave.changed.v1"

    request_id: str
    employee_id: str
    version: int
    kind: Literal[
        "annual", "sick", "maternity", "important", "big", "unpaid", "duty", "outside", "late", "early", "partial"
    ]
    excuse: Literal["leave", "duty", "permit"]
    first: date
    last: date
    part: Literal["day", "first_half", "second_half", "hours"] = "day"
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    status: Literal["waiting", "returned", "rejected", "withdrawn", "approved", "cancelling", "cancelled"]
    half_days: int = 0
    rule: str
    decided_by: str | None = None
    changed_at: AwareDatetime
