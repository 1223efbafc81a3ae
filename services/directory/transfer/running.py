"""Running one import from the upload to its end, resuming where another worker died."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from pymongo.errors import PyMongoError

from kit.mongo import Document
from services.directory.register.rows import Cause
from services.directory.register.store import Register
from services.directory.transfer.applying import Application
from services.directory.transfer.loading import load_base
from services.directory.transfer.plan import Plan, plan
from services.directory.transfer.reading import read
from services.directory.transfer.records import KEEP_CHECKED, LEASE, Imports, LeaseLost
from services.directory.transfer.tables import Tables

log = structlog.get_logger()

LOCK_PAUSE = 0.5
MOST_ATTEMPTS = 5


class ImportRunner:
    """Runs imports for one worker called `owner`."""

    def __init__(self, register: Register, imports: Imports, owner: str) -> None:
        self._register = register
        self._imports = imports
        self._owner = owner

    async def run(self, identity: str) -> None:
        """Bring the import `identity` to its end; returns at once when it has one or another works on it.

        Raises whatever storage raises; the import then stays as it is and may be run again.
        """
        record = await self._imports.claim(identity, self._owner, self._register.clock())
        if record is None:
            return
        application = Application(
            self._register, self._imports, identity, self._owner, Cause(record["cause"], identity)
        )
        async with self._lease(identity):
            # Once switched, an import is a fact: it is published however many tries that takes.
            switched = record["state"] == "publishing"
            if not switched and record["attempts"] > MOST_ATTEMPTS:
                log.error("an import was given up: every worker that tried it died", import_id=identity)
                await self._give_up(identity, application)
                return
            if switched or await self._check_and_apply(record, application):
                await self._publish(record, application)

    async def _give_up(self, identity: str, application: Application) -> None:
        await application.unlock()
        await self._imports.finish(identity, self._owner, "failed", self._register.clock())
        await self._imports.drop_file(identity, self._register.clock())

    async def _check_and_apply(self, record: Document, application: Application) -> bool:
        """Whether the directory was switched to what the file says."""
        identity = record["_id"]
        await self._set(identity, {"state": "checking"})
        tables = await self._read(record)
        total = sum(len(lines) for lines in tables.lines.values())
        await self._set(identity, {"rows": {"done": 0, "total": total}})
        revision, found = await self._judge(tables)
        if found.errors or record["dry_run"]:
            await application.unlock()  # a worker that died before may have held it
            await self._report(record, found, total)
            return False
        head = await self._locked(identity, application)
        if head["revision"] != revision:
            # Somebody edited meanwhile. Nobody can any more, so this judgement will stand.
            _, found = await self._judge(await self._read(record))
        if found.errors or not found.changes:
            await application.unlock()
            await self._report(record, found, total)
            return False
        await self._imports.keep_findings(identity, found.findings)
        await self._set(identity, {"state": "applying", **_summary(found)})
        await application.wipe()
        await application.stage(found.changes, self._register.clock(), total)
        await application.switch()
        return True

    async def _publish(self, record: Document, application: Application) -> None:
        fresh = await self._imports.get(record["_id"]) or record
        await application.publish(fresh.get("published"), fresh["rows"]["total"])
        await application.tidy()
        await application.close(fresh["rows"]["total"])
        await self._imports.drop_file(record["_id"], self._register.clock())

    async def _read(self, record: Document) -> Tables:
        data = await self._imports.file(record["_id"])
        return await asyncio.to_thread(read, data, record["filename"], encoding=record["encoding"])

    async def _judge(self, tables: Tables) -> tuple[int, Plan]:
        """(revision judged against, plan)."""
        async with self._register.view() as view:
            base = await load_base(view)
        today = self._register.today()
        return view.revision, await asyncio.to_thread(plan, tables, base, today=today)

    async def _locked(self, identity: str, application: Application) -> Document:
        while (head := await application.lock()) is None:
            log.info("waiting for another import to be applied", import_id=identity)
            if other := (await self._register.head())["import"]:
                await self.run(other)  # returns at once unless its worker died
            await asyncio.sleep(LOCK_PAUSE)
        return head

    async def _report(self, record: Document, found: Plan, total: int) -> None:
        """End without applying: errors, a dry run, or nothing to change."""
        identity, at = record["_id"], self._register.clock()
        await self._imports.keep_findings(identity, found.findings)
        state = "rejected" if found.errors else "checked" if record["dry_run"] else "applied"
        fields = {**_summary(found), "rows": {"done": total, "total": total}}
        await self._imports.finish(identity, self._owner, state, at, fields)  # type: ignore[arg-type]
        keep = KEEP_CHECKED if state == "checked" else KEEP_CHECKED * 0
        await self._imports.drop_file(identity, at, keep=keep)

    async def _set(self, identity: str, fields: Document) -> None:
        await self._imports.update(identity, self._owner, self._register.clock(), fields)

    @asynccontextmanager
    async def _lease(self, identity: str) -> AsyncIterator[None]:
        """Keep the lease while the work goes on; losing it stops the renewing, the work notices by itself."""

        async def renew() -> None:
            while True:
                await asyncio.sleep(LEASE.total_seconds() / 3)
                try:
                    await self._set(identity, {})
                except LeaseLost:
                    return
                except PyMongoError as error:
                    log.warning("the lease of an import was not renewed", import_id=identity, error=repr(error))

        renewing = asyncio.create_task(renew(), name="import lease")
        try:
            yield
        finally:
            renewing.cancel()


def _summary(found: Plan) -> Document:
    return {
        "counts": {
            kind: {"new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged}
            for kind, counts in found.counts.items()
        },
        "errors": found.errors,
        "warnings": len(found.findings) - found.errors,
    }
