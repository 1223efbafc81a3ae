"""Takes what is asked of corrections: by the rules, durable when it returns."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from kit.dated import Dated, NoRule
from kit.etags import tag
from kit.idempotency import Answer, Command
from kit.mongo import Document, as_kept
from kit.problems import FieldError, Problem, of_status
from services.attendance.checkins.people import People, workplace
from services.attendance.closings.closed import ClosedDays
from services.attendance.closings.store import Closings
from services.attendance.corrections import rules
from services.attendance.corrections.models import (
    ChosenCorrection,
    Claim,
    CorrectionDecision,
    DecidedCorrection,
    NewCorrection,
    Side,
    Status,
)
from services.attendance.corrections.rules import Circumstances, CorrectionRule, Decider, Refused, Wrong
from services.attendance.corrections.store import Change, Corrections, Rows
from services.attendance.corrections.views import answered
from services.attendance.devices.registry import Registry
from services.attendance.schedules.clock import zone_of

Deciding = Callable[[Document], Decider | None]
"""As what an account decides about a correction (rules.decider)."""


@dataclass(frozen=True, slots=True)
class Desk:
    """`zone` is the agency's: by its day the superior's time is over. `closings` say which days are closed."""

    corrections: Corrections
    people: People
    registry: Registry
    table: Dated[CorrectionRule]
    zone: ZoneInfo
    clock: Callable[[], datetime]
    closings: Closings

    async def ask(self, employee_id: str, sent: NewCorrection, command: Command) -> Answer:
        """A new correction; the answer is stored with it, for the same command sent again."""
        place = await self._place(employee_id, sent, sent.date)
        rule, now, identity = self.rule_of(sent.date), self.now(), str(uuid4())

        def work(others: Rows) -> Document:
            rules.check(sent, sent.date, self._circumstances(place, rule, others))
            return {
                "_id": identity,
                "employee_id": employee_id,
                "date": str(sent.date),
                **_content(sent, sent.date, place, rule),
                "status": "waiting",
                "superior_until": str(rules.superior_until(sent.date, rule)),
                "rule": rule.id,
                "version": 1,
                "asked_at": now,
                "steps": [],
                "evidence": [],
            }

        def answer(row: Document) -> Answer:
            return answered(row, self.registry)

        change = Change(employee_id, str(sent.date), work, command=command, answer=answer)
        return answer(await or_problem(self.corrections.work(change)))

    async def change(self, employee_id: str, identity: str, sent: Claim, version: int) -> Document:
        """The correction as it should be, waiting again. Raises Problem 412 when it is in another version."""
        row = await self.own(employee_id, identity)
        day = date.fromisoformat(row["date"])
        place, rule = await self._place(employee_id, sent, day), self.rule_of(day)

        def work(rows: Rows) -> Document:
            found = in_version(one_of(rows, identity), version)
            status = rules.changed(found["status"])
            rules.check(sent, day, self._circumstances(place, rule, [one for one in rows if one is not found]))
            after = self.stepped(found, status, "changed", employee_id, "employee", "")
            return {**after, **_content(sent, day, place, rule)}

        return await or_problem(self.corrections.work(Change(employee_id, row["date"], work)))

    async def withdraw(self, employee_id: str, identity: str, version: int) -> Document:
        """Take a correction back that was not decided yet. It stays visible and counts nowhere."""
        row = await self.own(employee_id, identity)

        def work(rows: Rows) -> Document:
            found = in_version(one_of(rows, identity), version)
            return self.stepped(found, rules.withdrawn(found["status"]), "withdrawn", employee_id, "employee", "")

        return await or_problem(self.corrections.work(Change(employee_id, row["date"], work)))

    async def decide(
        self, sent: CorrectionDecision, by: str | None, authority: Callable[[set[str]], Awaitable[Deciding]]
    ) -> list[DecidedCorrection]:
        """Each by itself: what cannot be decided is said and leaves the others alone. `authority` tells, for the people
        these are about, as what the account decides about each."""
        known = await self.corrections.some({one.id for one in sent.corrections})
        deciding, closed = await authority({row["employee_id"] for row in known.values()}), await self.closings.closed()
        asked = (self._decide(known.get(one.id), one, sent, by, deciding, closed) for one in sent.corrections)
        return await asyncio.gather(*asked)

    async def _decide(
        self,
        row: Document | None,
        chosen: ChosenCorrection,
        sent: CorrectionDecision,
        by: str | None,
        side_of: Deciding,
        closed: ClosedDays,
    ) -> DecidedCorrection:
        try:
            if row is not None and row["employee_id"] == by:
                raise Refused("koreksi Anda sendiri diputus oleh orang lain")
            side = side_of(row) if row is not None else None
            if row is None or side is None:
                raise Refused("koreksi ini tidak ada, atau bukan wewenang Anda")
            day = date.fromisoformat(row["date"])

            def work(rows: Rows) -> Document:
                found = one_of(rows, chosen.id)
                status = rules.decided(found, sent.outcome, closed.since(day), side)
                if found["version"] != chosen.version:
                    raise Refused("koreksi ini diubah sejak Anda melihatnya; periksa isinya, lalu putuskan lagi")
                return self.stepped(found, status, sent.outcome, by, side, sent.words or "")

            after = await self.corrections.work(Change(row["employee_id"], row["date"], work))
        except Refused as refused:
            return DecidedCorrection(id=chosen.id, refused=_sentence(str(refused)))
        return DecidedCorrection(id=chosen.id, status=after["status"])

    async def revoke(self, identity: str, version: int, words: str, by: str | None) -> Document:
        """Take an approved correction back: from now on the day is as if it had not been approved."""
        row = await self.corrections.one(identity)
        if row is None:
            raise of_status(404)

        def work(rows: Rows) -> Document:
            found = in_version(one_of(rows, identity), version)
            if found["employee_id"] == by:
                raise Refused("koreksi Anda sendiri dicabut oleh orang lain")
            status = rules.revoked(found["status"])
            return self.stepped(found, status, "revoked", by, "agency", words)

        return await or_problem(self.corrections.work(Change(row["employee_id"], row["date"], work)))

    async def own(self, employee_id: str, identity: str) -> Document:
        """Somebody's correction. Raises Problem 404."""
        row = await self.corrections.one(identity)
        if row is None or row["employee_id"] != employee_id:
            raise of_status(404)
        return row

    def rule_of(self, day: date) -> CorrectionRule:
        """The rule in force on a date. Raises Problem 422 for one before all rules."""
        try:
            return self.table.on(day)
        except NoRule:
            raise problem(Refused(wrong=[Wrong("date", "belum ada aturan koreksi untuk tanggal ini")])) from None

    def now(self) -> datetime:
        """As exactly as the database keeps it."""
        return as_kept(self.clock().astimezone(UTC))

    def today(self) -> date:
        """By the agency's clock."""
        return self.clock().astimezone(self.zone).date()

    def stepped(self, row: Document, status: Status, what: str, by: str | None, side: Side, words: str) -> Document:
        """The correction in its next version, with what happened to it."""
        step = {"at": self.now(), "what": what, "by": by, "side": side, "words": words}
        return {**row, "status": status, "version": row["version"] + 1, "steps": [*row["steps"], step]}

    async def _place(self, employee_id: str, sent: Claim, day: date) -> tuple[str | None, ZoneInfo, bool]:
        """The site of a claim, its zone, and whether it is known. A status has the zone of the workplace."""
        person = await self.people.one(employee_id)
        if person is None:
            raise of_status(404)
        identity = sent.site_id or workplace(person, day)
        site = self.registry.sites.get(identity) if identity else None
        if site is None:
            return None, self.zone, sent.what != "punch"
        return site.site_id, zone_of(site.zone) or self.zone, True

    def _circumstances(
        self, place: tuple[str | None, ZoneInfo, bool], rule: CorrectionRule, others: Rows
    ) -> Circumstances:
        return Circumstances(self.now(), place[1], rule, place[2], others)


def _content(sent: Claim, day: date, place: tuple[str | None, ZoneInfo, bool], rule: CorrectionRule) -> Document:
    return {
        "what": sent.what,
        "direction": sent.direction,
        **rules.moments(sent, day, place[1])._asdict(),
        "site_id": place[0] if sent.what == "punch" else None,
        "zone": place[1].key,
        "reason": sent.reason,
        "needs_evidence": sent.what in rule.needs_evidence,
    }


def one_of(rows: Rows, identity: str) -> Document:
    """The correction among those of its date."""
    return next(one for one in rows if one["_id"] == identity)


def in_version(row: Document, version: int) -> Document:
    """The correction. Raises Problem 412 when it is not in the version an edit was made from."""
    if row["version"] != version:
        raise Problem(
            412,
            "correction-changed",
            "Koreksi sudah berubah",
            f"Anda mengubah versi {version}, sekarang versi {row['version']}. Muat ulang, lalu ulangi.",
            headers={"ETag": tag(row["version"])},
        )
    return row


async def or_problem(working: Awaitable[Document]) -> Document:
    """What was worked out. Raises Problem where it was refused."""
    try:
        return await working
    except Refused as refused:
        raise problem(refused) from None


def problem(refused: Refused) -> Problem:
    """422 with every wrong field, or 409."""
    if refused.wrong:
        return of_status(422, errors=[FieldError(f"/body/{one.field}", one.why) for one in refused.wrong])
    return Problem(409, "correction-not-possible", "Langkah ini tidak dapat dilakukan", _sentence(str(refused)))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
