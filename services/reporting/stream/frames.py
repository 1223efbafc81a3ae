"""Frames of the live stream: what they say, and their bytes (WHATWG HTML, server-sent events). Pure."""

from collections.abc import Callable, Collection, Sequence
from datetime import date as calendar_date
from datetime import datetime
from typing import NamedTuple

from pydantic import AwareDatetime, BaseModel, Field, TypeAdapter

from kit.access import Reach
from kit.unit_tree import ALL, Tree
from services.reporting.devices.models import DeviceTotals
from services.reporting.freshness.models import Freshness
from services.reporting.presence.models import Person, Totals
from services.reporting.stream.board import Board

PEOPLE_MOST = 50
CARDS_MOST = 200


class Question(NamedTuple):
    """What a reader looks at, and whose names it may see. Readers with the same question get the same bytes."""

    unit: str
    date: str
    reach: Reach


class UnitFrame(BaseModel):
    """Absolute totals of a unit with everything below it."""

    unit_id: str
    totals: Totals


class PersonFrame(Person):
    """A person's day that moved. `date` may be another than the one asked for: a terminal brought its backlog."""

    date: calendar_date


class CardFrame(BaseModel):
    """Somebody's day moved in anything it holds: punches, activities. Ask for the card again."""

    employee_id: str
    date: calendar_date


class Placed(NamedTuple):
    """A day that moved, and the unit it counts in."""

    employee_id: str
    date: str
    unit: str


class PresenceFrame(BaseModel):
    """Event `presence`: the unit asked for and the units directly below it where something moved, and who moved."""

    units: list[UnitFrame]
    people: list[PersonFrame] = Field(description="At most 50, newest punch first, those of the date asked for first")
    cards: list[CardFrame] | None = Field(description="At most 200; null: more moved, ask for cards again", default=[])
    as_of: AwareDatetime


class DevicesFrame(BaseModel):
    """Event `devices`: the counts of the fleet have changed."""

    totals: DeviceTotals


class ResetFrame(BaseModel):
    """Event `reset`: what happened since is not known any more. Ask for everything again and stay connected."""


_PRESENCE = TypeAdapter(PresenceFrame)
_DEVICES = TypeAdapter(DevicesFrame)
_FRESHNESS = TypeAdapter(Freshness)


def event(name: str, token: str | None, data: bytes) -> bytes:
    """One event as it goes over the wire. JSON of ours has no line feeds."""
    identity = f"id: {token}\n" if token else ""
    return f"event: {name}\n{identity}data: ".encode() + data + b"\n\n"


def name_of(frame: bytes) -> str:
    """The event a frame tells of."""
    return frame.partition(b"\n")[0].removeprefix(b"event: ").decode()


def presence(frame: PresenceFrame, token: str | None) -> bytes:
    """A `presence` event. `token` is the place in the order of changes up to which it is whole."""
    return event("presence", token, _PRESENCE.dump_json(frame))


def devices(totals: DeviceTotals) -> bytes:
    """A `devices` event."""
    return event("devices", None, _DEVICES.dump_json(DevicesFrame(totals=totals)))


def freshness(said: Freshness, token: str | None) -> bytes:
    """A `freshness` event; it doubles as the heartbeat."""
    return event("freshness", token, _FRESHNESS.dump_json(said))


def reset(token: str | None) -> bytes:
    """A `reset` event."""
    return event("reset", token, b"{}")


def moved_units(tree: Tree, unit: str, moved: Collection[str]) -> list[str]:
    """Of a unit and its children, those whose totals move when the single units `moved` do."""
    touched: set[str] = set()
    for one in moved:
        touched.add(ALL)
        at: str | None = one
        while at is not None and at not in touched:
            touched.add(at)
            at = tree.parent(at)
    shown = [unit, *tree.children(unit)]
    return [one for one in shown if one in touched or (one == unit and moved and tree.is_whole(unit))]


def answer(
    question: Question,
    tree: Tree,
    board: Board,
    *,
    moved: Collection[str],
    people: Sequence[PersonFrame],
    cards: Sequence[Placed] | None,
    as_of: datetime,
) -> PresenceFrame | None:
    """What a step means for a question; None when it means nothing. `people` are newest
    first, all of any unit; `cards` None: too many."""
    units = [
        UnitFrame.model_construct(unit_id=one, totals=board.totals(tree, one))
        for one in moved_units(tree, question.unit, moved)
    ]
    mine = select(question, tree, people)[:PEOPLE_MOST]
    theirs = None if cards is None else _frames(within(question, tree, cards))
    if not units and not mine and theirs == []:
        return None
    return PresenceFrame.model_construct(units=units, people=mine, cards=theirs, as_of=as_of)


def _frames(cards: Sequence[Placed]) -> list[CardFrame] | None:
    if len(cards) > CARDS_MOST:
        return None
    return [
        CardFrame.model_construct(employee_id=one.employee_id, date=calendar_date.fromisoformat(one.date))
        for one in cards
    ]


def within(question: Question, tree: Tree, cards: Sequence[Placed]) -> list[Placed]:
    """Of days that moved, those in reach below the unit asked for."""
    seen = _sight(question, tree)
    return [one for one in cards if seen(one.unit, one.employee_id)]


def select(question: Question, tree: Tree, people: Sequence[PersonFrame]) -> list[PersonFrame]:
    """Of people, newest first, those in reach below the unit asked for; those of the date asked for come first."""
    seen = _sight(question, tree)
    shown = [one for one in people if seen(one.unit.id, one.employee_id)]
    return sorted(shown, key=lambda person: str(person.date) != question.date)


def _sight(question: Question, tree: Tree) -> Callable[[str, str], bool]:
    """Whether a question is shown what is of an employee in a unit."""
    reach = question.reach
    below = None if tree.is_whole(question.unit) else set(tree.subtree(question.unit))
    units = {one for unit in reach.units for one in tree.subtree(unit)}

    def seen(unit: str, employee: str) -> bool:
        return (below is None or unit in below) and (reach.everyone or unit in units or employee in reach.people)

    return seen
