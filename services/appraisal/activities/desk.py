"""Takes what employees and superiors want done with activities: by the rules, durable when it returns."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from kit.access.people import People
from kit.dated import Dated, NoRule
from kit.etags import tag
from kit.idempotency import Answer, Command
from kit.mongo import Document, as_kept
from kit.problems import FieldError, Problem, of_status
from services.appraisal.activities import rules
from services.appraisal.activities.models import (
    Activity,
    ActivityView,
    ChangedActivity,
    Decided,
    Decision,
    NewActivity,
    Status,
    TaskName,
)
from services.appraisal.activities.rules import MinutesRule, Refused
from services.appraisal.activities.store import Activities
from services.appraisal.tasks.store import Tasks


@dataclass(frozen=True, slots=True)
class Desk:
    """`zone` is the agency's: what the day is, and what time it is on it."""

    activities: Activities
    tasks: Tasks
    people: People
    minutes: Dated[MinutesRule]
    zone: ZoneInfo
    clock: Callable[[], datetime]

    async def record(self, employee_id: str, sent: NewActivity, command: Command) -> Answer:
        """A new entry; the answer is stored with it, for the same command sent again."""
        now = self.now()
        rule = self.rule_of(sent.date)
        task = await self._task(employee_id, sent, sent.date)
        identity = str(uuid4())

        def work(entries: Sequence[Document]) -> Document:
            rules.check_day(sent.date, rule, now)
            rules.check_entry(sent, sent.date, entries, now)
            return {
                "_id": identity,
                "employee_id": employee_id,
                "date": str(sent.date),
                **_content(sent, task),
                "status": "waiting",
                "due_on": str(rules.due_on(now.date(), rule)),
                "version": 1,
                "recorded_at": now,
                "steps": [],
            }

        recording = self.activities.work(
            employee_id, sent.date, rule, now, work, said=True, command=command, answer=answered
        )
        return answered(await or_problem(recording))

    async def change(self, employee_id: str, identity: str, sent: ChangedActivity, version: int) -> Document:
        """The entry as it should be, waiting again. Raises Problem 412 when it is not in `version` any more."""
        row = await self.own(employee_id, identity)
        day = date.fromisoformat(row["date"])
        task = await self._task(employee_id, sent, day)
        now = self.now()
        rule = self.rule_of(day)

        def work(entries: Sequence[Document]) -> Document:
            entry = in_version(_one(entries, identity), version)
            status = rules.changed(entry["status"], sent.reason)
            rules.check_day(day, rule, now)
            rules.check_entry(sent, day, [other for other in entries if other is not entry], now)
            before = entry["status"] == "validated"
            again = stepped(entry, status, "changed", employee_id, sent.reason or "", now)
            due = {"due_on": str(rules.due_on(now.date(), rule))} if before or entry["status"] == "returned" else {}
            return {**again, **_content(sent, task), **due}

        return await or_problem(self.activities.work(employee_id, day, rule, now, work, said=True))

    async def withdraw(self, employee_id: str, identity: str, version: int) -> Document:
        """Take an entry back that is not validated yet. It stays visible to whom it concerns and counts nowhere."""
        row = await self.own(employee_id, identity)
        day = date.fromisoformat(row["date"])
        now = self.now()

        def work(entries: Sequence[Document]) -> Document:
            entry = in_version(_one(entries, identity), version)
            return stepped(entry, rules.withdrawn(entry["status"]), "withdrawn", employee_id, "", now)

        return await or_problem(self.activities.work(employee_id, day, self.rule_of(day), now, work))

    async def decide(
        self, sent: Decision, by: str | None, led: Callable[[Collection[str]], Awaitable[Collection[str]]]
    ) -> list[Decided]:
        """Each activity by itself: what cannot be decided is said and leaves the others alone. `led` tells about which
        of some people this account decides."""
        known = await self.activities.some(sent.activities)
        people = await led({row["employee_id"] for row in known.values()})
        deciding = (self._decide_one(identity, known.get(identity), sent, by, people) for identity in sent.activities)
        return await asyncio.gather(*deciding)

    async def _decide_one(
        self, identity: str, row: Document | None, sent: Decision, by: str | None, people: Collection[str]
    ) -> Decided:
        own = row is not None and row["employee_id"] == by
        if row is None or not (own or row["employee_id"] in people):
            return Decided(id=identity, refused="Aktivitas ini tidak ada, atau bukan wewenang Anda.")
        day = date.fromisoformat(row["date"])
        now = self.now()

        def work(entries: Sequence[Document]) -> Document:
            entry = _one(entries, identity)
            status = rules.decided(entry["status"], sent.outcome, own=own)
            return stepped(entry, status, status, by, sent.words or "", now)

        try:
            entry = await self.activities.work(row["employee_id"], day, self.rule_of(day), now, work)
        except Refused as refused:
            return Decided(id=identity, status=row["status"], refused=str(refused))
        return Decided(id=identity, status=entry["status"])

    def today(self) -> date:
        """By the agency's clock."""
        return self.now().date()

    def rule_of(self, day: date) -> MinutesRule:
        """The minutes' rule in force on a day. Raises Problem 422 for a day before all rules."""
        try:
            return self.minutes.on(day)
        except NoRule:
            raise _problem(Refused("belum ada aturan menit kerja untuk tanggal ini", "date")) from None

    def now(self) -> datetime:
        """By the agency's clock, as exactly as the database keeps it."""
        return as_kept(self.clock().astimezone(self.zone))

    async def own(self, employee_id: str, identity: str) -> Document:
        """Somebody's entry. Raises Problem 404."""
        row = await self.activities.one(identity)
        if row is None or row["employee_id"] != employee_id:
            raise of_status(404)
        return row

    async def _task(self, employee_id: str, sent: Activity, day: date) -> dict[str, str] | None:
        if sent.task_id is None:
            return None
        found = await self.tasks.one(sent.task_id, day, await self.people.units(employee_id, day))
        if found is None:
            raise _problem(Refused("tugas ini tidak ada dalam katalog unit Anda pada tanggal itu", "task_id"))
        return {"id": found["_id"], "name": found["name"]}


def answered(entry: Document) -> Answer:
    """A new entry as it is answered, and answered again."""
    return Answer.of(view(entry), 201, {"ETag": tag(entry["version"])})


def view(row: Document) -> ActivityView:
    """A stored entry as it is answered."""
    span = row["span"]
    return ActivityView(
        id=row["_id"],
        employee_id=row["employee_id"],
        date=row["date"],
        start=rules.clock(span[0]).replace(".", ":") if span else None,
        end=rules.clock(span[1]).replace(".", ":") if span else None,
        minutes=row["minutes"],
        what=row["what"],
        result=row["result"],
        quantity=row["quantity"],
        unit=row["unit"],
        task=TaskName(**row["task"]) if row["task"] else None,
        status=row["status"],
        due_on=row["due_on"],
        version=row["version"],
        recorded_at=row["recorded_at"],
        steps=row["steps"],
        evidence=row.get("evidence", []),
    )


def _content(sent: Activity, task: dict[str, str] | None) -> Document:
    return {
        "span": list(sent.span) if sent.span else None,
        "minutes": sent.length,
        "what": sent.what,
        "result": sent.result,
        "quantity": str(sent.quantity) if sent.quantity is not None else None,
        "unit": sent.unit,
        "task": task,
    }


def stepped(entry: Document, status: Status, what: str, by: str | None, words: str, at: datetime) -> Document:
    """The entry in its next version, with what happened to it."""
    step: dict[str, Any] = {"at": at, "what": what, "by": by, "words": words}
    return {**entry, "status": status, "version": entry["version"] + 1, "steps": [*entry["steps"], step]}


def _one(entries: Sequence[Document], identity: str) -> Document:
    return next(one for one in entries if one["_id"] == identity)


def in_version(entry: Document, version: int) -> Document:
    """The entry. Raises Problem 412 when it is not in the version an edit was made from."""
    if entry["version"] != version:
        raise Problem(
            412,
            "activity-changed",
            "Aktivitas sudah berubah",
            f"Anda mengubah versi {version}, sekarang versi {entry['version']}. Bandingkan keduanya, lalu simpan lagi.",
            headers={"ETag": tag(entry["version"])},
        )
    return entry


async def or_problem(working: Awaitable[Document]) -> Document:
    """What was worked out. Raises Problem where it was refused."""
    try:
        return await working
    except Refused as refused:
        raise _problem(refused) from None


def _problem(refused: Refused) -> Problem:
    if refused.field:
        return of_status(422, errors=[FieldError(f"/body/{refused.field}", str(refused))])
    words = str(refused)
    return Problem(
        409, "activity-not-possible", "Langkah ini tidak dapat dilakukan", f"{words[:1].upper()}{words[1:]}."
    )
