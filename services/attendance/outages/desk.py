"""Takes what is told of outages and decided about them: durable when it returns. A decision is carried out afterwards
(deciding.py), a piece at a time, because it may be about thousands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from kit.access import Principal
from kit.idempotency import Answer, Attempt
from kit.mongo import TRIES, Client, Document, Session, as_kept, in_transaction
from kit.problems import FieldError, Problem, of_status
from services.attendance.devices.registry import Registry
from services.attendance.outages.models import NewOutage, OutageDecision
from services.attendance.outages.rules import OutageRules
from services.attendance.outages.store import MOST_CASES, Outages, new_outage
from services.attendance.outages.views import decision_view
from services.attendance.schedules.clock import instant, zone_of


@dataclass(frozen=True)
class Desk:
    """On the outages and the terminals."""

    client: Client
    outages: Outages
    registry: Registry
    rules: OutageRules
    clock: Callable[[], datetime]

    async def tell(self, sent: NewOutage, by: Principal, attempt: Attempt) -> Answer:
        """An outage the personnel agency knows of. Raises Problem 422 naming what does not fit."""
        now = as_kept(self.clock())
        site_id, since, until = self._place(sent, now)
        identity = str(uuid4())
        fields: Document = {
            "_id": identity,
            "scope": sent.scope,
            "signal": "told",
            "nature": sent.nature,
            "site_id": site_id,
            "serial": sent.serial,
            "since": since,
            "until": until,
            "detail": TOLD[sent.nature],
            "reason": sent.reason,
            "evidence": sent.evidence,
            "rule": self.rules.at(since).id,
        }
        row = new_outage(fields, {"at": now, "what": "told", "by": by.employee_id})
        answer = Answer(201, b'{"id":"%s"}' % identity.encode())

        async def work(session: Session) -> None:
            await self.outages.rows.insert_one(row, session=session)
            await attempt.finish(answer, session)

        await in_transaction(self.client, work, tries=TRIES)
        return answer

    async def decide(
        self, outage_id: str, sent: OutageDecision, version: int, by: Principal, attempt: Attempt
    ) -> Answer:
        """Excuse or refuse cases that are pending now. Raises Problem 404, 409 (nothing to decide), 412, 422."""
        row = await self.found(outage_id)
        check_version(row, version)
        pending = {(who, str(day)): None for who, day, _ in await self.outages.pending(outage_id)}
        # Nobody decides about themselves: that is left to another account.
        theirs = [key for key in pending if key[0] != by.employee_id]
        if sent.cases is None:
            chosen = theirs
        else:
            wanted = dict.fromkeys((one.employee_id, str(one.day)) for one in sent.cases)
            wrong = [key for key in wanted if key[0] == by.employee_id]
            if wrong:
                why = "ketidakhadiran Anda sendiri diputus akun lain"
                raise of_status(422, errors=[FieldError("/body/cases", why)])
            chosen = [key for key in wanted if key in pending]
        if not chosen:
            raise Problem(
                409,
                "nothing-to-decide",
                "Tidak ada yang menunggu keputusan",
                "Muat ulang daftarnya: sudah diputus, sudah tidak terdampak, atau hanya tentang Anda sendiri.",
            )
        decision: Document = {
            "_id": str(uuid4()),
            "outage_id": outage_id,
            "outcome": sent.outcome,
            "note": sent.note,
            "by": by.employee_id,
            "at": as_kept(self.clock()),
            "cases": ["|".join(key) for key in chosen[:MOST_CASES]],
            "total": len(chosen[:MOST_CASES]),
            "done": 0,
            "applied": 0,
            "skipped": [],
            "running": True,
        }
        answer = Answer.of(decision_view(decision), 202)

        async def work(session: Session) -> None:
            await self._raise(outage_id, version, session)
            await self.outages.decisions.insert_one(decision, session=session)
            await attempt.finish(answer, session)

        await in_transaction(self.client, work, tries=TRIES)
        return answer

    async def found(self, outage_id: str) -> Document:
        """An outage. Raises Problem 404."""
        row = await self.outages.one(outage_id)
        if row is None:
            raise of_status(404)
        return row

    async def _raise(self, outage_id: str, version: int, session: Session) -> None:
        """Two who decide at once meet here: the later one is told to look again."""
        done = await self.outages.rows.update_one(
            {"_id": outage_id, "version": version}, {"$inc": {"version": 1}}, session=session
        )
        if not done.modified_count:
            raise stale()

    def _place(self, sent: NewOutage, now: datetime) -> tuple[str | None, datetime, datetime]:
        """Where it was, and from when to when. Raises Problem 422 with every wrong field."""
        errors = []
        site_id = sent.site_id
        if sent.scope == "site" and sent.site_id not in self.registry.sites:
            errors.append(FieldError("/body/site_id", "lokasi ini tidak ada"))
        if sent.scope == "terminal":
            terminal = self.registry.get(sent.serial or "")
            if terminal is None or terminal.device.site_id is None:
                errors.append(FieldError("/body/serial", "mesin ini tidak ada, atau belum mempunyai lokasi"))
            else:
                site_id = terminal.device.site_id
        site = self.registry.sites.get(site_id or "")
        zone = (zone_of(site.zone) if site else None) or self.rules.zone
        since, until = _instant(sent.since, zone), _instant(sent.until, zone)
        if since.astimezone(self.rules.zone).date() < self.rules.table.since:
            errors.append(FieldError("/body/since", f"aturan gangguan baru ada sejak {self.rules.table.since}"))
        if until > now:
            errors.append(FieldError("/body/until", "isi setelah gangguan selesai"))
        if errors:
            raise of_status(422, errors=errors)
        return site_id, since, until


TOLD = {"down": "Presensi tidak dapat dilakukan", "slow": "Presensi terlambat terbaca"}


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    return instant(wall.date(), wall.hour * 60 + wall.minute, zone)


def check_version(row: Document, version: int) -> None:
    """Raises Problem 412 when an outage is another than the one that was looked at."""
    if row["version"] != version:
        raise stale()


def stale() -> Problem:
    """Somebody else has decided, or it has ended, meanwhile."""
    return Problem(
        412,
        "outage-changed",
        "Gangguan sudah berubah",
        "Gangguan ini berakhir atau diputus akun lain sejak Anda melihatnya. Muat ulang, lalu putuskan lagi.",
    )
