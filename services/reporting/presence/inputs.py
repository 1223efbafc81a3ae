"""What the presence view reads of the events it folds: only these fields, validated, as plain dictionaries.

A reader of its own keeps the hot path at half the cost of the full model, and shows which fields this view depends on.
The contract tests hold every published example against it.
"""

from typing import Annotated, Literal, NotRequired

from pydantic import AfterValidator, AwareDatetime, Field
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

from services.reporting.presence.rules import calendar_day

Text = Annotated[str, Field(min_length=1, max_length=200)]
Day = Annotated[str, AfterValidator(calendar_day)]


class Punch(TypedDict):
    """`PunchRecorded`. Dates and instants stay text here; the fold parses them once, into what is stored."""

    punch_id: Text
    employee_id: Text
    occurred_at: str
    local_date: str
    zone: str
    site_id: str
    device_id: str
    source: str
    direction: NotRequired[str]
    method: NotRequired[str]
    flags: NotRequired[list[str]]


class Review(TypedDict):
    """`PunchReviewed`."""

    punch_id: Text
    employee_id: Text
    local_date: Day
    outcome: Literal["accepted", "rejected"]
    reviewed_at: AwareDatetime


class Number(TypedDict):
    """A NIP or NI PPPK with its period."""

    number: str
    kind: str
    valid_from: Day
    valid_to: NotRequired[Day | None]


class Held(TypedDict):
    """One post held, with its period."""

    kind: str
    unit_id: str
    post_id: str
    post_title: str
    site_id: str
    superior_id: NotRequired[str | None]
    valid_from: Day
    valid_to: NotRequired[Day | None]


class Employee(TypedDict):
    """`EmployeeChanged`."""

    employee_id: Text
    name: str
    sex: str
    status: str
    numbers: list[Number]
    assignments: list[Held]
    changed_at: AwareDatetime
