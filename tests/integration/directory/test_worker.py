"""Imports in processes of their own: run apart, killed outright, continued by a successor."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import suppress

import psutil
import pytest

from services.directory.demo.load import archive
from services.directory.register.kinds import EMPLOYEE
from services.directory.register.store import Register, now
from services.directory.transfer.records import Imports
from services.directory.transfer.worker import ImportWorker

DEADLINE = 90.0
PEOPLE = 2_500


@pytest.fixture
def environment(mongo_uri: str, database_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the processes of the worker are told."""
    for name, value in {
        "KAFKA": "127.0.0.1:1",
        "MONGO": mongo_uri,
        "MONGO_DATABASE": database_name,
        "PORT": "14050",
        "TOKEN": "a-token-for-this-test-only",
        "LOG_LEVEL": "warning",
    }.items():
        monkeypatch.setenv(f"KINERJA_{name}", value)


@pytest.fixture
async def imports(register: Register, environment: None) -> AsyncIterator[Imports]:
    """The records, with a worker at work."""
    imports = Imports(register.db)
    await imports.setup()
    worker = asyncio.create_task(ImportWorker(imports, now).run())
    yield imports
    worker.cancel()
    with suppress(asyncio.CancelledError):
        await worker
    assert children() == []


def children() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if is_import(one)]


def is_import(process: psutil.Process) -> bool:
    try:
        return "run-import" in process.cmdline()
    except psutil.ZombieProcess:  # dead, and about to be seen so by the worker
        return True
    except psutil.NoSuchProcess:
        return False


async def state_of(imports: Imports, identity: str) -> str:
    record = await imports.get(identity)
    assert record is not None
    return str(record["state"])


async def until(imports: Imports, identity: str, wanted: set[str]) -> str:
    async with asyncio.timeout(DEADLINE):
        while (state := await state_of(imports, identity)) not in wanted:  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.01)
    return state


@pytest.mark.usefixtures("environment")
async def test_the_process_of_an_import_ends_well_and_with_its_parent(register: Register) -> None:
    imports = Imports(register.db)
    await imports.setup()
    identity = await imports.create(b"kode,nama\n", "unit.csv", dry_run=False, encoding=None, at=now())
    child = await started(identity)
    assert await asyncio.wait_for(child.wait(), DEADLINE) == 0  # its pipe is still open
    assert await state_of(imports, identity) == "rejected"

    identity = await imports.create(archive(PEOPLE), "kota.zip", dry_run=False, encoding=None, at=now())
    child = await started(identity)
    await until(imports, identity, {"checking"})
    assert child.stdin is not None
    child.stdin.close()  # what the kernel does when the parent dies, however it dies
    assert await asyncio.wait_for(child.wait(), DEADLINE) == 70
    assert await state_of(imports, identity) != "applied"


async def started(identity: str) -> asyncio.subprocess.Process:
    command = (sys.executable, "-m", "services.directory", "run-import", identity)
    return await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("killed_in", ["checking", "applying", "publishing"])
async def test_a_killed_import_is_finished_by_the_next_process(
    register: Register, imports: Imports, killed_in: str
) -> None:
    identity = await imports.create(archive(PEOPLE), "kota.zip", dry_run=False, encoding=None, at=now())
    await until(imports, identity, {killed_in})
    (victim,) = children()
    victim.kill()
    async with register.view() as view:  # of one moment: what the victim had sent may land while we look
        assert await view.count(EMPLOYEE, {}) == (PEOPLE if view.visible else 0)

    assert await until(imports, identity, {"applied", "failed", "rejected"}) == "applied"
    async with register.view() as view:
        assert await view.count(EMPLOYEE, {}) == PEOPLE
    keys = [fact["key"] async for entry in register.db["events"].find() for fact in entry["facts"]]
    assert len(keys) == len(set(keys)) == PEOPLE + 60 + 48
