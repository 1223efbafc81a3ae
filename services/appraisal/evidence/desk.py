"""Adds evidence to an entry and takes it away: by the rules, whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kit.evidence.models import Evidence
from kit.evidence.receiving import known
from kit.evidence.rules import MOST_FILES
from kit.evidence.store import Files
from kit.mongo import Document, Session
from kit.problems import of_status
from services.appraisal.activities.desk import Desk, in_version, or_problem, stepped
from services.appraisal.activities.rules import Refused, amendable, check_day


@dataclass(frozen=True, slots=True)
class EvidenceDesk:
    """Over the desk of activities: an entry's evidence changes when the entry may be changed."""

    desk: Desk
    files: Files

    async def add(self, employee_id: str, activity: str, data: bytes, filename: str, version: int) -> Document:
        """The entry with the file. The same content twice is one file: sent again, the entry is answered as it is.
        Raises Problem 422 for what is no evidence, 409 and 412 as an edit does."""
        row = await self.desk.own(employee_id, activity)
        found = await known(data, filename, self.desk.now())

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
        async with self.files.offered(data, found.added_at) as offer:
            found.id = offer.id
            entry = await or_problem(self.desk.activities.amend(activity, work, settle))
            offer.listed = any(one["id"] == found.id for one in entry["evidence"])
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
        await self.files.discard(evidence)
        return entry

    async def file(self, employee_id: str, activity: str, evidence: str) -> Evidence:
        """A file as its entry lists it. Raises Problem 404."""
        row = await self.desk.own(employee_id, activity)
        for one in row.get("evidence", []):
            if one["id"] == evidence:
                return Evidence.model_validate(one)
        raise of_status(404)

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
