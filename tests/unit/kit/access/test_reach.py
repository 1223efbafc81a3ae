"""How far somebody sees, from posts, superiors and units on a day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from kit.access import Held, Principal, Reach, Role, Scope
from kit.access.mongo_copy import held_on
from kit.access.reach import EVERYONE, covers, reach_of

TODAY = date(2026, 8, 3)
ABOVE = {"seksi": "bidang", "bidang": "dinas", "dinas": "kota", "dinas lain": "kota"}


@dataclass(frozen=True)
class Post:
    """Somebody's post over a period."""

    unit: str
    post: str
    superior: str | None = None
    acting: bool = False
    first: date = date(2020, 1, 1)
    last: date = date(2099, 1, 1)

    def on(self, day: date) -> bool:
        return self.first <= day <= self.last


class City:
    """A directory copy in memory."""

    def __init__(self, **people: Sequence[Post]) -> None:
        self.people = people

    async def held(self, employee: str, on: date) -> Sequence[Held]:
        return [Held(one.unit, one.post, one.acting) for one in self.people.get(employee, ()) if one.on(on)]

    async def holders(self, posts: Collection[str], on: date) -> Collection[str]:
        return {
            who
            for who, held in self.people.items()
            for one in held
            if one.on(on) and one.post in posts and not one.acting
        }

    async def subordinates(
        self, superiors: Collection[str], on: date, among: Collection[str] | None = None
    ) -> Collection[str]:
        return {
            who
            for who, held in self.people.items()
            for one in held
            if one.on(on) and one.superior in superiors and not one.acting and (among is None or who in among)
        }

    async def below(self, units: Collection[str], on: date) -> Collection[str]:
        found = set(units)
        while more := {unit for unit, above in ABOVE.items() if above in found} - found:
            found |= more
        return found

    async def offices(self, units: Collection[str], on: date) -> Collection[str]:
        return {one for one in ("dinas", "dinas lain") if not set(await self.below({one}, on)).isdisjoint(units)}


CITY = City(
    kadis=[Post("dinas", "kepala dinas")],
    sekretaris=[
        Post("dinas", "sekretaris", "kadis"),
        Post("dinas", "kepala dinas", None, acting=True, first=date(2026, 8, 1), last=date(2026, 8, 7)),
    ],
    kabid=[Post("bidang", "kepala bidang", "kadis")],
    staf=[Post("seksi", "pelaksana", "kabid")],
    bendahara=[Post("dinas", "bendahara", "sekretaris")],
    pindahan=[
        Post("dinas lain", "pelaksana", "kadis lain", last=date(2026, 7, 31)),
        Post("seksi", "pelaksana", "kabid", first=date(2026, 8, 1)),
    ],
    orang=[Post("dinas lain", "pelaksana", "kadis lain")],
)


def who(employee: str | None, *roles: Role) -> Principal:
    return Principal("account", "kinerja-web", frozenset(roles), employee)


async def reach(employee: str | None, *scopes: Scope, on: date = TODAY) -> Reach:
    return await reach_of(who(employee), scopes, CITY, on)


async def test_oneself() -> None:
    assert await reach("staf", Scope.SELF) == Reach(people=frozenset({"staf"}))


async def test_subordinates_of_the_day() -> None:
    assert (await reach("kabid", Scope.SUBORDINATES)).people == {"staf", "pindahan"}
    assert (await reach("kabid", Scope.SUBORDINATES, on=date(2026, 7, 31))).people == {"staf"}


async def test_somebody_without_subordinates_is_no_superior() -> None:
    assert not await reach("staf", Scope.SUBORDINATES)


async def test_who_acts_for_somebody_has_that_posts_people_while_it_lasts_but_not_himself() -> None:
    assert (await reach("sekretaris", Scope.SUBORDINATES)).people == {"bendahara", "kabid"}
    assert (await reach("sekretaris", Scope.SUBORDINATES, on=date(2026, 8, 8))).people == {"bendahara"}


@pytest.mark.parametrize("person", ["staf", "pindahan", "kabid", "bendahara", "orang"])
@pytest.mark.parametrize("asking", ["staf", "kabid", "sekretaris", "kadis"])
async def test_asked_about_one_person_the_answer_about_that_person_is_the_same(asking: str, person: str) -> None:
    scopes = (Scope.SELF, Scope.SUBORDINATES, Scope.SUBTREE)
    of_all = await reach(asking, *scopes)
    of_one = await reach_of(who(asking), scopes, CITY, TODAY, among=[person])
    assert await covers(of_one, person, CITY, TODAY) == await covers(of_all, person, CITY, TODAY)
    assert of_one.people <= of_all.people


async def test_asked_about_oneself_nobody_is_looked_up() -> None:
    class Away(City):
        async def held(self, employee: str, on: date) -> Sequence[Held]:
            raise AssertionError(f"{employee} was looked up")

    found = await reach_of(who("staf"), [Scope.SELF, Scope.SUBORDINATES], Away(), TODAY, among=["staf"])
    assert found == Reach(people=frozenset({"staf"}))


async def test_units_are_those_of_posts_held_on_the_day() -> None:
    assert (await reach("kadis", Scope.SUBTREE)).units == {"dinas"}
    assert (await reach("pindahan", Scope.SUBTREE, on=date(2026, 7, 31))).units == {"dinas lain"}


@pytest.mark.parametrize(
    ("asking", "person", "within"),
    [("staf", "kadis", True), ("kadis", "staf", True), ("staf", "bendahara", True), ("staf", "orang", False)],
)
async def test_an_office_is_all_who_work_below_the_same_unit_under_the_top(
    asking: str, person: str, within: bool
) -> None:
    assert await covers(await reach(asking, Scope.OFFICE), person, CITY, TODAY) == within


async def test_who_moves_has_the_office_of_the_day() -> None:
    assert (await reach("pindahan", Scope.OFFICE, on=date(2026, 7, 31))).units == {"dinas lain"}
    assert (await reach("pindahan", Scope.OFFICE)).units == {"dinas"}


async def test_scopes_add_up_and_all_is_all() -> None:
    both = await reach("kabid", Scope.SELF, Scope.SUBORDINATES)
    assert both.people == {"kabid", "staf", "pindahan"}
    assert await reach("kabid", Scope.SELF, Scope.ALL) == EVERYONE


@pytest.mark.parametrize("scope", [Scope.SELF, Scope.SUBORDINATES, Scope.OFFICE, Scope.SUBTREE])
async def test_a_machine_and_a_stranger_reach_nobody(scope: Scope) -> None:
    assert not await reach(None, scope)
    assert (await reach("nobody", scope)).people <= {"nobody"}
    assert not (await reach("nobody", scope)).units


@pytest.mark.parametrize(
    ("person", "within"),
    [("kadis", True), ("kabid", True), ("staf", True), ("pindahan", True), ("orang", False), ("nobody", False)],
)
async def test_a_subtree_covers_who_has_the_own_post_there(person: str, within: bool) -> None:
    assert await covers(Reach(units=frozenset({"dinas"})), person, CITY, TODAY) == within


async def test_an_acting_post_elsewhere_brings_nobody_under_that_head() -> None:
    city = City(tamu=[Post("dinas lain", "pelaksana"), Post("dinas", "kepala bidang", acting=True)])
    assert not await covers(Reach(units=frozenset({"dinas"})), "tamu", city, TODAY)


async def test_people_are_covered_by_id() -> None:
    assert await covers(Reach(people=frozenset({"orang"})), "orang", CITY, TODAY)
    assert not await covers(Reach(people=frozenset({"orang"})), "staf", CITY, TODAY)
    assert await covers(EVERYONE, "nobody", CITY, TODAY)


def test_posts_of_a_day_both_ends_inclusive() -> None:
    rows: list[dict[str, Any]] = [
        {"unit_id": "a", "post_id": "p", "kind": "primary", "valid_from": "2026-01-01", "valid_to": "2026-01-31"},
        {"unit_id": "b", "post_id": "q", "kind": "primary", "valid_from": "2026-02-01", "valid_to": None},
        {"unit_id": "c", "post_id": "r", "kind": "plh", "valid_from": "2026-01-31"},
    ]
    assert held_on(rows, date(2026, 1, 31)) == [Held("a", "p", False), Held("c", "r", True)]
    assert held_on(rows, date(2026, 2, 1)) == [Held("b", "q", False), Held("c", "r", True)]
    assert held_on(rows, date(2025, 12, 31)) == []
