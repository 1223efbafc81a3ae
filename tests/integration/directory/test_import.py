"""Imports on a real database: all or nothing, twice changes nothing, and a worker that dies anywhere is continued."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from contracts.topics import MODELS
from kit.mongo import Document
from services.directory.demo.city import FOUNDED
from services.directory.demo.load import archive, write
from services.directory.demo.people import employee_id, employees
from services.directory.employees.models import Employee
from services.directory.ids import entity_id
from services.directory.register.kinds import EMPLOYEE, KINDS, SITE, UNIT
from services.directory.register.rows import HISTORY, Cause
from services.directory.register.store import Busy, Register
from services.directory.register.view import HEAD
from services.directory.transfer import applying
from services.directory.transfer.records import Imports, LeaseLost
from services.directory.transfer.running import ImportRunner
from services.directory.transfer.writing import ZipWriter
from tests.integration.directory.conftest import NOW

PEOPLE = 400
CITY = archive(PEOPLE)


class Died(BaseException):
    """The worker was killed here."""


@pytest.fixture
async def imports(register: Register) -> Imports:
    imports = Imports(register.db)
    await imports.setup()
    return imports


async def bring(
    register: Register, imports: Imports, data: bytes, name: str = "kota.zip", *, dry_run: bool = False
) -> Document:
    identity = await imports.create(data, name, dry_run=dry_run, encoding=None, at=NOW)
    return await work(register, imports, identity)


async def work(register: Register, imports: Imports, identity: str, owner: str = "w1") -> Document:
    await ImportRunner(register, imports, owner).run(identity)
    record = await imports.get(identity)
    assert record is not None
    return record


async def facts(register: Register) -> list[Document]:
    return [fact async for entry in register.db["events"].find().sort("_id", 1) for fact in entry["facts"]]


async def states(register: Register) -> dict[str, Any]:
    """Everything a reader sees."""
    async with register.view() as view:
        return {row.id: row.state for kind in KINDS for row in [one async for one in view.all(kind)]}


async def test_the_city_comes_in_whole_with_one_event_each(register: Register, imports: Imports) -> None:
    record = await bring(register, imports, CITY)
    assert record["state"] == "applied"
    assert record["counts"]["employee"] == {"new": PEOPLE, "changed": 0, "unchanged": 0}
    assert record["rows"]["done"] == record["rows"]["total"] > PEOPLE
    seen = await states(register)
    assert [seen[employee_id(n)] for n in range(1, PEOPLE + 1)] == list(employees(PEOPLE))
    told = await facts(register)
    assert len({fact["id"] for fact in told}) == len(told) == PEOPLE + 60 + 48
    for fact in told:
        MODELS[fact["type"]].model_validate_json(fact["data"])
    assert await imports.file(record["_id"]) == b""  # personal data is not kept twice


async def test_the_same_file_twice_changes_nothing(register: Register, imports: Imports) -> None:
    await bring(register, imports, CITY)
    before, told = await states(register), len(await facts(register))
    record = await bring(register, imports, CITY)
    assert record["state"] == "applied"
    assert record["counts"]["employee"] == {"new": 0, "changed": 0, "unchanged": PEOPLE}
    assert await states(register) == before
    assert len(await facts(register)) == told
    assert await register.db[HISTORY].count_documents({}) == 0


async def test_a_dry_run_changes_nothing_and_can_then_be_applied(register: Register, imports: Imports) -> None:
    record = await bring(register, imports, CITY, dry_run=True)
    assert (record["state"], record["counts"]["unit"]["new"]) == ("checked", 60)
    assert await states(register) == {}
    assert await facts(register) == []
    assert await imports.apply_checked(record["_id"], NOW)
    assert (await work(register, imports, record["_id"]))["state"] == "applied"
    assert not await imports.apply_checked(record["_id"], NOW)


async def test_one_bad_row_and_nothing_of_the_file_is_taken(register: Register, imports: Imports) -> None:
    await bring(register, imports, CITY)
    before = await states(register)
    csv = "kode,nama,kode_induk,berlaku_dari\nX1,Unit Baru,U00,2026-01-01\nX2,Unit Lain,U99,2026-01-01\n"
    record = await bring(register, imports, csv.encode(), "unit.csv")
    assert (record["state"], record["errors"]) == ("rejected", 1)
    (found,) = await imports.findings(record["_id"], 0, 10)
    assert (found["sheet"], found["row"], found["column"]) == ("unit", 3, "kode_induk")
    assert await states(register) == before
    assert (await register.head())["import"] is None


async def test_a_transfer_of_one_line_closes_the_post_before(register: Register, imports: Imports) -> None:
    await bring(register, imports, CITY)
    csv = (
        "pegawai;jenis;kode_unit;kode_jabatan;kode_lokasi;atasan;berlaku_dari;berlaku_sampai\n"
        "P00400;definitif;U27;PL-1;L03;P00002;01/12/2026;\n"
    )
    told = len(await facts(register))
    record = await bring(register, imports, csv.encode(), "penugasan.csv")
    assert (record["state"], record["counts"]["employee"]["changed"]) == ("applied", 1)
    async with register.view() as view:
        row = await view.one(EMPLOYEE, employee_id(400))
        past = await view.history(EMPLOYEE, employee_id(400))
    assert row is not None
    assert row.version == 2
    assert [str(held.valid_to) for held in row.state.assignments][-2:] == ["2026-11-30", "None"]
    assert [state["version"] for state in past] == [2, 1]
    assert len(await facts(register)) == told + 1


async def test_a_renamed_post_is_told_through_its_holders(register: Register, imports: Imports) -> None:
    await bring(register, imports, CITY)
    told = len(await facts(register))
    csv = f"kode,nama,jenis,kelas,berlaku_dari\nU01-01,Sekretaris Daerah Kota,JPT Pratama,15,{FOUNDED}\n"
    assert (await bring(register, imports, csv.encode(), "jabatan.csv"))["state"] == "applied"
    (fact,) = (await facts(register))[told:]
    assert fact["key"] == employee_id(1)
    assert b"Sekretaris Daerah Kota" in fact["data"]


CRASHES: list[tuple[str, str, int, bool]] = [
    # (method, what happens around it, on which call, is it already a fact?)
    ("_staged", "before", 1, False),
    ("_staged", "after", 1, False),
    ("switch", "before", 1, False),
    ("switch", "after", 1, True),
    ("_journaled", "before", 1, True),
    ("_journaled", "after", 2, True),
    ("tidy", "before", 1, True),
    ("_moved", "after", 1, True),
    ("close", "before", 1, True),
    ("close", "after", 1, True),
]


@pytest.mark.parametrize(("method", "when", "call", "is_fact"), CRASHES)
async def test_a_worker_that_dies_is_continued_and_nothing_is_seen_half_done(
    register: Register,
    imports: Imports,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    when: str,
    call: int,
    is_fact: bool,
) -> None:
    monkeypatch.setattr(applying, "CHUNK", 150)  # several chunks in a small city
    await bring(register, imports, CITY)
    before, told = await states(register), await facts(register)
    promoted = [replace(one, name=one.name.upper()) if n % 2 else one for n, one in enumerate(employees(PEOPLE + 50))]
    identity = await imports.create(city(promoted), "kota.zip", dry_run=False, encoding=None, at=NOW)

    with monkeypatch.context() as patch:
        patch.setattr(applying.Application, method, dying(getattr(applying.Application, method), when, call))
        with pytest.raises(Died):
            await work(register, imports, identity)
    seen = await states(register)
    after = {**before, **{entity_id("employee", one.code): one for one in promoted}}
    assert seen == (after if is_fact else before)
    if not is_fact:
        assert await facts(register) == told

    # The successor comes when the lease has run out.
    register.clock = lambda: NOW + timedelta(minutes=5)
    assert (await work(register, imports, identity, "w2"))["state"] == "applied"
    assert await states(register) == after
    fresh = [fact["key"] for fact in (await facts(register))[len(told) :]]
    assert len(set(fresh)) == len(fresh)
    assert set(fresh) == {one for one in after if before.get(one) != after[one]}
    assert await register.db[HISTORY].count_documents({}) == len(fresh) - 50
    assert await register.db[EMPLOYEE.collection].count_documents({}) == PEOPLE + 50
    assert (await register.head())["import"] is None


def city(people: list[Employee]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kota.zip"
        with ZipWriter(path) as writer:
            write(writer, people)
        return path.read_bytes()


def dying(original: Callable[..., Any], when: str, call: int) -> Callable[..., Any]:
    calls = 0

    async def method(self: Any, *arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and when == "before":
            raise Died
        result = await original(self, *arguments, **named)
        if calls == call and when == "after":
            raise Died
        return result

    return method


async def test_no_edit_slips_between_while_an_import_is_applied(
    register: Register, imports: Imports, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = await imports.create(CITY, "kota.zip", dry_run=False, encoding=None, at=NOW)
    monkeypatch.setattr(applying.Application, "switch", dying(applying.Application.switch, "before", 1))
    with pytest.raises(Died):
        await work(register, imports, identity)

    async def nothing(_: Any) -> None:
        return None

    with pytest.raises(Busy):
        await register.write(nothing, Cause("edit"))


async def test_a_zombie_worker_writes_nothing(
    register: Register, imports: Imports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lost its lease while it slept: its next transaction must fail, not mix with its successor's."""
    identity = await imports.create(CITY, "kota.zip", dry_run=False, encoding=None, at=NOW)
    original = applying.Application._staged
    taken_over = False

    async def slow(self: applying.Application, *arguments: Any) -> None:
        nonlocal taken_over
        if not taken_over:
            taken_over = True
            register.clock = lambda: NOW + timedelta(minutes=5)
            assert (await work(register, imports, identity, "successor"))["state"] == "applied"
        await original(self, *arguments)

    monkeypatch.setattr(applying.Application, "_staged", slow)
    with pytest.raises(LeaseLost):
        await work(register, imports, identity, "zombie")
    assert len(await facts(register)) == PEOPLE + 60 + 48
    assert await register.db[UNIT.collection].count_documents({}) == 60
    assert await register.db[SITE.collection].count_documents({}) == 48
    assert await register.db[HEAD].count_documents({"import": None}) == 1


async def test_a_file_that_kills_every_worker_is_given_up(
    register: Register, imports: Imports, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = await imports.create(CITY, "kota.zip", dry_run=False, encoding=None, at=NOW)

    async def stage(*_: Any) -> None:
        raise Died

    monkeypatch.setattr(applying.Application, "stage", stage)
    times = [NOW + timedelta(minutes=n) for n in range(6)]
    for at in times[:5]:
        register.clock = lambda at=at: at  # type: ignore[misc]
        with pytest.raises(Died):
            await work(register, imports, identity, f"worker {at}")
    register.clock = lambda: times[5]
    assert (await work(register, imports, identity))["state"] == "failed"
    assert (await register.head())["import"] is None
    assert await states(register) == {}
