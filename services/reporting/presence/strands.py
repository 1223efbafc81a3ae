"""What services say of an employee's day, beside the punches: one full state a day each, the highest version counts.

A strand is a row here. The day document keeps its numbers under `strands.<name>`, the totals of the day's unit sum
them as `<name>.<field>` with `<name>.people`, and the card shows both (services/reporting/card). Nothing else of the
fold knows what a strand is about. Each fact is of one employee and one local date, so it lands on the partition that
owns the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NotRequired

from pydantic import Field
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

from contracts.base import EventData
from contracts.events.appraisal import ValidationTallied, WorkdayTallied
from contracts.events.days import DayAssessed
from contracts.events.feedback import NotesTallied, OfficerRated
from services.reporting.presence.inputs import Day, Text
from services.reporting.presence.rules import Document

Count = Annotated[int, Field(ge=0, le=2**53)]
Sums = tuple[tuple[str, int], ...]
"""What a day adds to its unit, by dotted field."""


@dataclass(frozen=True, slots=True)
class Strand:
    """`sums` are the event's fields that are added up, `also` those that the day keeps beside them with their types.
    `later` are numbers, kept too, that came to the event after it was first published: absent is 0."""

    name: str
    event: type[EventData]
    sums: tuple[str, ...]
    also: Mapping[str, Any]
    later: tuple[str, ...] = ()

    @property
    def shape(self) -> Any:
        """What is read of the event."""
        common = {"employee_id": Text, "local_date": Day, "version": Count}
        later = dict.fromkeys(self.later, NotRequired[Count])
        return TypedDict(self.event.__name__, {**common, **dict.fromkeys(self.sums, Count), **self.also, **later})  # type: ignore[operator]

    def kept(self, event: Mapping[str, Any]) -> Document:
        """What the day keeps of it."""
        kept = {name: event[name] for name in ("version", *self.sums, *self.also)}
        return kept | {name: event.get(name, 0) for name in self.later}

    def adds(self, kept: Mapping[str, Any]) -> Sums:
        """What a day with this adds to its unit; nothing where every number is zero."""
        sums = tuple((f"{self.name}.{field}", kept[field]) for field in self.sums if kept[field])
        return ((f"{self.name}.people", 1), *sums) if sums else ()


WORK = Strand(
    name="work",
    event=WorkdayTallied,
    sums=(
        "entries",
        "waiting",
        "validated",
        "returned",
        "rejected",
        "minutes",
        "validated_minutes",
        "effective_minutes",
    ),
    also={"month_norm_minutes": Count, "rule": Text},
    later=("copied",),
)

VALIDATING = Strand(
    name="validating", event=ValidationTallied, sums=("decided", "late", "became_overdue"), also={}, later=("burst",)
)

RATED = Strand(
    name="rated",
    event=OfficerRated,
    sums=("ratings", "stars", "one", "two", "three", "four", "five", "expected_milli"),
    also={"rule": Text},
)

NOTES = Strand(
    name="notes",
    event=NotesTallied,
    sums=("given", "praise_given", "received", "praise_received", "requested", "answered"),
    also={},
)

ASSESSED = Strand(
    name="assessed",
    event=DayAssessed,
    sums=(
        "late_minutes",
        "late_days",
        "early_minutes",
        "early_days",
        "absent_days",
        "excused_days",
        "present_days",
        "required_days",
        "required_minutes",
        "effective_minutes",
        "absent_minutes",
    ),
    also={"status": Text},
)

STRANDS: Mapping[str, Strand] = {strand.event.TYPE: strand for strand in (WORK, VALIDATING, RATED, NOTES, ASSESSED)}
BY_NAME: Mapping[str, Strand] = {strand.name: strand for strand in STRANDS.values()}


def sums_of(day: Mapping[str, Any]) -> Sums:
    """What all strands of a day add to its unit."""
    return tuple(one for name, kept in day.get("strands", {}).items() for one in BY_NAME[name].adds(kept))
