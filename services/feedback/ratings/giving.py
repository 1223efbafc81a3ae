"""A rating is given: code, count, event, what is held of it and the text, in one transaction (ADR 21).

That a service was rated is said at once; what was said is held. Nothing that is stored here says which code, when, or
by whom. Ratings are held in groups that do not overlap, each of one employee and one service (of paper, one service),
and what a group says goes to both at once: were they released in different parts, their difference would tell single
ratings. A timer does it at an instant nobody knows: were a group released by the rating that makes it up, who sees the
service's number move at the same instant would know that one.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from secrets import randbelow
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from pymongo import ReturnDocument

from contracts.events.feedback import OfficerRated, ServiceRated
from kit.dated import Dated
from kit.gathering import together
from kit.journal import Fact, Journal
from kit.mongo import DURABLE, Client, Database, Document, Session
from kit.timers import Timer, Timers
from kit.writes import Writes
from services.feedback.ratings import rules
from services.feedback.ratings.models import Rating
from services.feedback.ratings.rules import Mean, RatingsRule
from services.feedback.ratings.store import Codes
from services.feedback.ratings.texts import Texts

SERVICE_DAYS, SERVICE_SUMS = "service_days", "service_sums"
HELD, GROUPS, OFFICER_DAYS = "held", "held_groups", "officer_days"
RELEASE = "ratings-release"
SPOKEN = ("released", "stars", *rules.STARS)


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
        self._days = db.get_collection(SERVICE_DAYS, write_concern=DURABLE)
        self._sums = db.get_collection(SERVICE_SUMS, write_concern=DURABLE)
        self._held = db.get_collection(HELD, write_concern=DURABLE)
        self._groups = db.get_collection(GROUPS, write_concern=DURABLE)
        self._officer_days = db.get_collection(OFFICER_DAYS, write_concern=DURABLE)
        self._journal, self._codes, self._texts = journal, codes, texts
        self._rule, self._zone, self._clock = rule, zone, clock
        self._release_seconds = release_seconds
        self._giving = together(client, self._write)

    async def setup(self) -> None:
        """Indexes; a transaction cannot make collections. Idempotent."""
        await self.timers.setup()
        await self._days.create_index([("unit_id", 1), ("date", 1)], name="of_unit")
        await self._sums.create_index("unit_id", name="of_unit")
        await self._held.create_index("group", name="of_group")
        await self._groups.create_index("held", name="held")
        await self._officer_days.create_index([("employee_id", 1), ("date", 1)], name="own")

    async def give(self, sent: Rating) -> Document:
        """Durable when it returns the code as it was. Raises Unknown, Expired, Used."""
        return await self._giving.put(sent)

    async def _write(self, many: Sequence[Rating], session: Session) -> list[Document | Exception]:
        now = self._clock()
        today = now.astimezone(self._zone).date()
        rule = self._rule.on(today)
        writes = Writes(session)
        used = await self._codes.use([sent.code for sent in many], now, writes)
        given = [(code, sent) for code, sent in zip(used, many, strict=True) if not isinstance(code, Exception)]
        await self._rated([code for code, _ in given], today, now, writes)
        await self._hold(given, now, rule, writes)
        for code, sent in given:
            if sent.text:
                self._texts.keep(sent.text, code, today, rule, writes)
        await writes.flush()
        return used

    async def release(self, timer: Timer, session: Session) -> None:
        """All that a group holds, said together of its service and its employee; nothing while that is too little (the
        rule was changed)."""
        now = self._clock()
        today = now.astimezone(self._zone).date()
        rule = self._rule.on(today)
        rows: list[Document] = await self._held.find({"group": timer.key}, session=session).to_list(None)
        if len(rows) < rule.minimum_group:
            await self._groups.update_one({"_id": timer.key}, {"$set": {"due": False}}, session=session)
            return
        await self._held.delete_many({"_id": {"$in": [row["_id"] for row in rows]}}, session=session)
        await self._groups.delete_one({"_id": timer.key}, session=session)
        said = rules.counts(row["stars"] for row in rows)
        ratings, of = said.pop("ratings"), rows[0]
        tapped = Counter(f"reasons.{reason}" for row in rows for reason in row["reasons"])
        grown = {"ratings": ratings, "stars": said["stars"]}
        sums = await _raised(self._sums, of["service_id"], {"unit_id": of["unit_id"]}, grown, session)
        row = await _raised(
            self._days,
            f"{of['service_id']}|{today}",
            {"service_id": of["service_id"], "unit_id": of["unit_id"], "date": str(today)},
            {"version": 1, "ratings": 0, **dict.fromkeys(SPOKEN, 0), "released": ratings, **said, **tapped},
            session,
        )
        await self._journal.append([_service_rated(row, now)], session=session)
        if of["employee_id"] is not None:
            expected = rules.expected_milli(ratings, Mean(sums["ratings"], sums["stars"]))
            more = {"ratings": ratings, **said, "expected_milli": expected}
            await self._officer_rated(of["employee_id"], today, more, rule, now, session)

    async def _rated(self, codes: Sequence[Document], today: date, now: datetime, writes: Writes) -> None:
        """Services were rated, each told of once however many ratings there are of it."""
        ratings = Counter(code["service_id"] for code in codes)
        days = {service: f"{service}|{today}" for service in ratings}
        found = self._days.find({"_id": {"$in": list(days.values())}}, session=writes.session)
        rows: dict[str, Document] = {row["_id"]: row for row in await found.to_list(None)}
        for code in codes:
            told = {"service_id": code["service_id"], "unit_id": code["unit_id"], "date": str(today)}
            key = days[code["service_id"]]
            rows[key] = rows.get(key, {"_id": key, "version": 0, "ratings": 0, **dict.fromkeys(SPOKEN, 0)}) | told
        for service, key in days.items():
            row = rows[key]
            row |= {"version": row["version"] + 1, "ratings": row["ratings"] + ratings[service]}
            writes.replace(self._days, row)
            # Without a trace: nothing that is stored tells of the request.
            self._journal.record([_service_rated(row, now)], writes, None)

    async def _hold(
        self, given: Sequence[tuple[Document, Rating]], now: datetime, rule: RatingsRule, writes: Writes
    ) -> None:
        held = Counter(_group(code) for code, _ in given)
        # Two processes at once for one group meet here, so that neither overlooks the other.
        found = self._groups.find({"_id": {"$in": list(held)}}, session=writes.session)
        groups: dict[str, Document] = {row["_id"]: row for row in await found.to_list(None)}
        for code, sent in given:
            row: Document = {"_id": str(uuid4()), "group": _group(code), "stars": sent.stars}
            row |= {"reasons": sorted(sent.reasons)}
            row |= {name: code[name] for name in ("employee_id", "service_id", "unit_id")}
            writes.insert(self._held, row)
        for key, more in held.items():
            group = groups.get(key, {"_id": key, "held": 0})
            group |= {"held": group["held"] + more}
            if group["held"] >= rule.minimum_group and not group.get("due"):
                group |= {"due": True}
                within = rule.release_minutes * 60 if self._release_seconds is None else self._release_seconds
                self.timers.set(RELEASE, key, now + timedelta(seconds=randbelow(within + 1)), {}, writes)
            writes.replace(self._groups, group)

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
            rule=rule.id,
            released_at=at,
            **{name: row[name] for name in more},
        )
        fact = Fact.of(event, event_id=f"officer|{row['_id']}|{row['version']}", key=employee, time=at)
        await self._journal.append([fact], session=session)


def _service_rated(row: Document, now: datetime) -> Fact:
    at = _hour(now)
    event = ServiceRated(
        service_id=row["service_id"],
        unit_id=row["unit_id"],
        local_date=date.fromisoformat(row["date"]),
        version=row["version"],
        rated_at=at,
        **{name: row[name] for name in ("ratings", *SPOKEN)},
    )
    return Fact.of(event, event_id=f"service|{row['_id']}|{row['version']}", key=row["service_id"], time=at)


def _group(code: Document) -> str:
    return f"{code['employee_id'] or ''}|{code['service_id']}"


async def _raised(rows: Any, identity: str, told: Document, more: dict[str, int], session: Session) -> Document:
    found: Document = await rows.find_one_and_update(
        {"_id": identity},
        {"$inc": more, **({"$set": told} if told else {})},
        upsert=True,
        return_document=ReturnDocument.AFTER,
        session=session,
    )
    return found


def _hour(now: datetime) -> datetime:
    """What is published says no instant: who was served when is seen on the spot."""
    return now.replace(minute=0, second=0, microsecond=0)
