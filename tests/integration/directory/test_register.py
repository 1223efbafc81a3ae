"""Edits on a real database: state, history and event in one commit; readers see one picture; writers take turns."""

import asyncio
from dataclasses import replace

import pytest

from contracts.events.directory import EmployeeChanged
from services.directory.employees.saving import save as save_employee
from services.directory.posts.saving import save as save_post
from services.directory.register.kinds import EMPLOYEE, POST, UNIT
from services.directory.register.rows import Cause
from services.directory.register.store import Busy, Register
from services.directory.register.view import HEAD
from services.directory.register.writing import Conflict, Writing
from services.directory.sites.saving import save as save_site
from services.directory.units.saving import save as save_unit
from services.directory.violations import Violations
from tests.integration.directory.conftest import NOW
from tests.unit.directory.records import OFFICE, POSTS, ROOT, SITES, STAFF, UNITS, employee, person

TODAY = NOW.date()
EDIT = Cause("edit")


async def found(register: Register, *people: tuple[int, int | None]) -> None:
    """Put the small directory and the people (ordinal, superior) in."""

    async def work(writing: Writing) -> None:
        for identity, site in SITES.items():
            await save_site(writing, identity, site, version=0)
        for identity, unit in UNITS.items():
            await save_unit(writing, identity, unit, version=0)
        for identity, post in POSTS.items():
            await save_post(writing, identity, post, version=0)
        for ordinal, superior in people:
            await save_employee(writing, person(ordinal), employee(ordinal, superior), version=0)

    await register.write(work, EDIT)


async def facts(register: Register) -> list[dict[str, str]]:
    return [fact async for entry in register.db["events"].find().sort("_id", 1) for fact in entry["facts"]]


async def test_a_commit_holds_state_and_event(register: Register) -> None:
    await found(register, (1, None), (2, 1))
    async with register.view() as view:
        row = await view.one(EMPLOYEE, person(2))
    assert row is not None
    assert (row.version, row.changed_at, row.state) == (1, NOW, employee(2, 1))
    told = [one for one in await facts(register) if one["key"] == person(2)]
    assert len(told) == 1
    event = EmployeeChanged.model_validate_json(told[0]["data"])
    assert (event.assignments[0].post_title, event.assignments[0].superior_id) == ("Analis", person(1))


async def test_a_refused_commit_leaves_nothing(register: Register) -> None:
    with pytest.raises(Violations):
        await found(register, (1, None), (2, 9))
    async with register.view() as view:
        assert [row async for row in view.all(UNIT)] == []
    assert await facts(register) == []


async def test_two_edits_at_once_one_wins(register: Register) -> None:
    await found(register, (1, None))

    async def rename(name: str) -> int:
        async def work(writing: Writing) -> int:
            state = employee(1, name=name)
            return (await save_employee(writing, person(1), state, version=1)).version

        return await register.write(work, EDIT)

    results = await asyncio.gather(*(rename(f"Nama {n}") for n in range(8)), return_exceptions=True)
    assert [r for r in results if not isinstance(r, Conflict)] == [2]
    assert {(r.given, r.present) for r in results if isinstance(r, Conflict)} == {(1, 2)}
    async with register.view() as view:
        states = await view.history(EMPLOYEE, person(1))
    assert [state["version"] for state in states] == [2, 1]
    assert states[1]["state"]["name"] == "Pegawai 1"


async def test_two_edits_that_close_a_circle_only_together(register: Register) -> None:
    """Each alone is lawful; a snapshot per writer would let both pass."""
    await found(register, (1, None), (2, None))

    async def below(ordinal: int, superior: int) -> None:
        async def work(writing: Writing) -> None:
            state = employee(ordinal, superior)
            await save_employee(writing, person(ordinal), state, version=1)

        await register.write(work, EDIT)

    results = await asyncio.gather(below(1, 2), below(2, 1), return_exceptions=True)
    refused = [result for result in results if isinstance(result, Violations)]
    assert len(refused) == 1
    assert refused[0].found[0].pointer == "/assignments/0/superior_id"
    assert "berputar" in refused[0].found[0].detail


async def test_a_number_is_never_used_again(register: Register) -> None:
    await found(register, (1, None))
    twin = replace(employee(2), numbers=employee(1).numbers)

    async def work(writing: Writing) -> None:
        await save_employee(writing, person(2), twin, version=0)

    with pytest.raises(Violations, match="sudah dipakai pegawai P1"):
        await register.write(work, EDIT)


async def test_equal_state_writes_nothing(register: Register) -> None:
    await found(register, (1, None))
    before = len(await facts(register))

    async def work(writing: Writing) -> int:
        return (await save_employee(writing, person(1), employee(1), version=1)).version

    assert await register.write(work, EDIT) == 1
    assert len(await facts(register)) == before


async def test_a_posts_new_title_is_told_through_its_holders(register: Register) -> None:
    await found(register, (1, None), (2, 1))
    before = len(await facts(register))

    async def work(writing: Writing) -> None:
        await save_post(writing, STAFF, replace(POSTS[STAFF], title="Analis Muda"), version=1)

    await register.write(work, EDIT)
    told = (await facts(register))[before:]
    assert {one["key"] for one in told} == {person(1), person(2)}
    assert all(b'"post_title":"Analis Muda"' in one["data"] for one in told)  # type: ignore[operator]


async def test_a_unit_in_use_cannot_end(register: Register) -> None:
    await found(register, (1, None))
    closed = replace(UNITS[OFFICE], versions=(replace(UNITS[OFFICE].versions[0], valid_to=TODAY),))

    async def work(writing: Writing) -> None:
        await save_unit(writing, OFFICE, closed, version=1)

    with pytest.raises(Violations, match=r"1 penugasan .*P1 \(2026-11-23\)"):
        await register.write(work, EDIT)

    async def root(writing: Writing) -> None:
        ended = replace(UNITS[ROOT], versions=(replace(UNITS[ROOT].versions[0], valid_to=TODAY),))
        await save_unit(writing, ROOT, ended, version=1)

    with pytest.raises(Violations, match="U1. Pindahkan"):
        await register.write(root, EDIT)


async def test_nothing_is_written_while_an_import_is_applied(register: Register) -> None:
    await found(register, (1, None))
    await register.db[HEAD].update_one({}, {"$set": {"import": "some-import"}})
    with pytest.raises(Busy):
        await found(register, (2, None))


async def test_a_view_does_not_move_under_its_reader(register: Register) -> None:
    await found(register, (1, None))
    async with register.view() as view:
        before = await view.one(POST, STAFF)

        async def work(writing: Writing) -> None:
            await save_post(writing, STAFF, replace(POSTS[STAFF], title="Lain"), version=1)

        await register.write(work, EDIT)
        assert await view.one(POST, STAFF) == before
    async with register.view() as view:
        after = await view.one(POST, STAFF)
    assert after is not None
    assert after.state.title == "Lain"
