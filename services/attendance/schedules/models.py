"""What is said about working time: shifts, patterns, holidays, who is assigned what.

Every dated thing is valid from `valid_from` (first day) to `valid_to` (last day, inclusive; absent = open), in local
calendar days. Lengths are whole minutes. Wall times are "HH:MM" of the site's clock.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

DAY_MINUTES = 24 * 60
MONDAY = date(2001, 1, 1)
"""Any Monday: the anchor of a week."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Wall = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
HolidayKind = Literal["national", "joint_leave", "local"]
Margin = Annotated[int, Field(ge=0, le=12 * 60)]


class Frozen(BaseModel):
    """Never changed, nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Valid(Frozen):
    """Something with a first and a last day."""

    valid_from: date
    valid_to: date | None = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise PydanticCustomError("ends_before_it_begins", "berakhir sebelum mulai berlaku")
        return self

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Shift(Frozen):
    """One stretch of duty; it belongs to the date it starts on, also when it ends on the next.

    `minutes` is its length on the wall clock, breaks included. The start may slide by up to `flexible_minutes`, the end
    slides with it. Punches belong to the shift from `opens_minutes` before its start to `closes_minutes` after its
    latest end, unless a neighbour's window cuts that short. `on_call`: reachable, and there when called; never late.
    """

    start: Wall
    minutes: int = Field(gt=0)
    break_minutes: int = Field(default=0, ge=0)
    flexible_minutes: Margin = 0
    opens_minutes: Margin = 180
    closes_minutes: Margin = 480
    kind: Literal["fixed", "on_call"] = "fixed"

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.minutes > DAY_MINUTES:
            raise PydanticCustomError("shift_over_24h", "sif lebih dari 24 jam; bagi menjadi beberapa sif")
        if self.break_minutes * 2 > self.minutes:
            raise PydanticCustomError("break_over_half", "istirahat lebih dari separuh sif")
        return self

    @property
    def begins(self) -> int:
        """Minutes from midnight on the wall clock."""
        return int(self.start[:2]) * 60 + int(self.start[3:])

    @property
    def net_minutes(self) -> int:
        """What is required on an ordinary day: an on-call shift requires nothing."""
        return self.minutes - self.break_minutes if self.kind == "fixed" else 0


class Day(Frozen):
    """One day of a pattern. No shift = a day off. `ramadan` replaces `shifts` in Ramadan; None = nothing changes."""

    shifts: tuple[Shift, ...] = ()
    ramadan: tuple[Shift, ...] | None = None


class PatternVersion(Valid):
    """What a pattern says over a period: a week (seven days, Monday first, no `anchor`), or a cycle of days of which
    the first falls on `anchor`. `observes_holidays`: nothing is required on a holiday (an office), or it is (a ward).
    """

    days: tuple[Day, ...] = Field(min_length=1, max_length=366)
    anchor: date | None = None
    observes_holidays: bool
    source: str

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.anchor is None and len(self.days) != 7:
            raise PydanticCustomError("week_not_seven_days", "pola mingguan harus tujuh hari; pola putar perlu jangkar")
        return self

    def day(self, day: date) -> Day:
        return self.days[(day - (self.anchor or MONDAY)).days % len(self.days)]


class Pattern(Frozen):
    """A named pattern in all its versions."""

    id: Id
    name: str
    versions: tuple[PatternVersion, ...]


class Holiday(Frozen):
    """A day on which an office is closed (Perpres 21/2023 Pasal 6). Without sites and regions it holds everywhere.

    A region is a code such as "35.78"; "35" holds for all of the province.
    """

    id: Id
    day: date
    kind: HolidayKind
    name: str
    source: str
    sites: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()


class Beginning(Frozen):
    """From this day on something is required of people: the agency says so itself, by a decree. Before it, and without
    any, punches are kept and nobody is late or absent. The earliest counts."""

    id: Id
    day: date
    source: str


class Ramadan(Frozen):
    """The days of one Ramadan, by the decree that set them."""

    id: Id
    first: date
    last: date
    source: str


class Assigned(Valid):
    """A pattern given to a unit (and all below it that have none of their own) or to one employee."""

    id: Id
    pattern_id: Id
    owner: Literal["unit", "employee"]
    owner_id: Id
    source: str


class RosterDay(Frozen):
    """One employee, one date: these shifts and no others; none = off. It goes before everything else."""

    employee_id: Id
    day: date
    shifts: tuple[Shift, ...]
    source: str


class Post(Valid):
    """The primary post held: where in the tree, and at which site."""

    unit_id: Id
    site_id: Id


def primary_posts(held: Iterable[Mapping[str, Any]]) -> tuple[Post, ...]:
    """The primary ones of posts held, as the directory's events and copies have them. Raises ValidationError."""
    own = (one for one in held if one.get("kind", "primary") == "primary")
    return tuple(Post(**{name: one.get(name) for name in Post.model_fields}) for one in own)


class Placed(Valid):
    """Where a unit stood in the tree over a period."""

    parent_id: str | None


class Place(Frozen):
    """A site: its IANA zone, and the code of the region it lies in. A wrong zone is named by `checks`, not refused:
    sites come from elsewhere."""

    id: Id
    zone: str
    region: str = ""
