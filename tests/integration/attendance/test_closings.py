"""Periods on a real database with the real assessor: what is open is named, figures are signed, what comes later is an
adjustment, and what was known on a date stays what it was."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest

from contracts.base import EventData
from contracts.events.attendance import PunchRecorded
from contracts.events.closings import PeriodClosed
from contracts.events.days import ClockMoved
from contracts.events.directory import EmployeeChanged
from kit.mongo import blocking, blocking_database
from kit.projector.breaker import Breaker, Limits
from kit.projector.unit import Unit
from services.attendance.closings.job import Closer
from services.attendance.days.batch import BOOKS, CLOCKS, SUFFIX
from services.attendance.days.folds import AssessedDays
from services.attendance.days.history import Knowing
from services.attendance.days.slots import SLOTS
from services.attendance.days.tables import load_tables
from services.attendance.directory.folds import employee_document
from services.attendance.receipts.signing import Signer
from services.attendance.schedules.store import KINDS
from services.attendance.schedules.writing import document
from tests.integration.attendance.conftest import Running, running, settings_for
from tests.stack.issuer import Issuer
from tests.unit.attendance.days.test_folds import of_slot
from tests.unit.attendance.making import PLACES, book, holiday
from tests.unit.attendance.receipts.making import KNOWN
from tests.unit.kit.projector.memory import Record

pytestmark = pytest.mark.integration

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 7, 3, 3, tzinfo=UTC)
ANI, BUDI, LONE, CITRA = of_slot(SLOTS[0], 4)
JUNE = {"from": "2026-06-01", "to": "2026-06-30"}
NOTHING_OPEN = {"pending_days": 0, "leave": 0, "corrections": 0, "without_schedule": 0}


def hired(who: str, superior: str | None, unit: str) -> EmployeeChanged:
    """As the directory says it. Nobody has a pattern outside the unit `bidang`."""
    post = {"post_id": f"post-{who}", "post_title": "Staf", "superior_id": superior, "site_id": PLACES[0].id}
    return EmployeeChanged.model_validate(
        {
            "employee_id": who,
            "name": who,
            "sex": "female",
            "status": "pns",
            "numbers": [{"valid_from": "2020-01-01", "number": "199001012015031001", "kind": "pns"}],
            "assignments": [{**post, "unit_id": unit, "valid_from": "2026-05-28"}],
            "changed_at": NOW,
        }
    )


STAFF = ((ANI, BUDI, "bidang"), (BUDI, None, "bidang"), (LONE, None, "lain"), (CITRA, None, "bidang"))
PEOPLE = [hired(*one) for one in STAFF]


@dataclass
class Agency:
    """The service, the assessor beside it, and accounts: Citra is of the personnel agency."""

    service: Running
    issuer: Issuer
    offsets: Any = field(default_factory=count)

    def __post_init__(self) -> None:
        parts = self.service.parts
        view = AssessedDays(load_tables(), Knowing(self.service.clock, WIB))
        client, db = blocking(parts.client), blocking_database(parts.db)
        view.setup(db, SUFFIX)
        self.unit = Unit(view, client, db, view="days_v1", suffix=SUFFIX, breaker=Breaker(Limits()))
        self.unit.claim(0)

    @property
    def closer(self) -> Closer:
        return self.service.parts.closings.closer(Signer.of(KNOWN))

    async def at(self, now: datetime) -> None:
        """Time passes, and everybody's days are assessed."""
        self.service.clock.fixed = now
        for slot in SLOTS:
            while True:
                self.fold(ClockMoved(slot=slot, until=now, book=1))
                row = await self.service.parts.db[CLOCKS + SUFFIX].find_one({"_id": slot})
                assert row is not None
                if not row["behind"]:
                    break

    def fold(self, *events: EventData) -> None:
        """The assessor hears of it."""
        records = [Record.of(one) for one in events]
        for record in records:
            record.offset, record.topic = next(self.offsets), "all"
            record.timestamp = record.offset
        self.unit.process({0: records})

    def punched(self, who: str, at: datetime) -> None:
        """A punch, whenever it was, known now."""
        day = at.astimezone(WIB).date()
        self.fold(
            PunchRecorded(
                punch_id=uuid4().hex,
                employee_id=who,
                occurred_at=at,
                local_date=day,
                zone="Asia/Jakarta",
                site_id=PLACES[0].id,
                device_id="d",
                source="terminal",
            )
        )

    async def ask(self, method: str, path: str, who: str = CITRA, status: int = 200, *roles: str, **more: Any) -> Any:
        agency = ("pegawai", "bkpsdm") if who == CITRA else ("pegawai",)
        token = self.issuer.token(*(roles or agency), employee_id=who)
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid4().hex, **more.pop("headers", {})}
        answer: httpx.Response = await self.service.api.request(method, path, headers=headers, **more)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def preview(self, first: str = "2026-06-01") -> Any:
        return await self.ask("GET", f"/closings/{first}/preview")

    async def close(self, first: str = "2026-06-01", words: str | None = "Sudah diperiksa.") -> None:
        """Ask for it, and let the worker do it."""
        seen = (await self.preview(first))["counts"]
        await self.ask("POST", "/closings", CITRA, 202, json={"first": first, "seen": seen, "words": words})
        closer = self.closer
        while await closer.step():
            pass

    async def adjustments(self, path: str = "/closings/adjustments") -> list[tuple[str, str, Any]]:
        page = await self.ask("GET", path)
        return [(one["employee_id"], each["day"], each) for one in page["items"] for each in one["adjustments"]]


@pytest.fixture
async def agency(mongo_uri: str, database_name: str) -> AsyncIterator[Agency]:
    """Everybody was absent for all of June, and it is the third of July."""
    with Issuer() as issuer:
        async with running(settings_for(mongo_uri, database_name, issuer=issuer.url)) as service:
            service.clock.fixed = NOW
            said = book(holidays=(holiday(date(2026, 6, 1)),))
            db = service.parts.db
            await db[BOOKS].insert_one({"_id": 1, "book": said.model_dump_json()})
            for kind in KINDS:
                if rows := [{"_id": row.id, **document(row)} for row in getattr(said, kind)]:
                    await db[kind].insert_many(rows)
            await db["sites"].insert_many([{"_id": one.id, "name": one.id, "zone": one.zone} for one in PLACES])
            await db["units"].insert_many(
                [
                    {"_id": name, "versions": [one.model_dump(mode="json") for one in held]}
                    for name, held in said.units.items()
                ]
            )
            await db["employees"].insert_many([employee_document(one) for one in PEOPLE])
            await service.parts.registry.load()
            await service.parts.receipts.keys.use(Signer.of(KNOWN), NOW)
            found = Agency(service, issuer)
            found.fold(ClockMoved(slot=SLOTS[0], until=datetime(2026, 5, 1, tzinfo=UTC), book=1))
            found.fold(*PEOPLE)
            await found.at(NOW)
            yield found


async def test_what_is_open_is_named_and_closing_over_it_needs_a_reason(agency: Agency) -> None:
    claim = {"date": "2026-06-29", "what": "system_fault", "reason": "Listrik padam pagi itu."}
    await agency.ask("POST", f"/employees/{ANI}/corrections", ANI, 201, json=claim)
    found = await agency.preview()
    assert found["counts"] == {"pending_days": 0, "leave": 0, "corrections": 1, "without_schedule": 1}
    assert (found["without_schedule"], found["corrections"][0]["employee_id"]) == ([LONE], ANI)
    assert (found["ready"], found["obstacle"], found["people"]) == (True, None, 4)
    body = {"first": "2026-06-01", "seen": found["counts"]}
    short = await agency.ask("POST", "/closings", CITRA, 422, json=body)
    assert [one["pointer"] for one in short["errors"]] == ["/body/words"]
    old = {**body, "seen": NOTHING_OPEN, "words": "Tidak ada yang terbuka."}
    assert (await agency.ask("POST", "/closings", CITRA, 409, json=old))["type"] == "/problems/closing-changed"
    assert "berakhir" in (await agency.preview("2026-07-01"))["obstacle"]
    assert (await agency.ask("GET", "/closings/2026-06-02/preview", CITRA, 404))["type"] == "/problems/no-such-period"
    periods = (await agency.ask("GET", "/closings?year=2026"))["items"]
    assert [(one["first"], one["state"]) for one in periods if one["obstacle"] is None][0] == ("2026-06-01", "open")


async def test_a_period_is_closed_once_signed_and_told(agency: Agency) -> None:
    seen = (await agency.preview())["counts"]
    body = {"first": "2026-06-01", "seen": seen, "words": "Penutupan bulanan."}
    key = {"Idempotency-Key": "closed-once-or-twice"}
    first = await agency.ask("POST", "/closings", CITRA, 202, json=body, headers=key)
    assert (first["state"], first["closing"]["done"], first["closing"]["people"]) == ("closing", 0, 4)
    assert await agency.ask("POST", "/closings", CITRA, 202, json=body, headers=key) == first
    await agency.ask("POST", "/closings", CITRA, 409, json=body)
    await agency.ask("GET", "/closings/2026-06-01/verification", CITRA, 409)
    unsigned = agency.service.parts.closings.closer(None)
    while await unsigned.step():
        pass
    waits = (await agency.ask("GET", "/closings?year=2026"))["items"]
    assert next(one["closing"] for one in waits if one["closing"])["waits_for_key"], "all is stored, nothing is signed"
    racing = [agency.closer, agency.closer]
    for closer in racing:
        while await closer.step():
            pass
    events = [
        PeriodClosed.model_validate_json(fact["data"])
        for entry in await agency.service.entries()
        for fact in entry["facts"]
        if fact["type"] == PeriodClosed.TYPE
    ]
    (event,) = events
    assert (event.first, event.last, event.people, event.sequence) == (date(2026, 6, 1), date(2026, 6, 30), 4, 1)
    proof = await agency.ask("GET", "/closings/2026-06-01/verification")
    assert (proof["wrong"], proof["people"], proof["digest"]) == ([], 4, event.digest)
    figures = await agency.ask("GET", "/closings/2026-06-01/figures")
    own = {one["employee_id"]: one["figures"] for one in figures["items"]}
    assert (own[ANI]["required_days"], own[ANI]["absent_days"], own[ANI]["days"]) == (21, 21, 30)
    assert own[LONE]["days"] == 0
    assert figures["items"][0]["unit_id"] is not None


async def test_a_late_punch_is_an_adjustment_signed_with_the_next_period(agency: Agency) -> None:
    await agency.close()
    assert await agency.adjustments() == []
    before = (await agency.ask("GET", "/closings/2026-06-01/figures"))["items"]
    later = NOW + timedelta(days=7)
    agency.service.clock.fixed = later
    agency.punched(ANI, datetime(2026, 6, 3, 0, 10, tzinfo=UTC))
    agency.punched(ANI, datetime(2026, 6, 3, 9, 40, tzinfo=UTC))
    ((who, day, found),) = await agency.adjustments()
    assert (who, day, found["period"], "punches" in found["causes"]) == (ANI, "2026-06-03", "2026-06-01", True)
    assert (found["before"]["status"], found["after"]["status"]) == ("absent", "present")
    assert (found["difference"]["absent_days"], found["difference"]["present_days"]) == (-1, 1)
    assert (await agency.ask("GET", "/closings/2026-06-01/figures"))["items"] == before, "nothing closed is changed"
    assert (await agency.ask("GET", "/closings/2026-06-01/verification"))["wrong"] == []
    own = await agency.ask("GET", f"/employees/{ANI}/closings", ANI, params=JUNE)
    assert (own["items"][0]["figures"]["absent_days"], own["adjustments"][0]["signed_in"]) == (21, None)
    assert (await agency.ask("GET", f"/employees/{BUDI}/closings", BUDI, params=JUNE))["adjustments"] == []

    await agency.at(datetime(2026, 8, 4, 3, tzinfo=UTC))
    await agency.close("2026-07-01")
    assert await agency.adjustments() == []
    assert [one[:2] for one in await agency.adjustments("/closings/2026-07-01/adjustments")] == [(ANI, "2026-06-03")]
    proof = await agency.ask("GET", "/closings/2026-07-01/verification")
    assert proof["wrong"] == []
    own = await agency.ask("GET", f"/employees/{ANI}/closings", ANI, params=JUNE)
    assert [one["signed_in"] for one in own["adjustments"]] == ["2026-07-01"]
    agency.punched(ANI, datetime(2026, 6, 3, 7, 40, tzinfo=UTC))
    agency.punched(ANI, datetime(2026, 6, 4, 0, 10, tzinfo=UTC))
    assert [one[1] for one in await agency.adjustments()] == ["2026-06-04"], "only what is another than what was signed"


async def test_whatever_is_changed_behind_its_back_is_named(agency: Agency) -> None:
    await agency.close()
    people, rows = agency.service.parts.closings.closings.people, agency.service.parts.closings.closings.rows
    await people.update_one({"employee_id": ANI}, {"$inc": {"figures.absent_days": -1}})
    wrong = (await agency.ask("GET", "/closings/2026-06-01/verification"))["wrong"]
    assert ["bukan yang ditandatangani" in one for one in wrong] == [True]
    await people.update_one({"employee_id": ANI}, {"$inc": {"figures.absent_days": 1}})
    assert (await agency.ask("GET", "/closings/2026-06-01/verification"))["wrong"] == []
    await people.delete_one({"employee_id": LONE})
    assert len((await agency.ask("GET", "/closings/2026-06-01/verification"))["wrong"]) == 2
    await rows.update_one({"_id": "2026-06-01"}, {"$set": {"head.people": 3}})
    wrong = (await agency.ask("GET", "/closings/2026-06-01/verification"))["wrong"]
    assert any("Tanda tangan tidak cocok" in one for one in wrong)


async def test_leave_into_a_closed_period_is_refused_and_what_came_on_paper_is_an_adjustment(agency: Agency) -> None:
    sick = {"kind": "sick", "first": "2026-06-30", "last": "2026-06-30", "reason": "Demam tinggi.", "letter": "SKD-1"}
    await agency.close()
    refused = await agency.ask("POST", f"/employees/{ANI}/leave", ANI, 422, json=sick)
    assert any("sudah ditutup" in one["detail"] and one["pointer"] == "/body/first" for one in refused["errors"])
    paper = {**sick, "letter": "SKD-1"}
    row = await agency.ask("POST", f"/employees/{ANI}/paper-leave", CITRA, 201, json=paper)
    agency.service.clock.fixed = NOW + timedelta(days=1)
    for entry in await agency.service.entries():
        for fact in entry["facts"]:
            if fact["type"].endswith("duty.changed.v1"):
                agency.unit.process({0: [_record(fact, next(agency.offsets))]})
    ((who, day, found),) = await agency.adjustments()
    assert (who, day, found["after"]["status"], found["causes"]) == (ANI, "2026-06-30", "leave", ["excuse"])
    assert row["status"] == "approved"


async def test_as_known_on_a_date_is_answered_the_same_for_ever(agency: Agency) -> None:
    path, day = f"/employees/{ANI}/days", {"from": "2026-06-03", "to": "2026-06-03"}
    agency.service.clock.fixed = NOW + timedelta(days=7)
    on = {**day, "known_on": "2026-07-05"}
    before = await agency.ask("GET", path, ANI, params=on)
    assert [one["status"] for one in before["items"]] == ["absent"]
    agency.punched(ANI, datetime(2026, 6, 3, 0, 10, tzinfo=UTC))
    agency.punched(ANI, datetime(2026, 6, 3, 9, 40, tzinfo=UTC))
    now = await agency.ask("GET", path, ANI, params=day)
    assert [one["status"] for one in now["items"]] == ["present"]
    assert (await agency.ask("GET", path, ANI, params=on))["items"] == before["items"]
    assert (await agency.ask("GET", path, ANI, params={**day, "known_on": "2026-07-02"}))["items"] == []
    history = await agency.ask("GET", f"{path}/2026-06-03/history", ANI)
    assert [one["day"]["status"] for one in history["items"]] == ["absent", "present"]
    today = await agency.ask("GET", path, ANI, 422, params={**day, "known_on": "2026-07-10"})
    assert [one["pointer"] for one in today["errors"]] == ["/query/known_on"]


async def test_periods_are_cut_by_the_agency_and_closed_ones_stay(agency: Agency) -> None:
    found = await agency.ask("GET", "/closings/calendar")
    assert [(one["start_day"], one["shipped"]) for one in found["rows"]] == [(1, True)]
    rows = [{"valid_from": "2026-06-01", "start_day": 26, "source": "SK Wali Kota 12/2026"}]
    tag = {"If-Match": '"1"'}
    put = await agency.ask("PUT", "/closings/calendar", json={"rows": rows}, headers=tag)
    assert put["version"] == 2
    await agency.ask("PUT", "/closings/calendar", CITRA, 412, json={"rows": []}, headers=tag)
    await agency.ask("PUT", "/closings/calendar", CITRA, 428, json={"rows": []})
    await agency.close("2026-06-01")
    periods = (await agency.ask("GET", "/closings?year=2026"))["items"]
    assert [(one["first"], one["last"], one["state"]) for one in periods[1:3]] == [
        ("2026-06-01", "2026-06-25", "closed"),
        ("2026-05-01", "2026-05-31", "open"),
    ]
    wrong = await agency.ask("PUT", "/closings/calendar", CITRA, 422, json={"rows": []}, headers={"If-Match": '"2"'})
    assert [one["pointer"] for one in wrong["errors"]] == ["/body/rows"]
    middle = [*rows, {"valid_from": "2026-08-01", "start_day": 1, "source": "SK"}]
    wrong = await agency.ask(
        "PUT", "/closings/calendar", CITRA, 422, json={"rows": middle}, headers={"If-Match": '"2"'}
    )
    assert [one["pointer"] for one in wrong["errors"]] == ["/body/rows/1/valid_from"]


async def test_the_agency_closes_and_others_see_what_concerns_them(agency: Agency) -> None:
    await agency.close()
    body = {"first": "2026-07-01", "seen": NOTHING_OPEN}
    for who, roles, status in ((ANI, (), 403), (BUDI, (), 403), ("auditor", ("auditor",), 403)):
        await agency.ask("POST", "/closings", who, status, *roles, json=body)
    await agency.ask("GET", "/closings?year=2026", ANI, 403)
    await agency.ask("GET", "/closings/2026-06-01/verification", "auditor", 200, "auditor")
    path = f"/employees/{ANI}/closings"
    assert len((await agency.ask("GET", path, BUDI, params=JUNE))["items"]) == 1, "the superior"
    await agency.ask("GET", path, LONE, 403, params=JUNE)


async def test_nothing_is_closed_without_a_key_or_before_days_are_assessed(agency: Agency) -> None:
    seen = (await agency.preview())["counts"]
    body = {"first": "2026-06-01", "seen": seen, "words": "Penutupan bulanan."}
    await agency.service.parts.db[CLOCKS + SUFFIX].update_one({"_id": SLOTS[5]}, {"$set": {"behind": True}})
    early = await agency.ask("POST", "/closings", CITRA, 409, json=body)
    assert "penilaian hari" in early["detail"].lower()
    await agency.service.parts.db["receipt_keys"].delete_many({})
    assert (await agency.ask("POST", "/closings", CITRA, 409, json=body))["type"] == "/problems/closing-without-key"


def _record(fact: dict[str, Any], offset: int) -> Record:
    return Record(fact["data"], [("ce_type", fact["type"].encode())], topic="all", offset=offset, timestamp=offset)
