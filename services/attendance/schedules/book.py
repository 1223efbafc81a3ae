"""All that is known when a day is planned: of the agency (`Book`), and of one employee (`Person`)."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from pydantic import field_validator

from services.attendance.punches.zones import known_zone
from services.attendance.schedules.models import (
    Assigned,
    Beginning,
    Frozen,
    Holiday,
    Pattern,
    Place,
    Placed,
    Post,
    Ramadan,
    RosterDay,
)


class Person(Frozen):
    """What is dated of one employee: primary posts, own assignments, own roster."""

    employee_id: str
    posts: tuple[Post, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    roster: tuple[RosterDay, ...] = ()

    @cached_property
    def roster_by_day(self) -> Mapping[date, RosterDay]:
        """A date that is rostered twice (`checks` name it) has the same one of the two in whatever order they come."""
        return {one.day: one for one in sorted(self.roster, key=lambda one: (one.day, one.model_dump_json()))}


class Book(Frozen):
    """What is the same for everybody. `zone` is the agency's own: whose midnight counts where there is no site.

    What it looks up by is kept: for other facts make another, `model_copy` would take the old look-ups along.
    """

    zone: str
    patterns: tuple[Pattern, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    ramadans: tuple[Ramadan, ...] = ()
    beginnings: tuple[Beginning, ...] = ()
    places: tuple[Place, ...] = ()
    units: Mapping[str, tuple[Placed, ...]] = {}

    @field_validator("zone")
    @classmethod
    def _known(cls, name: str) -> str:
        return known_zone(name)

    @cached_property
    def began(self) -> date | None:
        """The first day on which something is required of anybody."""
        return min((one.day for one in self.beginnings), default=None)

    def planned(self) -> "Book":
        """The same as it plans, whether the agency has begun to assess or not: who draws up a roster, or counts what a
        leave costs, asks what people work by."""
        always = (Beginning(id="planned", day=date.min, source=""),)
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return Book.model_construct(**{**fields, "beginnings": always})

    @cached_property
    def pattern_by_id(self) -> Mapping[str, Pattern]:
        return {pattern.id: pattern for pattern in self.patterns}

    @cached_property
    def place_by_id(self) -> Mapping[str, Place]:
        return {place.id: place for place in self.places}

    @cached_property
    def assigned_by_unit(self) -> Mapping[str, tuple[Assigned, ...]]:
        found: dict[str, list[Assigned]] = {}
        for one in self.assigned:
            if one.owner == "unit":
                found.setdefault(one.owner_id, []).append(one)
        return {unit: tuple(some) for unit, some in found.items()}

    @cached_property
    def holidays_by_day(self) -> Mapping[date, tuple[Holiday, ...]]:
        """National before joint leave before local, then by id."""
        found: dict[date, list[Holiday]] = {}
        for one in sorted(self.holidays, key=lambda one: (ORDER[one.kind], one.id)):
            found.setdefault(one.day, []).append(one)
        return {day: tuple(some) for day, some in found.items()}


ORDER = {"national": 0, "joint_leave": 1, "local": 2}
