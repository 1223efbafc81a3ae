"""What the months view reads of the events it folds: only these fields, validated, as plain dictionaries."""

from typing import NotRequired

from pydantic import AwareDatetime
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

from services.reporting.presence.inputs import Day, Text
from services.reporting.presence.strands import Count


class Shift(TypedDict):
    """One stretch of duty: only how late and how early, by which band."""

    late_minutes: NotRequired[Count | None]
    late_band: NotRequired[str | None]
    early_minutes: NotRequired[Count | None]
    early_band: NotRequired[str | None]


class Assessed(TypedDict):
    """`DayAssessed`."""

    employee_id: Text
    local_date: Day
    version: Count
    status: Text
    required_minutes: Count
    effective_minutes: Count
    absent_minutes: Count
    late_minutes: Count
    early_minutes: Count
    required_days: Count
    present_days: Count
    absent_days: Count
    excused_days: Count
    late_days: Count
    early_days: Count
    shifts: NotRequired[list[Shift]]
    rules: NotRequired[list[str]]
    missing: NotRequired[list[str]]


class Case(TypedDict):
    """`CaseChanged`: that a step is indicated and how far it has come."""

    case_id: Text
    employee_id: Text
    version: Count
    year: int
    level: Text
    status: Text


class Post(TypedDict):
    """One post held: where, and when."""

    kind: str
    unit_id: str
    valid_from: Day
    valid_to: NotRequired[Day | None]


class Person(TypedDict):
    """`EmployeeChanged`: the name to sort by, and the unit by date."""

    employee_id: Text
    name: str
    assignments: list[Post]
    changed_at: AwareDatetime
