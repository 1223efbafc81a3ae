"""Adds evidence to an entry and takes it away: by the rules, whole or not at all."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from hashlib import sha256

import structlog
from pymongo.errors import PyMongoError

from kit.mongo import Document, Session
from kit.problems import FieldError, of_status
from services.appraisal.activities.desk import Desk, in_version, or_problem, stepped
from services.appraisal.activities.models import Evidence
from services.appraisal.activities.rules import Refused, amendable, check_day
from services.appraisal.evidence.rules import MOST_FILES, display_name, media_type
from services.appraisal.evidence.store import Files

log = structlog.get_logger()

KEPT_LOOSE = timedelta(days=1)
SWEEP_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class EvidenceDesk:
    """Over the desk of activities: an entry's evidence changes when the entry may be changed."""

    desk: Desk
    files: Files

    async def add(self, employee_id: str, activity: str, data: bytes, filename: str, version: int) -> Document:
        """The entry with the file. The same content twice is one file: sent again, the entry is answered as it is.
        Raises Problem 422 for what is no evidence, 409 and 412 as an edit does."""
        row = await self.desk.own(employee_id, activity)
        try:
            kind = await asyncio.to_thread(media_type, data)
        except Refused as refused:
            raise of_status(422, errors=[FieldError("/body", str(refused))]) from None
        found = Evidence(
            id="",
            name=display_name(filename, kind),
            media_type=kind,
            size=len(data),
            sha256=sha256(data).hexdigest(),
            added_at=self.desk.now().astimezone(UTC),
        )

        def work(entry: Document) -> Document:
            listed = entry.get("evidence", [])
            if any(one["sha256"] == found.sha256 for one in listed):
                return entry
            if len(listed) >= MOST_FILES:
                raise Refused(f"paling banyak {MOST_FILES} berkas untuk satu aktivitas; hapus salah satu dahulu")
            return self._amended(entry, version, lambda: [*listed, found.model_dump()])

        async def settle(_: Document, session: Session) -> None:
            await self.files.settle(found.id, session)

        async def unchanged() -> Document:
            return work(row)

        if await or_problem(unchanged()) is row:  # also says what is refused before anything is stored
            return row
        found.id = await self.files.keep(data, found.added_at)
        listed = False
        try:
            entry = await or_problem(self.desk.activities.amend(activity, work, settle))
            listed = any(one["id"] == found.id for one in entry["evidence"])
        finally:
            if not listed:
                await self._discard(found.id)
        return entry

    async def take_away(self, employee_id: str, activity: str, evidence: str, version: int) -> Document:
        """The entry without the file. Raises Problem 404, 409 and 412."""
        await self.file(employee_id, activity, evidence)

        def work(entry: Document) -> Document:
            left = [one for one in entry["evidence"] if one["id"] != evidence]
            return self._amended(entry, version, lambda: left)

        async def release(_: Document, session: Session) -> None:
            await self.files.release(evidence, self.desk.now(), session)

        entry = await or_problem(self.desk.activities.amend(activity, work, release))
        await self._discard(evidence)
        return entry

    async def file(self, employee_id: str, activity: str, evidence: str) -> Evidence:
        """A file as its entry lists it. Raises Problem 404."""
        row = await self.desk.own(employee_id, activity)
        for one in row.get("evidence", []):
            if one["id"] == evidence:
                return Evidence.model_validate(one)
        raise of_status(404)

    async def sweep(self) -> int:
        """Delete the files that have belonged to no entry for a day; how many there were."""
        swept = await self.files.sweep(self.desk.now() - KEPT_LOOSE)
        if swept:
            log.info("evidence that belongs to no entry was deleted", files=swept)
        return swept

    async def sweep_for_ever(self) -> None:
        """Once an hour. A database that is away is no reason to end the process."""
        while True:
            try:
                await self.sweep()
            except PyMongoError as error:
                log.warning("evidence was not swept; tried again in an hour", error=repr(error))
            await asyncio.sleep(SWEEP_SECONDS)

    def _amended(self, entry: Document, version: int, evidence: Callable[[], list[Document]]) -> Document:
        in_version(entry, version)
        day, now = date.fromisoformat(entry["date"]), self.desk.now()
        amendable(entry["status"])
        try:
            check_day(day, self.desk.rule_of(day), now)
        except Refused as closed:
            raise Refused(str(closed)) from None  # about the entry: no field of this request
        step = stepped(entry, entry["status"], "changed", entry["employee_id"], "", now)
        return {**step, "evidence": evidence()}

    async def _discard(self, identity: str) -> None:
        try:
            await self.files.remove(identity)
        except PyMongoError as error:
            log.warning("a loose file of evidence is left to the sweep", error=repr(error))
