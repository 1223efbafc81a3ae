"""Imports in processes of their own: run apart, killed outright, continued by a successor."""

import asyncio
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
async def imports(
    register: Register, mongo_uri: str, database_name: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Imports]:
    """The records, with a worker at work whose processes are told where by their environment."""
    for name, value in {
        "KAFKA": "127.0.0.1:1",
        "MONGO": mongo_uri,
        "MONGO_DATABASE": database_name,
        "PORT": "14050",
        "TOKEN": "a-token-for-this-test-only",
        "LOG_LEVEL": "warning",
    }.items():
        monkeypatch.setenv(f"KINERJA_{name}", value)
    imports = Imports(register.db)
    await imports.setup()
    worker = asyncio.create_task(ImportWorker(imports, now).run())
    yield imports
    worker.cancel()
    with suppress(asyncio.CancelledError):
        await worker
    assert children() == []


def children() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if "run-import" in one.cmdline()]


async def state_of(imports: Imports, identity: str) -> str:
    record = await imports.get(identity)
    assert record is not None
    return str(record["state"])


async def until(imports: Imports, identity: str, wanted: set[str]) -> str:
    async with asyncio.timeout(DEADLINE):
        while (state := await state_of(imports, identity)) not in wanted:  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.01)
    return state


@pytest.mark.timeout(240)
@pytest.mark.parametrize("killed_in", ["checking", "applying", "publishing"])
async def test_a_killed_import_is_finished_by_the_next_process(
    register: Register, imports: Imports, killed_in: str
) -> None:
    identity = await imports.create(archive(PEOPLE), "kota.zip", dry_run=False, encoding=None, at=now())
    await until(imports, identity, {killed_in})
    (victim,) = children()
    victim.kill()
    visible = (await register.head())["visible"]
    async with register.view() as view:
        assert await view.count(EMPLOYEE, {}) == (PEOPLE if visible else 0)

    assert await until(imports, identity, {"applied", "failed", "rejected"}) == "applied"
    async with register.view() as view:
        assert await view.count(EMPLOYEE, {}) == PEOPLE
    keys = [fact["key"] async for entry in register.db["events"].find() for fact in entry["facts"]]
    assert len(keys) == len(set(keys)) == PEOPLE + 60 + 48
