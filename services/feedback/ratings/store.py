"""Codes in MongoDB, by their hash. What was issued to whom is forgotten the moment a code is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from pymongo import ReturnDocument

from kit.mongo import DURABLE, TRIES, Client, Database, Document, Session, in_transaction
from kit.writes import Writes
from services.feedback.ratings import codes
from services.feedback.ratings.guard import Unknown

CODES, REFERENCES, ISSUED = "codes", "references", "codes_issued"
KEPT = timedelta(days=7)  # how long a code that has run out is told so


class Expired(Exception):  # noqa: N818 - told to whoever comes too late
    """The code has run out."""


class Used(Exception):  # noqa: N818 - told to whoever comes second
    """The code was used already."""


class ReferenceUsed(Exception):  # noqa: N818 - as above
    """There was a code for this transaction today."""


class TooMany(Exception):  # noqa: N818 - as above
    """The employee has issued as many as an hour allows; `seconds` until the next."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Subject:
    """What a code is for. On paper it is nobody's."""

    service_id: str
    unit_id: str
    counter: str | None
    employee_id: str | None = None


class Codes:
    """The codes of all services."""

    def __init__(self, client: Client, db: Database) -> None:
        self._client = client
        self._codes = db.get_collection(CODES, write_concern=DURABLE)
        self._references = db.get_collection(REFERENCES, write_concern=DURABLE)
        self._issued = db.get_collection(ISSUED, write_concern=DURABLE)

    async def setup(self) -> None:
        """Indexes, by which MongoDB removes what has run out. Idempotent."""
        kept = int(KEPT.total_seconds())
        await self._codes.create_index("expires_at", expireAfterSeconds=kept, name="purge")
        for rows in (self._references, self._issued):
            await rows.create_index("expires_at", expireAfterSeconds=0, name="purge")

    async def issue(
        self,
        code: str,
        subject: Subject,
        expires_at: datetime,
        reference: str | None,
        on: date,
        now: datetime,
        most: int,
    ) -> None:
        """A code of an employee, on the local day `on`. Raises ReferenceUsed, and TooMany above `most` an hour."""

        async def write(session: Session) -> None:
            if reference is not None:
                await self._note(subject.service_id, reference, on, session)
            await self._count(str(subject.employee_id), now, most, session)
            await self._codes.insert_one(_row(code, subject, expires_at), session=session)

        # Again when the same transaction, or the hour's first two, come at once: the other one's is there then.
        return await in_transaction(self._client, write, tries=TRIES)

    async def issue_many(self, many: Sequence[str], subject: Subject, expires_at: datetime) -> None:
        """Codes for paper."""
        await self._codes.insert_many([_row(code, subject, expires_at) for code in many])

    async def look(self, code: str, now: datetime) -> Document:
        """A code that may be used. Raises Unknown, Expired, Used."""
        return _usable(await self._codes.find_one({"_id": codes.digest(code)}), now)

    async def use(self, many: Sequence[str], now: datetime, writes: Writes) -> list[Document | Exception]:
        """Codes as they were, or why not (Unknown, Expired, Used); with these writes they are used and say no more. Of
        two at once one is done again and finds it used; of one that stands here twice the first counts."""
        digests = [codes.digest(code) for code in many]
        found = self._codes.find({"_id": {"$in": digests}}, session=writes.session)
        rows: dict[str, Document] = {row["_id"]: row for row in await found.to_list(None)}
        out: list[Document | Exception] = []
        for digest in digests:
            try:
                row = _usable(rows.get(digest), now)
            except (Unknown, Expired, Used) as late:
                out.append(late)
                continue
            # Without the instant: when it was issued says who was served.
            day = datetime.combine(row["expires_at"].date() + timedelta(days=1), time(), UTC)
            rows[digest] = {"_id": digest, "used": True, "expires_at": day}
            writes.replace(self._codes, rows[digest])
            out.append(row)
        return out

    async def _note(self, service_id: str, reference: str, on: date, session: Session) -> None:
        identity = sha256("\n".join((service_id, str(on), reference.upper())).encode()).hexdigest()
        if await self._references.find_one({"_id": identity}, session=session):
            raise ReferenceUsed
        ends = datetime.combine(on + timedelta(days=2), time(), UTC)
        await self._references.insert_one({"_id": identity, "expires_at": ends}, session=session)

    async def _count(self, employee_id: str, now: datetime, most: int, session: Session) -> None:
        hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        ends = hour + timedelta(hours=1)
        row: Document = await self._issued.find_one_and_update(
            {"_id": f"{employee_id}|{hour:%Y-%m-%dT%H}"},
            {"$inc": {"codes": 1}, "$set": {"expires_at": ends}},
            upsert=True,
            return_document=ReturnDocument.AFTER,
            session=session,
        )
        if row["codes"] > most:
            raise TooMany(max(1, int((ends - now).total_seconds()) + 1))


def _row(code: str, subject: Subject, expires_at: datetime) -> Document:
    return {
        "_id": codes.digest(code),
        "used": False,
        "expires_at": expires_at,
        "service_id": subject.service_id,
        "unit_id": subject.unit_id,
        "counter": subject.counter,
        "employee_id": subject.employee_id,
    }


def _usable(row: Document | None, now: datetime) -> Document:
    if row is None:
        raise Unknown
    if row["used"]:
        raise Used
    if row["expires_at"] <= now:
        raise Expired
    return row
