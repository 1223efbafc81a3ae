"""Check-in by phone on a real database, with real tokens: T-21 of devices.md section 7, and everything around it."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.events.attendance import PunchRecorded, PunchReviewed
from services.attendance.kiosks.codes import digits_of, step_of
from tests.fixtures.mobile import SITE, check_in, place, reference
from tests.integration.attendance.conftest import Running, running, settings_for
from tests.stack.issuer import Issuer

pytestmark = pytest.mark.integration

NOW = datetime(2026, 1, 5, 0, 28, 43, tzinfo=UTC)
PERIOD = {"valid_from": "2020-01-01", "kind": "primary", "unit_id": "u", "post_id": "p", "site_id": "wib"}


@dataclass
class Phones:
    """The service, and accounts of its people."""

    service: Running
    issuer: Issuer

    async def ask(
        self, method: str, path: str, status: int, *roles: str, who: str | None = None, body: Any = None
    ) -> Any:
        headers = {"Authorization": f"Bearer {self.issuer.token(*roles, employee_id=who)}"}
        answer = await self.service.api.request(method, path, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def check_in(self, body: dict[str, Any], status: int = 201, who: str = "ani") -> Any:
        return await self.ask("POST", f"/employees/{who}/checkins", status, "pegawai", who=who, body=body)

    async def bind(self, who: str, install: str, label: str = "Android") -> Any:
        body = {"install_id": install, "label": label}
        return await self.ask("POST", f"/employees/{who}/phones", 201, "pegawai", who=who, body=body)

    async def decide(self, checkin: str, outcome: str, status: int = 200, who: str = "budi") -> Any:
        body = {"outcome": outcome, "words": "Sudah diperiksa."}
        roles = ("pegawai", "bkpsdm") if who == "citra" else ("pegawai",)
        return await self.ask("POST", f"/checkins/{checkin}/decision", status, *roles, who=who, body=body)

    async def facts(self) -> list[PunchRecorded | PunchReviewed]:
        found: list[PunchRecorded | PunchReviewed] = []
        async for entry in self.service.parts.db["events"].find({"way": "phone"}).sort("_id", 1):
            for fact in entry["facts"]:
                model = PunchRecorded if fact["type"] == PunchRecorded.TYPE else PunchReviewed
                found.append(model.model_validate_json(fact["data"]))
        return found

    def later(self, **by: float) -> None:
        assert self.service.clock.fixed is not None
        self.service.clock.fixed += timedelta(**by)


@pytest.fixture
async def phones(mongo_uri: str, database_name: str) -> AsyncIterator[Phones]:
    """Ani works under Budi; Citra is of the personnel agency; Ani's phone is 7f0f2a1c."""
    with Issuer() as issuer:
        async with running(settings_for(mongo_uri, database_name, issuer=issuer.url)) as service:
            service.clock.fixed = NOW
            db = service.parts.db
            await db["sites"].update_one({"_id": "wib"}, {"$set": SITE})
            await db["employees"].insert_many(
                [
                    {"_id": who, "numbers": [], "assignments": [{**PERIOD, "superior_id": above}]}
                    for who, above in {"ani": "budi", "budi": "citra", "citra": None, "dodi": "citra"}.items()
                ]
            )
            await service.parts.registry.load()
            found = Phones(service, issuer)
            assert (await found.bind("ani", "7f0f2a1c"))["state"] == "active"
            yield found


def codes(shown: dict[str, Any]) -> dict[str, str]:
    return {doubt["code"]: doubt["grade"] for doubt in shown["doubts"]}


async def test_an_honest_check_in_is_a_punch_like_any_other(phones: Phones) -> None:
    shown = await phones.check_in(check_in())
    assert (shown["review"], shown["doubts"], shown["point"]) == ("none", [], None)
    assert shown["place"] == {"verdict": "inside", "band": "<50", "accuracy_m": 12}
    (fact,) = await phones.facts()
    assert isinstance(fact, PunchRecorded)
    assert (fact.punch_id, fact.employee_id, fact.site_id) == (shown["id"], "ani", "wib")
    assert (fact.source, fact.method, fact.direction, fact.flags) == ("app", "app", "in", ())
    assert (str(fact.local_date), fact.device_id) == ("2026-01-05", "app:phone")
    listed = await phones.ask("GET", "/employees/ani/checkins?from=2026-01-05&to=2026-01-05", 200, "pegawai", who="ani")
    assert [one["id"] for one in listed["items"]] == [shown["id"]]


async def listed(phones: Phones, first: str, last: str) -> Any:
    return await phones.ask("GET", f"/employees/ani/checkins?from={first}&to={last}", 200, "pegawai", who="ani")


async def test_a_period_is_of_local_days_first_and_last_included(phones: Phones) -> None:
    """A place east of the agency is in the next day already: what counts is the day there."""
    at = datetime(2026, 1, 4, 16, 30, tzinfo=UTC)  # 23.30 WIB, 01.30 WIT of the fifth
    made: dict[str, str] = {}
    for number, (day, zone) in enumerate([("2026-01-04", "Asia/Jakarta"), ("2026-01-05", "Asia/Jayapura")]):
        shown = await phones.check_in(check_in(f"of-the-{day}"))
        change = {"local_date": day, "zone": zone, "occurred_at": at + timedelta(minutes=number)}
        await phones.service.parts.db["checkins"].update_one({"_id": shown["id"]}, {"$set": change})
        made[day] = shown["id"]
        phones.later(minutes=1)
    both = await listed(phones, "2026-01-04", "2026-01-05")
    assert ([one["id"] for one in both["items"]], both["total"]) == ([made["2026-01-05"], made["2026-01-04"]], 2)
    for day, identity in made.items():
        (only,) = (await listed(phones, day, day))["items"]
        assert (only["id"], only["local_date"]) == (identity, day)
    assert await listed(phones, "2026-01-06", "2026-12-31") == {"items": [], "total": 0}


async def test_a_period_costs_its_own_rows_and_no_others(phones: Phones) -> None:
    for number in range(6):
        shown = await phones.check_in(check_in(f"day-after-day-{number}"))
        change = {"$set": {"local_date": f"2026-01-{number + 1:02d}"}}
        await phones.service.parts.db["checkins"].update_one({"_id": shown["id"]}, change)
        phones.later(minutes=1)
    await phones.service.parts.db.command("profile", 2)
    try:
        assert (await listed(phones, "2026-01-02", "2026-01-03"))["total"] == 2
    finally:
        await phones.service.parts.db.command("profile", 0)
    read = [one async for one in phones.service.parts.db["system.profile"].find({"command.find": "checkins"})]
    assert [(one["docsExamined"], one["nreturned"], "hasSortStage" in one) for one in read] == [(2, 2, False)]


@pytest.mark.parametrize(
    "period",
    [
        "",
        "?from=2026-01-01",
        "?from=2026-01-02&to=2026-01-01",
        "?from=2025-01-01&to=2026-01-02",
        "?from=x&to=2026-01-01",
    ],
)
async def test_a_period_must_be_one_and_a_year_at_most(phones: Phones, period: str) -> None:
    problem = await phones.ask("GET", f"/employees/ani/checkins?{period}", 422, "pegawai", who="ani")
    assert problem["errors"][0]["pointer"] in {"/query/from", "/query/to"}
    assert (await listed(phones, "2024-01-01", "2024-12-31"))["total"] == 0, "a leap year is not too long"


async def test_the_same_again_is_the_same_answer_and_one_punch(phones: Phones) -> None:
    body = check_in()
    first = await phones.check_in(body)
    phones.later(hours=1)
    again = {**body, "queued": True, "elapsed_since_capture_ms": 3_602_000}
    assert await phones.check_in(again, 200) == first, "how it was delivered is not what was captured"
    problem = await phones.check_in({**body, "kind": "check_out"}, 409)
    assert problem["type"] == "/problems/event-id-reused"
    assert len(await phones.facts()) == 1
    assert (await phones.check_in(check_in(), 201, who="dodi"))["id"] != first["id"], "a key is its owner's"


async def test_sent_twenty_times_at_once_it_is_one_punch(phones: Phones) -> None:
    async def send() -> int:
        headers = {"Authorization": f"Bearer {phones.issuer.token('pegawai', employee_id='ani')}"}
        return (await phones.service.api.post("/employees/ani/checkins", json=check_in(), headers=headers)).status_code

    assert sorted(await asyncio.gather(*(send() for _ in range(20)))) == [200] * 19 + [201]
    assert len(await phones.facts()) == 1


async def test_a_mocked_position_is_recorded_doubted_and_shown(phones: Phones) -> None:
    shown = await phones.check_in(reference("checkin_mock_location") or check_in(location=place(is_mock=True)))
    assert codes(shown)["mock_location"] == "strong"
    assert shown["review"] == "open"
    (fact,) = await phones.facts()
    assert isinstance(fact, PunchRecorded)
    assert fact.flags == ("under_review",), "that it is doubted is told, never why"


async def test_three_hours_offline_with_a_fast_clock(phones: Phones) -> None:
    phones.service.clock.fixed = datetime(2026, 1, 5, 5, 28, 41, tzinfo=UTC)
    body = check_in(captured_at="2026-01-05T09:58:41+07:00", queued=True, elapsed_since_capture_ms=10_800_000)
    shown = await phones.check_in(reference("checkin_offline_clock_skew") or body)
    assert shown["occurred_at"] == "2026-01-05T02:28:41Z"
    assert codes(shown) == {"clock_skew": "note", "late_arrival": "note"}
    assert shown["review"] == "none", "a wrong clock is nobody's fault"


async def test_the_reference_check_in_passes(phones: Phones) -> None:
    shown = await phones.check_in(reference("checkin_online") or check_in())
    assert shown["place"]["verdict"] == "inside"


async def test_older_than_a_week_is_refused_with_the_way_out(phones: Phones) -> None:
    phones.later(days=8)
    problem = await phones.check_in(check_in(queued=True, elapsed_since_capture_ms=8 * 86_400_000), 422)
    assert problem["type"] == "/problems/checkin-too-old"
    assert "koreksi" in problem["detail"]
    assert await phones.facts() == []


async def kiosk_code(phones: Phones, offset: int = 0, site: str = "wib") -> str:
    """What the screen shows, so many half minutes from now."""
    made = await phones.ask("POST", "/kiosks", 201, "operator", body={"site_id": site, "name": "Lobi"})
    assert phones.service.clock.fixed is not None
    return code(made, step_of(phones.service.clock.fixed) + offset)


def code(kiosk: dict[str, Any], step: int) -> str:
    return f"{kiosk['site_id']}.{kiosk['id']}.{step}.{digits_of(bytes.fromhex(kiosk['key']), step)}"


@pytest.mark.parametrize(("offset", "status"), [(-2, 422), (-1, 201), (0, 201), (1, 201), (2, 422)])
async def test_the_step_beside_counts_and_no_other(phones: Phones, offset: int, status: int) -> None:
    shown = await phones.check_in(check_in(qr=await kiosk_code(phones, offset)), status)
    assert shown["place"]["verdict"] == "kiosk" if status == 201 else shown["type"] == "/problems/code-refused"


async def test_a_code_counts_once_for_a_person_and_its_own_repetition(phones: Phones) -> None:
    qr = await kiosk_code(phones)
    first = check_in("first-with-code", qr=qr)
    await phones.check_in(first)
    await phones.check_in(first, 200)
    problem = await phones.check_in(check_in("second-with-code", qr=qr), 422)
    assert "sudah Anda pakai" in problem["detail"]
    await phones.bind("dodi", "phone-of-dodi")
    theirs = check_in(qr=qr, device={"install_id": "phone-of-dodi"})
    assert (await phones.check_in(theirs, 201, who="dodi"))["review"] == "none", "two people may read one screen"
    assert len(await phones.facts()) == 2


async def test_a_photographed_code_is_told_apart_by_where_the_phone_is(phones: Phones) -> None:
    away = place(lat=-6.3)
    shown = await phones.check_in(check_in(qr=await kiosk_code(phones), location=away))
    assert codes(shown) == {"code_elsewhere": "strong"}
    phones.later(hours=2)
    made_up = check_in("a-code-of-this-morning", qr=await kiosk_code(phones, -240), queued=True)
    shown = await phones.check_in({**made_up, "elapsed_since_capture_ms": 7_200_000})
    assert codes(shown)["code_late"] == "doubt"


async def test_strange_and_withdrawn_codes_prove_nothing(phones: Phones) -> None:
    made = await phones.ask("POST", "/kiosks", 201, "operator", body={"site_id": "wib", "name": "Lobi"})
    step = step_of(NOW)
    good = code(made, step)
    for wrong in ("nonsense", good[:-1] + ("1" if good[-1] != "1" else "2"), good.replace("wib", "wita"), "a.b.1.2"):
        assert (await phones.check_in(check_in(qr=wrong), 422))["type"] == "/problems/code-refused"
    await phones.ask("POST", f"/kiosks/{made['id']}/withdraw", 200, "operator")
    await phones.check_in(check_in(qr=good), 422)
    listed = await phones.ask("GET", "/kiosks", 200, "auditor")
    assert [one["active"] for one in listed] == [False]
    assert "key" not in json.dumps(listed)
    await phones.check_in(check_in(), 201)


async def test_a_doubt_is_explained_decided_appealed_and_decided_by_another(phones: Phones) -> None:
    shown = await phones.check_in(check_in(location=place(lat=-6.19)))
    assert codes(shown) == {"outside": "doubt"}
    assert shown["point"] == {"lat": -6.19, "lon": 106.827149}
    where = f"/employees/ani/checkins/{shown['id']}/words"
    words = {"words": "Saya di gerbang belakang."}
    await phones.ask("POST", where, 200, "pegawai", who="ani", body=words)

    for who, decides, checkins in (("ani", False, 0), ("budi", True, 1), ("citra", True, 0)):
        count = await phones.ask("GET", "/checkins/waiting", 200, "pegawai", who=who)
        assert (count["decides"], count["checkins"]) == (decides, checkins), who
    queue = await phones.ask("GET", "/checkins", 200, "pegawai", who="budi")
    assert [(one["employee_id"], one["steps"][0]["words"]) for one in queue["items"]] == [("ani", words["words"])]
    rejected = await phones.decide(shown["id"], "rejected")
    assert (rejected["review"], rejected["point"]) == ("rejected", None), "the exact point goes with the decision"
    await phones.decide(shown["id"], "accepted", 409)

    appealed = await phones.ask("POST", where, 200, "pegawai", who="ani", body={"words": "Ada saksi di gerbang."})
    assert appealed["review"] == "appealed"
    assert "BKPSDM" in (await phones.decide(shown["id"], "accepted", 409))["detail"]
    final = await phones.decide(shown["id"], "accepted", who="citra")
    assert final["review"] == "accepted"
    assert [(step["what"], step["by"]) for step in final["steps"]] == [
        ("explained", "employee"),
        ("rejected", "superior"),
        ("appealed", "employee"),
        ("accepted", "agency"),
    ]
    await phones.ask("POST", where, 409, "pegawai", who="ani", body=words)
    told = [fact for fact in await phones.facts() if isinstance(fact, PunchReviewed)]
    assert [fact.outcome for fact in told] == ["rejected", "accepted"]
    assert {fact.punch_id for fact in told} == {shown["id"]}
    decided = await phones.ask("GET", "/checkins?state=decided", 200, "bkpsdm")
    assert [one["id"] for one in decided["items"]] == [shown["id"]]


async def test_two_decisions_at_once_are_one(phones: Phones) -> None:
    shown = await phones.check_in(check_in(location=None))

    async def decide(outcome: str) -> int:
        headers = {"Authorization": f"Bearer {phones.issuer.token('pegawai', employee_id='budi')}"}
        body = {"outcome": outcome, "words": "Sudah diperiksa."}
        answer = await phones.service.api.post(f"/checkins/{shown['id']}/decision", json=body, headers=headers)
        return answer.status_code

    found = await asyncio.gather(*(decide(("accepted", "rejected")[number % 2]) for number in range(8)))
    assert sorted(found) == [200] + [409] * 7
    assert len([fact for fact in await phones.facts() if isinstance(fact, PunchReviewed)]) == 1


async def test_nobody_decides_about_themselves_or_strangers(phones: Phones) -> None:
    await phones.bind("budi", "phone-of-budi")
    own = await phones.check_in(check_in(location=None, device={"install_id": "phone-of-budi"}), who="budi")
    await phones.decide(own["id"], "accepted", 404)  # not one of his subordinates
    shown = await phones.check_in(check_in(location=None))
    await phones.ask(
        "POST",
        f"/checkins/{shown['id']}/decision",
        403,
        "pegawai",
        who="dodi",
        body={"outcome": "accepted", "words": "Baik saja"},
    )
    await phones.decide(shown["id"], "accepted", 200, who="citra")
    for path in ("/employees/ani/checkins?from=2026-01-05&to=2026-01-05", "/employees/ani/phones"):
        await phones.ask("GET", path, 403, "pegawai", who="dodi")
        await phones.ask("GET", path, 200, "pegawai", who="budi")
    await phones.ask("POST", "/employees/ani/checkins", 403, "pegawai", who="budi", body=check_in("as-somebody-else"))
    await phones.ask("POST", "/employees/ani/checkins", 403, "bkpsdm", who="citra", body=check_in("as-somebody-else"))


async def test_another_phone_waits_for_approval_and_is_doubted_until_then(phones: Phones) -> None:
    other = {"install_id": "new-phone", "platform": "android"}
    assert codes(await phones.check_in(check_in("from-the-new-one", device=other))) == {"other_phone": "doubt"}
    phones.later(seconds=1)
    asked = await phones.bind("ani", "new-phone", "Ponsel baru")
    assert asked["state"] == "pending"
    assert (await phones.bind("ani", "new-phone"))["id"] == asked["id"], "asking again changes nothing"
    (waiting,) = await phones.ask("GET", "/phones", 200, "pegawai", who="budi")
    assert (waiting["employee_id"], waiting["label"]) == ("ani", "Ponsel baru")
    body = {"approve": True, "words": "Ponsel lama rusak."}
    await phones.ask("POST", f"/phones/{asked['id']}/decision", 404, "pegawai", who="citra", body=body)
    await phones.ask("POST", f"/phones/{asked['id']}/decision", 200, "pegawai", who="budi", body=body)
    await phones.ask("POST", f"/phones/{asked['id']}/decision", 409, "pegawai", who="budi", body=body)
    phones.later(hours=9)
    late = {"captured_at": "2026-01-05T16:28:43+07:00", "location": place(lat=-6.175407)}
    assert codes(await phones.check_in(check_in("new-again", device=other, boot_id="b2", **late))) == {}
    assert codes(await phones.check_in(check_in("old-again", boot_id="b2", **late))) == {"other_phone": "doubt"}
    listed = await phones.ask("GET", "/employees/ani/phones", 200, "pegawai", who="ani")
    assert [one["state"] for one in listed] == ["active", "replaced"]


async def test_checking_in_for_a_colleague_from_ones_own_phone(phones: Phones) -> None:
    await phones.bind("dodi", "phone-of-dodi")
    shown = await phones.check_in(check_in(), who="dodi")
    assert codes(shown) == {"shared_phone": "strong"}


async def test_what_is_kept_of_a_position(phones: Phones) -> None:
    exact = place(lat=-6.175437, lon=106.827111)
    doubted = await phones.check_in(check_in("one-with-doubt", location=place(lat=-6.194321, lon=106.823456)))
    await phones.check_in(check_in("one-without", location=exact))
    await phones.decide(doubted["id"], "accepted")
    for name in await phones.service.parts.db.list_collection_names():
        async for row in phones.service.parts.db[name].find():
            for digits in ("175437", "827111", "194321", "823456"):
                assert digits not in str(row), f"{name} keeps a position"


async def test_ten_thousand_from_one_account(phones: Phones) -> None:
    headers = {"Authorization": f"Bearer {phones.issuer.token('pegawai', employee_id='ani')}"}
    body = check_in()
    statuses: list[int] = []
    waits: set[str] = set()

    async def some(count: int) -> None:
        for _ in range(count):
            answer = await phones.service.api.post("/employees/ani/checkins", json=body, headers=headers)
            statuses.append(answer.status_code)
            if answer.status_code == 429:
                waits.add(answer.headers["retry-after"])
                assert answer.json()["type"] == "/problems/too-many-checkins"

    await asyncio.gather(*(some(500) for _ in range(20)))
    assert statuses.count(201) == 1
    assert set(statuses) == {200, 201, 429}
    assert statuses.count(429) > 9_800
    assert all(1 <= int(wait) <= 3 for wait in waits)
    await phones.bind("dodi", "phone-of-dodi")
    await phones.check_in(check_in(device={"install_id": "phone-of-dodi"}), who="dodi")
    assert len(await phones.facts()) == 2


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"client_event_id": "short"}, "/body/client_event_id"),
        ({"captured_at": "2026-01-05T07:28:41"}, "/body/captured_at"),
        ({"kind": "lunch"}, "/body/kind"),
        ({"location": place(lat=91)}, "/body/location/lat"),
        ({"location": place(lat="NaN")}, "/body/location/lat"),
        ({"location": place(mocked=True)}, "/body/location/mocked"),
        ({"device": {"install_id": "<script>"}}, "/body/device/install_id"),
        ({"selfie_sha256": "x"}, "/body/selfie_sha256"),
        ({"elapsed_since_capture_ms": -1}, "/body/elapsed_since_capture_ms"),
        ({"employee_id": "dodi"}, "/body/employee_id"),
    ],
)
async def test_bad_fields_are_named(phones: Phones, wrong: dict[str, Any], pointer: str) -> None:
    problem = await phones.check_in(check_in(**wrong), 422)
    assert pointer in {error["pointer"] for error in problem["errors"]}


async def test_somebody_the_directory_has_not_placed(phones: Phones) -> None:
    db = phones.service.parts.db
    await db["employees"].insert_one({"_id": "eka", "numbers": [], "assignments": []})
    assert (await phones.check_in(check_in(location=None), 409, who="eka"))["type"] == "/problems/no-workplace"
    assert (await phones.check_in(check_in(), 201, who="eka"))["site"]["id"] == "wib"
    await phones.check_in(check_in(), 404, who="nobody")


async def test_reading_somebody_elses_check_ins_is_noted(phones: Phones) -> None:
    await phones.check_in(check_in(location=None))
    await phones.ask("GET", "/checkins", 200, "pegawai", who="budi")
    noted = await phones.service.parts.db["events"].distinct("facts.type")
    assert "id.go.kinerja.platform.person.viewed.v1" in noted
