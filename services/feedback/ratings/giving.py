"""A rating is given: code, counts, event, what is held for the employee and the text, in one transaction (ADR 21).

Nothing that is stored here says which code, when, or by whom. What is held for an employee is released together, by a
timer at an instant nobody knows: were it released by the rating that makes up the group, who sees a service's counts
move at the same instant would know that one.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from secrets import randbelow
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from contracts.events.feedback import OfficerRated, ServiceRated
from kit.dated import Dated
from kit.journal import Fact, Journal
from kit.mongo import DURABLE, Client, Database, Document, Session, in_transaction
from kit.timers import Timer, Timers
from services.feedback.ratings import rules
from services.feedback.ratings.models import Rating
from services.feedback.ratings.rules import Held, Mean, RatingsRule
from services.feedback.ratings.store import Codes
from services.feedback.ratings.texts import Texts

SERVICE_DAYS, SERVICE_SUMS = "service_days", "service_sums"
HELD, OFFICERS, OFFICER_DAYS = "held", "officers", "officer_days"
RELEASE = "officer-release"
TRIES = 3


class Ratings:
    """The ratings of all services. `release_seconds` replaces the rule's time where a system is tried out. `timers` are
    to be run by some process."""

    def __init__(
        self,
        client: Client,
        db: Database,
        journal: Journal,
        codes: Codes,
        texts: Texts,
        rule: Dated[RatingsRule],
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        release_seconds: int | None,
    ) -> None:
        self.timers = Timers(client, db, {RELEASE: self.release}, clock=clock)
        self._client = client
        self._days = db.get_collection(SERVICE_DAYS, write_concern=DURABLE)
        self._sums = db.get_collection(SERVICE_SUMS, write_concern=DURABLE)
        self._held = db.get_collection(HELD, write_concern=DURABLE)
        self._officers = db.get_collection(OFFICERS, write_concern=DURABLE)
        self._officer_days = db.get_collection(OFFICER_DAYS, write_concern=DURABLE)
        self._journal, self._codes, self._texts = journal, codes, texts
        self._rule, self._zone, self._clock = rule, zone, clock
        self._release_seconds = release_seconds

    async def setup(self) -> None:
        """Indexes; a transaction cannot make collections. Idempotent."""
        await self.timers.setup()
        await self._days.create_index([("unit_id", 1), ("date", 1)], name="of_unit")
        await self._sums.create_index("unit_id", name="of_unit")
        await self._held.create_index("employee_id", name="of_employee")
        await self._officers.create_index("held", name="held")
        await self._officer_days.create_index([("employee_id", 1), ("date", 1)], name="own")

    async def give(self, sent: Rating) -> Document:
        """Durable when it returns the code as it was. Raises Unknown, Expired, Used."""

        async def write(session: Session) -> Document:
            now = self._clock()
            today = now.astimezone(self._zone).date()
            rule = self._rule.on(today)
            code = await self._codes.use(sent.code, now, session)
            await self._counted(code, sent, today, now, session)
            if code["employee_id"] is not None:
                await self._hold(code, sent.stars, now, rule, session)
            if sent.text:
                await self._texts.keep(sent.text, code, today, rule, session)
            return code

        for _ in range(TRIES - 1):
            try:
                return await in_transaction(self._client, write)
            except DuplicateKeyError:
                continue  # the first two of a day at once: begun again, the other one's is there
        return await in_transaction(self._client, write)

    async def release(self, timer: Timer, session: Session) -> None:
        """All that is held for an employee, said together; nothing while that is too little (the rule was changed)."""
        employee, now = timer.key, self._clock()
        today = now.astimezone(self._zone).date()
        rule = self._rule.on(today)
        rows: list[Document] = await self._held.find({"employee_id": employee}, session=session).to_list(None)
        held = [Held(row["service_id"], row["stars"]) for row in rows]
        more = rules.released(held, await self._means({one.service_id for one in held}, session), rule.minimum_group)
        if more is None:
            await self._officers.update_one({"_id": employee}, {"$set": {"due": False}}, session=session)
            return
        await self._held.delete_many({"_id": {"$in": [row["_id"] for row in rows]}}, session=session)
        await self._officers.delete_one({"_id": employee}, session=session)
        await self._officer_rated(employee, today, more, rule, now, session)

    async def _counted(self, code: Document, sent: Rating, today: date, now: datetime, session: Session) -> None:
        service, unit, more = code["service_id"], code["unit_id"], rules.counts([sent.stars])
        tapped = {f"reasons.{reason}": 1 for reason in sent.reasons}
        row = await _raised(
            self._days,
            f"{service}|{today}",
            {"service_id": service, "unit_id": unit, "date": str(today)},
            {"version": 1, **more, **tapped},
            session,
        )
        sums = {"ratings": 1, "stars": sent.stars}
        await _raised(self._sums, service, {"unit_id": unit}, sums, session)
        at = _hour(now)
        event = ServiceRated(
            service_id=service, unit_id=unit, local_date=today, version=row["version"], rated_at=at, **_counts(row)
        )
        fact = Fact.of(event, event_id=f"service|{row['_id']}|{row['version']}", key=service, time=at)
        await self._journal.append([fact], session=session)

    async def _hold(self, code: Document, stars: int, now: datetime, rule: RatingsRule, session: Session) -> None:
        employee = code["employee_id"]
        row = {"_id": str(uuid4()), "employee_id": employee, "service_id": code["service_id"], "stars": stars}
        await self._held.insert_one(row, session=session)
        # Two at once for one employee meet here, so that neither overlooks the other.
        officer = await _raised(self._officers, employee, {}, {"held": 1}, session)
        if officer["held"] >= rule.minimum_group and not officer.get("due"):
            await self._officers.update_one({"_id": employee}, {"$set": {"due": True}}, session=session)
            within = rule.release_minutes * 60 if self._release_seconds is None else self._release_seconds
            due = now + timedelta(seconds=randbelow(within + 1))
            await self.timers.set(RELEASE, employee, due, {}, session)

    async def _means(self, services: set[str], session: Session) -> dict[str, Mean]:
        found = self._sums.find({"_id": {"$in": sorted(services)}}, session=session)
        return {row["_id"]: Mean(row["ratings"], row["stars"]) async for row in found}

    async def _officer_rated(
        self, employee: str, today: date, more: dict[str, int], rule: RatingsRule, now: datetime, session: Session
    ) -> None:
        told = {"employee_id": employee, "date": str(today), "rule": rule.id}
        row = await _raised(self._officer_days, f"{employee}|{today}", told, {"version": 1, **more}, session)
        at = _hour(now)
        event = OfficerRated(
            employee_id=employee,
            local_date=today,
            version=row["version"],
            expected_milli=row["expected_milli"],
            rule=rule.id,
            released_at=at,
            **_counts(row),
        )
        fact = Fact.of(event, event_id=f"officer|{row['_id']}|{row['version']}", key=employee, time=at)
        await self._journal.append([fact], session=session)


async def _raised(rows: Any, identity: str, told: Document, more: dict[str, int], session: Session) -> Document:
    found: Document = await rows.find_one_and_update(
        {"_id": identity},
        {"$inc": more, **({"$set": told} if told else {})},
        upsert=True,
        return_document=ReturnDocument.AFTER,
        session=session,
    )
    return found


def _counts(row: Document) -> dict[str, int]:
    return {name: row[name] for name in ("ratings", "stars", *rules.STARS)}


def _hour(now: datetime) -> datetime:
    """What is published says no instant: who was served when is seen on the spot."""
    return now.replace(minute=0, second=0, microsecond=0)
