"""What a step means for a question, and its bytes."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from kit.access.reach import EVERYONE, Reach
from kit.unit_tree import ALL, Node, Tree
from services.reporting.devices.models import DeviceTotals
from services.reporting.organisation.models import UnitRef
from services.reporting.stream import frames
from services.reporting.stream.board import Board
from services.reporting.stream.frames import CARDS_MOST, PEOPLE_MOST, PersonFrame, Placed, Question

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)
TREE = Tree([Node(one, one, one, one, above) for one, above in {"r": None, "a": "r", "a1": "a", "b": "r"}.items()])


class NoTotals:
    """A store nobody asks here."""


def person(unit: str, number: int = 0, day: date = DAY) -> PersonFrame:
    known: dict[str, Any] = {
        "employee_id": f"e{number}",
        "name": "N",
        "post_title": None,
        "unit": UnitRef(id=unit, name=unit),
        "state": "present",
        "first_at": NOW,
        "last_at": NOW,
        "first_site": None,
        "count": 1,
        "date": day,
    }
    return PersonFrame.model_validate(known)


def answer(
    unit: str,
    moved: set[str],
    people: list[PersonFrame],
    reach: Reach = EVERYONE,
    cards: Sequence[Placed] | None = (),
) -> frames.PresenceFrame | None:
    board = Board(NoTotals(), str(DAY))  # type: ignore[arg-type]
    return frames.answer(
        Question(unit, str(DAY), reach), TREE, board, moved=moved, people=people, cards=cards, as_of=NOW
    )


def test_the_unit_and_the_child_above_what_moved_are_told() -> None:
    assert frames.moved_units(TREE, "r", {"a1"}) == ["r", "a"]
    assert frames.moved_units(TREE, "a", {"a1"}) == ["a", "a1"]
    assert frames.moved_units(TREE, "a1", {"a1"}) == ["a1"]
    assert frames.moved_units(TREE, "b", {"a1"}) == []
    assert frames.moved_units(TREE, ALL, {"a1"}) == [ALL, "r"]


def test_a_unit_the_tree_does_not_know_moves_the_whole_agency() -> None:
    assert frames.moved_units(TREE, "r", {"unheard of"}) == ["r"]
    assert frames.moved_units(TREE, "a", {"unheard of"}) == []


def test_only_people_below_the_unit_are_told_and_silence_when_there_is_nothing() -> None:
    said = answer("a", {"a1"}, [person("a1", 1), person("b", 2), person("a", 3)])
    assert said is not None
    assert [one.employee_id for one in said.people] == ["e1", "e3"]
    assert answer("b", {"a1"}, [person("a1")]) is None


def test_cards_that_moved_are_told_to_whoever_may_see_them() -> None:
    moved = [Placed("e1", str(DAY), "a1"), Placed("e2", str(DAY), "b"), Placed("e3", str(DAY), "gone")]

    def told(unit: str, reach: Reach = EVERYONE) -> list[str] | None:
        said = answer(unit, set(), [], reach, moved)
        return None if said is None else [one.employee_id for one in said.cards or ()]

    assert told("r") == ["e1", "e2", "e3"], "the whole agency, with whom the tree does not place"
    assert told("a") == ["e1"]
    assert told("r", Reach(people=frozenset({"e2"}))) == ["e2"]
    assert told("r", Reach(units=frozenset({"a"}))) == ["e1"]
    assert told("a1", Reach(people=frozenset({"e2"}))) is None
    many = answer("r", set(), [], EVERYONE, [Placed(str(one), str(DAY), "b") for one in range(CARDS_MOST + 1)])
    assert many is not None
    assert many.cards is None, "ask again"
    unknown = answer("r", set(), [], EVERYONE, None)
    assert unknown is not None
    assert unknown.cards is None


def test_names_are_told_to_whoever_may_see_them_and_totals_to_all() -> None:
    moved = [person("a1", 1), person("b", 2), person("a", 3)]

    def names(reach: Reach) -> list[str]:
        said = answer("r", {"a1", "b"}, moved, reach)
        assert said is not None
        assert [one.unit_id for one in said.units] == ["r", "a", "b"]
        return [one.employee_id for one in said.people]

    assert names(Reach()) == []
    assert names(Reach(people=frozenset({"e2", "e9"}))) == ["e2"]
    assert names(Reach(units=frozenset({"a"}))) == ["e1", "e3"]
    assert names(Reach(units=frozenset({"a1"}), people=frozenset({"e3"}))) == ["e1", "e3"]


def test_people_of_the_day_asked_for_come_first_and_at_most_fifty() -> None:
    backlog = [person("a", number, date(2026, 11, 20)) for number in range(40)]
    today = [person("a", 100 + number) for number in range(40)]
    said = answer("r", {"a"}, backlog + today)
    assert said is not None
    assert len(said.people) == PEOPLE_MOST
    assert [one.employee_id for one in said.people[:40]] == [one.employee_id for one in today]
    assert {one.date for one in said.people[40:]} == {date(2026, 11, 20)}


def test_bytes_are_one_event_each() -> None:
    said = answer("a", {"a1"}, [person("a1")])
    assert said is not None
    text = frames.presence(said, "82AB").decode()
    assert text.startswith("event: presence\nid: 82AB\ndata: {")
    assert text.endswith("}\n\n")
    assert text.count("\n") == 4
    assert json.loads(text.split("data: ")[1])["people"][0]["date"] == "2026-11-23"
    assert frames.reset(None) == b"event: reset\ndata: {}\n\n"
    totals = DeviceTotals(total=1, live=1, silent=0, pending=0, never_seen=0)
    assert b"id:" not in frames.devices(totals)
