"""Adds files of letters to a request and takes them away: whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.access import Principal
from kit.evidence.models import Evidence
from kit.evidence.receiving import known
from kit.evidence.rules import MOST_FILES
from kit.evidence.store import Files
from kit.mongo import Document, Session
from kit.problems import of_status
from services.attendance.leave import course
from services.attendance.leave.course import Change, Refused
from services.attendance.leave.desk import Desk, in_version, own_of, said
from services.attendance.leave.models import LeaveView
from services.attendance.leave.store import Held
from services.attendance.leave.views import view


@dataclass(frozen=True, slots=True)
class LetterDesk:
    """Over the desk of leave."""

    desk: Desk
    files: Files

    async def add(
        self, employee_id: str, leave: str, data: bytes, filename: str, asking: Principal, version: int
    ) -> LeaveView:
        """The request with the file. The same content twice is one file: sent again, the request is answered as it is.
        Raises Problem 422 for what is no letter, 403, 404, 409 and 412."""
        row, by = await self._amendable(employee_id, leave, asking), self.desk.by(asking)
        found = await known(data, filename, by.at)

        def work(held: Held) -> Change:
            now = own_of(held, leave, employee_id)
            letters = letters_of(now)
            if any(one["sha256"] == found.sha256 for one in letters):
                return Change(now)
            in_version(now, version)
            if len(letters) >= MOST_FILES:
                raise Refused(f"paling banyak {MOST_FILES} berkas untuk satu permintaan; hapus salah satu dahulu")
            return course.amended(now, [*letters, found.model_dump()], by)

        with said():  # what is refused is said before anything is stored
            if work(Held((), [row])).request is row:
                return view(row)
        async with self.files.offered(data, found.added_at) as offer:
            found.id = offer.id

            async def settle(session: Session) -> None:
                await self.files.settle(offer.id, session)

            after = await self.desk.work(employee_id, work, by, leave, settle)
            offer.listed = any(one["id"] == offer.id for one in letters_of(after))
        return view(after)

    async def take_away(self, employee_id: str, leave: str, file: str, asking: Principal, version: int) -> LeaveView:
        """The request without the file. Raises Problem 403, 404, 409 and 412."""
        row, by = await self._amendable(employee_id, leave, asking), self.desk.by(asking)
        listed(row, file)

        def work(held: Held) -> Change:
            now = in_version(own_of(held, leave, employee_id), version)
            return course.amended(now, [one for one in letters_of(now) if one["id"] != file], by)

        async def release(session: Session) -> None:
            await self.files.release(file, by.at, session)

        after = await self.desk.work(employee_id, work, by, leave, release)
        await self.files.discard(file)
        return view(after)

    async def _amendable(self, employee_id: str, leave: str, asking: Principal) -> Document:
        """Somebody's request. The personnel agency reads all of them, but has a hand only in those it recorded."""
        row = await self.desk.own(employee_id, leave)
        if asking.employee_id != employee_id and not row["paper"]:
            raise of_status(403)
        return row


def letters_of(row: Document) -> Sequence[Document]:
    """The files it lists; a request from before files were taken has none."""
    letters: Sequence[Document] = row.get("letters", ())
    return letters


def listed(row: Document, file: str) -> Evidence:
    """A file as its request lists it. Raises Problem 404."""
    for one in letters_of(row):
        if one["id"] == file:
            return Evidence.model_validate(one)
    raise of_status(404)
