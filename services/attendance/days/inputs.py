"""What the assessor reads of the events it folds: only these fields, validated, as plain dictionaries."""

from datetime import date
from typing import Annotated, Literal, NotRequired

from pydantic import AwareDatetime, Field
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

from contracts.events.attendance import Direction, Flag, Source

Text = Annotated[str, Field(min_length=1, max_length=200)]


class Punch(TypedDict):
    """`PunchRecorded`."""

    punch_id: Text
    employee_id: Text
    occurred_at: AwareDatetime
    local_date: date
    direction: NotRequired[Direction]
    source: Source
    flags: NotRequired[list[Flag]]


class Review(TypedDict):
    """`PunchReviewed`."""

    punch_id: Text
    employee_id: Text
    local_date: date
    outcome: Literal["accepted", "rejected"]
    reviewed_at: AwareDatetime


class Held(TypedDict):
    """One post held, with its period."""

    kind: NotRequired[str]
    unit_id: Text
    site_id: Text
    valid_from: date
    valid_to: NotRequired[date | None]


class Employee(TypedDict):
    """`EmployeeChanged`."""

    employee_id: Text
    assignments: list[Held]
    changed_at: AwareDatetime


class Duty(TypedDict):
    """`DutyChanged`."""

    employee_id: Text
    first: date
    last: NotRequired[date | None]


class Moved(TypedDict):
    """`ClockMoved`."""

    slot: Text
    until: AwareDatetime
    book: Annotated[int, Field(ge=0)]
