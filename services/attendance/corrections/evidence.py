"""Adds evidence to a correction and takes it away, while the employee may still change it: whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass

from kit.evidence.models import Evidence
from kit.evidence.receiving import known
from kit.evidence.rules import MOST_FILES
from kit.evidence.store import Files
from kit.mongo import Document, Session
from kit.problems import of_status
from services.attendance.corrections.desk import Desk, in_version, one_of, or_problem
from services.attendance.corrections.rules import Refused, amendable
from services.attendance.corrections.store import Change, Rows


@dataclass(frozen=True, slots=True)
class EvidenceDesk:
    """Over the desk of corrections."""

    desk: Desk
    files: Files

    async def add(self, employee_id: str, correction: str, data: bytes, filename: str, version: int) -> Document:
        """The correction with the file. The same content twice is one file: sent again, the correction is answered as
        it is. Raises Problem 422 for what is no evidence, 409 and 412 as an edit does."""
        row = await self.desk.own(employee_id, correction)
        found = await known(data, filename, self.desk.now())

        def work(rows: Rows) -> Document:
            now = one_of(rows, correction)
            if any(one["sha256"] == found.sha256 for one in now["evidence"]):
                return now
            if len(now["evidence"]) >= MOST_FILES:
                raise Refused(f"paling banyak {MOST_FILES} berkas untuk satu koreksi; hapus salah satu dahulu")
            return self._amended(now, version, lambda: [*now["evidence"], found.model_dump()])

        async def unchanged() -> Document:
            return work([row])

        if await or_problem(unchanged()) is row:  # also says what is refused before anything is stored
            return row
        async with self.files.offered(data, found.added_at) as offer:
            found.id = offer.id

            async def settle(session: Session) -> None:
                await self.files.settle(offer.id, session)

            change = Change(employee_id, row["date"], work, settle)
            after = await or_problem(self.desk.corrections.work(change))
            offer.listed = any(one["id"] == offer.id for one in after["evidence"])
        return after

    async def take_away(self, employee_id: str, correction: str, evidence: str, version: int) -> Document:
        """The correction without the file. Raises Problem 404, 409 and 412."""
        row = await self.desk.own(employee_id, correction)
        listed(row, evidence)

        def work(rows: Rows) -> Document:
            now = one_of(rows, correction)
            return self._amended(now, version, lambda: [one for one in now["evidence"] if one["id"] != evidence])

        async def release(session: Session) -> None:
            await self.files.release(evidence, self.desk.now(), session)

        after = await or_problem(self.desk.corrections.work(Change(employee_id, row["date"], work, release)))
        await self.files.discard(evidence)
        return after

    def _amended(self, row: Document, version: int, evidence: Callable[[], list[Document]]) -> Document:
        in_version(row, version)
        status = amendable(row["status"])
        return {**self.desk.stepped(row, status, "changed", row["employee_id"], "employee", ""), "evidence": evidence()}


def listed(row: Document, evidence: str) -> Evidence:
    """A file as its correction lists it. Raises Problem 404."""
    for one in row["evidence"]:
        if one["id"] == evidence:
            return Evidence.model_validate(one)
    raise of_status(404)
