"""Corrections over HTTP on a real database: asked for, shown, decided, on the sheet, revoked."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from contracts.events.access import PersonViewed
from contracts.events.days import DutyChanged
from kit.evidence.store import BUCKET, LOOSE
from services.attendance.app import create
from services.attendance.parts import Parts
from services.attendance.sheets.models import Sheet
from tests.integration.attendance.conftest import Running, running, settings_for
from tests.stack.issuer import Issuer
from tests.unit.kit.files import jpeg, pdf, png

pytestmark = pytest.mark.integration

NOW = datetime(2026, 6, 3, 3, 0, tzinfo=UTC)  # Wednesday, 10.00 WIB
MONDAY = date(2026, 6, 1)
LATE = NOW + timedelta(days=6)  # 9 June: the superior had until the 8th
PERIOD = {"valid_from": "2020-01-01", "kind": "primary", "unit_id": "u", "site_id": "wib"}
SUPERIORS = {"ani": "budi", "dodi": "budi", "budi": "citra", "citra": None, "eka": "citra", "lone": None}
PUNCH = {"date": "2026-06-01", "what": "punch", "direction": "in", "at": "07:25", "reason": "Mesin di lobi mati."}
DUTY = {"date": "2026-06-01", "what": "on_duty", "reason": "Rapat di kantor gubernur."}
FAULT = {"date": "2026-06-01", "what": "system_fault", "reason": "Listrik padam pagi itu."}


@dataclass
class Office:
    """Who asks is said by employee id; citra and eka are of the personnel agency."""

    service: Running
    issuer: Issuer

    async def ask(
        self, method: str, path: str, who: str | None, *roles: str, version: int | None = None, **more: Any
    ) -> httpx.Response:
        agency = ("pegawai", "bkpsdm") if who in ("citra", "eka") else ("pegawai",)
        token = self.issuer.token(*(roles or agency), employee_id=who)
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex, **more.pop("headers", {})}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return await self.service.api.request(method, path, headers=headers, **more)

    async def claim(self, body: dict[str, Any], who: str = "ani", status: int = 201, **more: Any) -> Any:
        answer = await self.ask("POST", f"/employees/{who}/corrections", who, json=body, **more)
        self.service.clock.fixed = self.service.clock() + timedelta(seconds=1)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def prove(self, row: Any, content: bytes = b"", who: str | None = None, status: int = 201) -> Any:
        """Evidence added to a correction."""
        path = f"/employees/{row['employee_id']}/corrections/{row['id']}/evidence"
        who = who or row["employee_id"]
        more = {"content": content or png(), "params": {"filename": "bukti.png"}}
        answer = await self.ask("POST", path, who, version=row["version"], **more)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def proven(self, body: dict[str, Any], who: str = "ani") -> Any:
        return await self.prove(await self.claim(body, who))

    async def decide(self, who: str, outcome: str, *rows: Any, words: str | None = None, roles: Any = ()) -> list[Any]:
        chosen = [{"id": row["id"], "version": row["version"]} for row in rows]
        body = {"corrections": chosen, "outcome": outcome, "words": words}
        answer = await self.ask("POST", "/corrections/decisions", who, *roles, json=body)
        assert answer.status_code == 200, answer.text
        items: list[Any] = answer.json()["items"]
        return items

    async def seen(self, row: Any, who: str = "ani") -> Any:
        answer = await self.ask("GET", f"/employees/{row['employee_id']}/corrections/{row['id']}", who)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def queue(self, who: str, *roles: str) -> list[str]:
        """Whose corrections wait for an account, oldest first; its count says the same."""
        answer = await self.ask("GET", "/corrections", who, *roles)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        count = await self.ask("GET", "/corrections/waiting", who, *roles)
        assert count.json() == {"waiting": page["total"]}
        return [one["employee_id"] for one in page["items"]]

    async def sheet(self, who: str = "ani", day: date = MONDAY) -> Sheet:
        return await self.service.parts.sheets.read(who, day, day)

    async def told(self) -> list[tuple[str, date, date | None]]:
        """What the assessor is told to look at again, in order."""
        found = self.service.parts.journal.collection.find({"facts.type": DutyChanged.TYPE}).sort("_id", 1)
        events = [DutyChanged.model_validate_json(fact["data"]) async for one in found for fact in one["facts"]]
        return [(one.employee_id, one.first, one.last) for one in events]

    async def files(self) -> tuple[int, int]:
        """Files in the database, and those that no correction lists."""
        db = self.service.parts.db
        return await db[f"{BUCKET}.files"].count_documents({}), await db[LOOSE].count_documents({})


def person(who: str, above: str | None, **period: Any) -> dict[str, Any]:
    held = {**PERIOD, "post_id": f"p-{who}", "superior_id": above, **period}
    return {"_id": who, "numbers": [], "assignments": [held]}


@pytest.fixture
async def office(mongo_uri: str, database_name: str) -> AsyncIterator[Office]:
    """Ani and Dodi work under Budi, Budi under Citra, who has nobody above her; nor has Lone."""
    with Issuer() as issuer:
        async with running(settings_for(mongo_uri, database_name, issuer=issuer.url)) as service:
            service.clock.fixed = NOW
            await service.parts.db["employees"].insert_many([person(who, above) for who, above in SUPERIORS.items()])
            yield Office(service, issuer)


async def test_a_claimed_punch_is_approved_and_lies_on_the_sheet(office: Office) -> None:
    row = await office.claim(PUNCH)
    assert (row["status"], row["at"], row["zone"], row["site"]) == (
        "waiting",
        "2026-06-01T00:25:00Z",
        "Asia/Jakarta",
        {"id": "wib", "name": "wib"},
    )
    assert (row["superior_until"], row["needs_evidence"], row["version"]) == ("2026-06-08", True, 1)
    row = await office.prove(row)
    assert await office.told() == [], "what is only asked for changes no day"
    (decided,) = await office.decide("budi", "approved", row, words="Saya melihatnya datang.")
    assert decided == {"id": row["id"], "status": "approved", "refused": ""}
    (claimed,) = (await office.sheet()).claimed
    assert (claimed.day, claimed.punch.id, claimed.punch.at, claimed.punch.direction, claimed.punch.source) == (
        MONDAY,
        row["id"],
        datetime(2026, 6, 1, 0, 25, tzinfo=UTC),
        "in",
        "correction",
    )
    assert await office.told() == [("ani", MONDAY, MONDAY)]
    row = await office.seen(row)
    assert [(step["what"], step["by"], step["side"], step["words"]) for step in row["steps"]] == [
        ("changed", "ani", "employee", ""),
        ("approved", "budi", "superior", "Saya melihatnya datang."),
    ]


@pytest.mark.parametrize(
    ("body", "label", "since"),
    [
        (DUTY, "Dinas", None),
        ({**DUTY, "what": "outside_work", "since": "08:00", "until": "10:00"}, "Tugas luar kantor", 1),
        ({**FAULT, "since": "22:00", "until": "02:00"}, "Gangguan sistem presensi", 15),
    ],
)
async def test_an_approved_status_is_an_excuse(
    office: Office, body: dict[str, Any], label: str, since: int | None
) -> None:
    row = await office.proven(body)
    await office.decide("budi", "approved", row)
    (granted,) = (await office.sheet()).granted
    assert (granted.first, granted.last, granted.excuse.id) == (MONDAY, MONDAY, row["id"])
    assert (granted.excuse.kind, granted.excuse.label) == ("correction", label)
    assert granted.excuse.source == "Koreksi presensi, disetujui atasan 03-06-2026"
    assert granted.excuse.since == (None if since is None else datetime(2026, 6, 1, since, tzinfo=UTC))
    assert body["reason"] not in granted.model_dump_json()


async def test_what_is_revoked_counts_no_longer_and_stays_visible(office: Office) -> None:
    rows = [await office.proven(PUNCH), await office.proven(DUTY)]
    await office.decide("budi", "approved", *rows)
    for row in rows:
        path = f"/corrections/{row['id']}/revocation"
        body = {"words": "Rekaman kamera menunjukkan lain."}
        version = row["version"] + 1
        assert (await office.ask("POST", path, "budi", version=version, json=body)).status_code == 403
        assert (await office.ask("POST", path, "citra", json=body)).status_code == 428
        assert (await office.ask("POST", path, "citra", version=1, json=body)).status_code == 412
        assert (await office.ask("POST", path, "citra", version=version, json={})).status_code == 422
        done = await office.ask("POST", path, "citra", version=version, json=body)
        assert (done.status_code, done.json()["status"]) == (200, "revoked"), done.text
        again = await office.ask("POST", path, "citra", version=version + 1, json=body)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/correction-not-possible")
    assert (
        await office.ask("POST", "/corrections/nobody/revocation", "citra", version=1, json=body)
    ).status_code == 404
    assert await office.sheet() == Sheet()
    assert await office.told() == [("ani", MONDAY, MONDAY)] * 4
    shown = await office.ask("GET", "/employees/ani/corrections?from=2026-06-01&to=2026-06-01", "ani")
    assert [(one["status"], one["steps"][-1]["side"]) for one in shown.json()["items"]] == [("revoked", "agency")] * 2
    assert (await office.claim(PUNCH))["status"] == "waiting", "it may be claimed anew"


async def test_what_was_decided_is_listed_for_who_decides(office: Office) -> None:
    approved, rejected = await office.proven(PUNCH), await office.proven(DUTY)
    waiting = await office.claim(DUTY, "dodi")
    own = await office.proven(DUTY, "citra")
    await office.decide("budi", "approved", approved)
    await office.decide("budi", "rejected", rejected, words="Rapat itu sudah selesai pagi.")
    await office.decide("eka", "approved", own)
    path = "/corrections/decided?from=2026-06-01&to=2026-06-01"

    async def listed(who: str) -> set[tuple[str, str]]:
        page = (await office.ask("GET", path, who)).json()
        assert page["total"] == len(page["items"])
        return {(one["id"], one["status"]) for one in page["items"]}

    of_ani = {(approved["id"], "approved"), (rejected["id"], "rejected")}
    assert await listed("budi") == await listed("citra") == of_ani, "nobody's own, and not what waits"
    assert await listed("eka") == {*of_ani, (own["id"], "approved")}
    body = {"words": "Rekaman kamera menunjukkan lain."}
    revocation = f"/corrections/{approved['id']}/revocation"
    done = await office.ask("POST", revocation, "citra", version=approved["version"] + 1, json=body)
    assert done.status_code == 200, done.text
    assert (approved["id"], "revoked") in await listed("citra")
    assert (await office.ask("GET", path, "ani")).status_code == 403
    assert (await office.ask("GET", path, None, "auditor")).status_code == 403
    assert (await office.ask("GET", "/corrections/decided?from=2026-06-02&to=2026-06-30", "citra")).json()["total"] == 0
    assert (await office.ask("GET", "/corrections/decided?from=2026-06-02&to=2026-06-01", "citra")).status_code == 422
    assert waiting["status"] == "waiting"


async def test_nobody_decides_about_themselves(office: Office) -> None:
    own = await office.proven(DUTY, "citra")
    (refused,) = await office.decide("citra", "approved", own)
    assert refused["refused"] == "Koreksi Anda sendiri diputus oleh orang lain."
    assert "citra" not in await office.queue("citra")
    (taken,) = await office.decide("eka", "approved", own)
    assert taken["status"] == "approved"
    path = f"/corrections/{own['id']}/revocation"
    answer = await office.ask("POST", path, "citra", version=3, json={"words": "Saya salah."})
    assert (answer.status_code, "orang lain" in answer.json()["detail"]) == (409, True)


async def test_the_queue_goes_from_the_superior_to_the_agency_after_the_day(office: Office) -> None:
    row = await office.proven(PUNCH)
    await office.claim(DUTY, "dodi")
    alone = await office.claim(FAULT, "lone")
    assert (await office.queue("budi"), await office.queue("citra")) == (["ani", "dodi"], ["lone"])
    assert (await office.ask("GET", "/corrections", "ani")).status_code == 403
    assert (await office.ask("GET", "/corrections", None, "auditor")).status_code == 403
    assert (await office.ask("GET", "/corrections/waiting", "ani")).json() == {"waiting": 0}
    (early,) = await office.decide("eka", "approved", row)
    assert early["refused"] == "Koreksi ini diputus atasannya sampai 08-06-2026."
    (foreign,) = await office.decide("budi", "approved", alone)
    assert foreign["refused"] == "Koreksi ini tidak ada, atau bukan wewenang Anda."
    office.service.clock.fixed = LATE
    assert (await office.queue("budi"), await office.queue("citra")) == ([], ["ani", "dodi", "lone"])
    (late,) = await office.decide("budi", "approved", row)
    assert late["refused"] == "Batas waktu atasan lewat pada 08-06-2026; koreksi ini diputus BKPSDM."
    assert {one["status"] for one in await office.decide("citra", "approved", row, alone)} == {"approved"}
    assert (await office.seen(row))["steps"][-1]["side"] == "agency"


async def test_who_acts_for_the_superior_decides(office: Office) -> None:
    acting = {**PERIOD, "kind": "plh", "post_id": "p-budi", "valid_from": "2026-06-01", "valid_to": "2026-06-05"}
    await office.service.parts.db["employees"].update_one({"_id": "dodi"}, {"$push": {"assignments": acting}})
    ani, own = await office.proven(PUNCH), await office.proven(PUNCH, "dodi")
    assert await office.queue("dodi") == ["ani"]
    done, refused = await office.decide("dodi", "approved", ani, own)
    assert (done["status"], "orang lain" in refused["refused"]) == ("approved", True)


async def test_many_at_once_each_by_itself(office: Office) -> None:
    rows = [await office.proven(body, who) for who in ("ani", "dodi") for body in (PUNCH, DUTY)]
    bare = await office.claim({**PUNCH, "direction": "out", "at": "16:00"})
    strange = {"id": "nobody", "version": 1}
    items = await office.decide("budi", "approved", *rows, bare, strange)
    assert [one["status"] for one in items] == ["approved"] * 4 + [None] * 2
    assert items[4]["refused"] == "Belum ada bukti; kembalikan agar pegawai melampirkannya."
    assert len((await office.sheet()).claimed) == len((await office.sheet("dodi")).granted) == 1
    (again,) = await office.decide("budi", "rejected", rows[0], words="Sudah diputus.")
    assert "sudah disetujui" in again["refused"]
    body = {"corrections": [strange], "outcome": "rejected"}
    answer = await office.ask("POST", "/corrections/decisions", "budi", json=body)
    assert (answer.status_code, "alasannya" in answer.text) == (422, True)


async def test_two_who_decide_at_once_decide_once(office: Office) -> None:
    row = await office.proven(PUNCH)
    both = await asyncio.gather(
        *(office.decide("budi", one, row, words="Sudah diperiksa.") for one in ("approved", "rejected") * 3)
    )
    assert sorted(one["status"] or "" for (one,) in both) == ["", "", "", "", "", *{(await office.seen(row))["status"]}]
    assert len((await office.sheet()).claimed) == ((await office.seen(row))["status"] == "approved")


async def test_returned_it_is_changed_and_waits_again(office: Office) -> None:
    row = await office.proven(PUNCH)
    (done,) = await office.decide("budi", "returned", row, words="Jamnya keliru.")
    path = f"/employees/ani/corrections/{row['id']}"
    body = {key: value for key, value in PUNCH.items() if key != "date"} | {"at": "07:40"}
    assert done["status"] == "returned"
    assert (await office.ask("PUT", path, "ani", version=row["version"], json=body)).status_code == 412
    changed = await office.ask("PUT", path, "ani", version=row["version"] + 1, json=body)
    assert (changed.status_code, changed.json()["status"], changed.json()["at"]) == (
        200,
        "waiting",
        "2026-06-01T00:40:00Z",
    )
    (stale,) = await office.decide("budi", "approved", row)
    assert "diubah sejak Anda melihatnya" in stale["refused"], "what is approved is what was looked at"
    await office.decide("budi", "rejected", changed.json(), words="Tidak ada saksi.")
    after = await office.ask("PUT", path, "ani", version=changed.json()["version"] + 1, json=body)
    assert (after.status_code, "sudah ditolak" in after.json()["detail"]) == (409, True)
    assert await office.sheet() == Sheet()


async def test_withdrawn_it_counts_nowhere(office: Office) -> None:
    row = await office.proven(PUNCH)
    path = f"/employees/ani/corrections/{row['id']}"
    assert (await office.ask("DELETE", path, "dodi", version=row["version"])).status_code == 403
    done = await office.ask("DELETE", path, "ani", version=row["version"])
    assert (done.status_code, done.json()["status"], done.headers["etag"]) == (200, "withdrawn", '"3"')
    assert await office.queue("budi") == []
    (late,) = await office.decide("budi", "approved", done.json())
    assert "sudah ditarik" in late["refused"]


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({**PUNCH, "date": "2026-06-04"}, {"/body/date"}),
        ({**PUNCH, "date": "2026-06-03", "at": "10:01", "site_id": "mars"}, {"/body/at", "/body/site_id"}),
        ({"date": "2026-06-04", "what": "punch", "reason": "Lupa."}, {"/body/date", "/body/direction", "/body/at"}),
        ({**PUNCH, "date": "1999-01-01"}, {"/body/date"}),
        ({**PUNCH, "at": "7:25", "what": "holiday", "extra": 1}, {"/body/at", "/body/what", "/body/extra"}),
        ({**PUNCH, "reason": "​​​​​a"}, {"/body/reason"}),
        ({**PUNCH, "reason": "x" * 1001}, {"/body/reason"}),
        ({**DUTY, "since": "25:00", "until": "08:00"}, {"/body/since"}),
    ],
)
async def test_what_is_refused_says_everything_at_once(office: Office, body: Any, pointers: set[str]) -> None:
    answer = await office.claim(body, status=422)
    assert {one["pointer"] for one in answer["errors"]} == pointers
    shown = await office.ask("GET", "/employees/ani/corrections?from=2026-01-01&to=2026-12-31", "ani")
    assert shown.json() == {"items": [], "total": 0}


async def test_the_same_twice_and_too_many_are_refused_also_at_once(office: Office) -> None:
    answers = await asyncio.gather(
        *(office.ask("POST", "/employees/ani/corrections", "ani", json=PUNCH) for _ in range(6))
    )
    assert sorted(one.status_code for one in answers) == [201] + [422] * 5
    more = [{**PUNCH, "at": f"{hour:02d}:00"} for hour in range(8, 18)]
    answers = await asyncio.gather(*(office.ask("POST", "/employees/ani/corrections", "ani", json=one) for one in more))
    assert sorted(one.status_code for one in answers) == [201] * 7 + [422] * 3
    refused = next(one for one in answers if one.status_code == 422)
    assert "paling banyak 8" in refused.json()["errors"][0]["detail"]


async def test_processes_that_are_asked_at_once_meet_at_the_date(office: Office) -> None:
    others = [Parts.of(office.service.parts.settings, clock=office.service.clock) for _ in range(3)]
    token = office.issuer.token("pegawai", employee_id="ani")
    try:
        for parts in others:
            await parts.registry.load()
        apps = [office.service.api] + [
            httpx.AsyncClient(transport=httpx.ASGITransport(create(parts)), base_url=office.service.api.base_url)
            for parts in others
        ]

        async def claim(number: int) -> int:
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"one-of-many-{number}"}
            app = apps[number % len(apps)]
            return (await app.post("/employees/ani/corrections", json=PUNCH, headers=headers)).status_code

        assert sorted(await asyncio.gather(*(claim(number) for number in range(12)))) == [201] + [422] * 11
    finally:
        for parts in others:
            parts.client.close()


async def test_sent_again_it_is_one(office: Office) -> None:
    key = {"Idempotency-Key": "sent-once-or-twice"}
    answers = await asyncio.gather(
        *(office.ask("POST", "/employees/ani/corrections", "ani", json=PUNCH, headers=key) for _ in range(5))
    )
    assert {(one.status_code, one.json()["id"]) for one in answers} == {(201, answers[0].json()["id"])}
    other = await office.ask("POST", "/employees/ani/corrections", "ani", json=DUTY, headers=key)
    assert (other.status_code, other.json()["type"]) == (409, "/problems/idempotency-key-reused")


async def test_what_is_asked_of_a_closed_period_is_decided_by_the_agency(office: Office) -> None:
    """Its effect is an adjustment of the next period (test_closings.py): nothing closed is changed."""
    waiting, approved = await office.proven(PUNCH), await office.proven(DUTY)
    await office.decide("budi", "approved", approved)
    assert await office.queue("budi") == ["ani"]
    await office.service.parts.closings.closings.rows.insert_one(
        {"_id": "2026-06-01", "first": "2026-06-01", "last": "2026-06-30", "since": "2026-06-03", "state": "closed"}
    )
    new = await office.claim({**PUNCH, "at": "08:00"})
    assert new["status"] == "waiting"
    assert (await office.queue("budi"), await office.queue("citra")) == ([], ["ani", "ani"])
    (refused,) = await office.decide("budi", "approved", waiting)
    assert "diputus BKPSDM" in refused["refused"]
    (done,) = await office.decide("citra", "approved", waiting)
    assert done["status"] == "approved"
    path = f"/corrections/{approved['id']}/revocation"
    words = {"words": "Rekaman kamera menunjukkan lain."}
    taken = await office.ask("POST", path, "citra", version=approved["version"] + 1, json=words)
    assert taken.json()["status"] == "revoked"
    elsewhere = await office.proven({**PUNCH, "date": "2026-05-29"})
    (mine,) = await office.decide("budi", "approved", elsewhere)
    assert mine["status"] == "approved", "another month is open"


async def test_an_employee_without_superior_unit_or_schedule_is_answered(office: Office) -> None:
    """The zone is the agency's then, and the site has to be said."""
    await office.service.parts.db["employees"].insert_one({"_id": "nowhere", "numbers": [], "assignments": []})
    status = await office.claim(FAULT, "nowhere")
    assert (status["zone"], status["site"]) == ("Asia/Jakarta", None)
    refused = await office.claim(PUNCH, "nowhere", 422)
    assert [one["pointer"] for one in refused["errors"]] == ["/body/site_id"]
    placed = await office.claim({**PUNCH, "site_id": "wit"}, "nowhere")
    assert (placed["at"], placed["zone"]) == ("2026-05-31T22:25:00Z", "Asia/Jayapura")
    assert await office.queue("citra") == ["nowhere", "nowhere"]
    (done,) = await office.decide("citra", "approved", status)
    assert done["status"] == "approved"
    answer = await office.ask("POST", "/employees/stranger/corrections", "stranger", json=PUNCH)
    assert answer.status_code == 404, "the directory has not told of them"


async def test_whoever_may_see_a_correction_may_see_its_evidence_and_is_noted(office: Office) -> None:
    row = await office.prove(await office.claim(PUNCH), pdf())
    (file,) = row["evidence"]
    path = f"/employees/ani/corrections/{row['id']}/evidence/{file['id']}"
    got = await office.ask("GET", path, "ani")
    assert (got.content, got.headers["content-type"]) == (pdf(), "application/pdf")
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert got.headers["x-content-type-options"] == "nosniff"
    allowed = {"budi": (), "citra": (), "audit": ("auditor",)}
    for who, roles in allowed.items():
        assert (await office.ask("GET", path, who, *roles)).status_code == 200, who
    for who, roles in {"dodi": (), "lone": (), "head": ("pimpinan",), "operator": ("operator",)}.items():
        assert (await office.ask("GET", path, who, *roles)).status_code == 403, who
    own = await office.claim(PUNCH, "dodi")
    sideways = path.replace("/ani/", "/dodi/"), path.replace("/ani/", "/dodi/").replace(row["id"], own["id"])
    for one in sideways:
        assert (await office.ask("GET", one, "dodi")).status_code == 404
    for who in ("budi", "citra", "dodi"):
        await office.prove(row, jpeg(), who, status=403)
        assert (await office.ask("DELETE", path, who, version=row["version"])).status_code == 403
    found = office.service.parts.journal.collection.find({"facts.type": PersonViewed.TYPE})
    noted = [PersonViewed.model_validate_json(fact["data"]) async for one in found for fact in one["facts"]]
    assert {(one.employee_id, one.operation) for one in noted} == {("ani", "get_correction_evidence")}
    assert len(noted) == 3


async def test_evidence_is_known_by_its_content_and_belongs_to_what_is_open(office: Office) -> None:
    row = await office.claim(PUNCH)
    path = f"/employees/ani/corrections/{row['id']}/evidence"
    named = {"filename": "foto.png"}
    program = await office.ask("POST", path, "ani", version=1, content=b"MZ\x90\x00" + bytes(500), params=named)
    assert (program.status_code, "program" in program.text) == (422, True)
    assert await office.files() == (0, 0)
    row = await office.prove(row)
    again = await office.prove({**row, "version": 1})
    assert (again["version"], len(again["evidence"])) == (2, 1), "sent again: its answer was lost on the way"
    for number in range(4):
        row = await office.prove(row, png(seed=bytes(number + 1)))
    sixth = await office.prove(row, jpeg(), status=409)
    assert "Paling banyak 5 berkas" in sixth["detail"]
    one = f"{path}/{row['evidence'][0]['id']}"
    less = await office.ask("DELETE", one, "ani", version=row["version"])
    assert (less.status_code, len(less.json()["evidence"]), await office.files()) == (200, 4, (4, 0))
    assert (await office.ask("GET", one, "ani")).status_code == 404
    row = less.json()
    await office.decide("budi", "approved", row)
    late = await office.prove({**row, "version": row["version"] + 1}, jpeg(), status=409)
    assert "sudah disetujui" in late["detail"]
    kept = f"{path}/{row['evidence'][0]['id']}"
    assert (await office.ask("DELETE", kept, "ani", version=row["version"] + 1)).status_code == 409
    assert await office.files() == (4, 0)


async def test_a_file_that_nothing_lists_is_swept(office: Office) -> None:
    await office.service.parts.files.keep(jpeg(), NOW)
    row = await office.prove(await office.claim(PUNCH))
    assert await office.service.parts.files.sweep(NOW + timedelta(hours=25)) == 1
    assert await office.files() == (1, 0)
    assert (await office.seen(row))["evidence"]
