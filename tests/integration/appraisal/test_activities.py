"""Daily activities over HTTP on a real database: recorded, changed, validated, counted, published."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from kit.access.mongo_copy import EMPLOYEES
from services.appraisal.app import Parts, create
from tests.integration.appraisal.conftest import ANI, BUDI, CICI, HEAD, MONDAY, Office

pytestmark = pytest.mark.integration
PERIOD = {"from": "2026-11-01", "to": "2026-11-30"}


async def of(office: Office, who: str = ANI) -> Any:
    answer = await office.ask("GET", f"/employees/{who}/activities", who, params=PERIOD)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_from_record_to_effective_minutes(office: Office) -> None:
    morning = await office.record(start="08:00", end="10:30", minutes=None, result="Berkas lengkap", quantity="3")
    assert (morning["minutes"], morning["status"], morning["due_on"]) == (150, "waiting", "2026-11-26")
    assert (morning["start"], morning["end"], morning["quantity"]) == ("08:00", "10:30", "3")
    office.clock[0] = MONDAY + timedelta(minutes=1)
    noon = await office.record(minutes=45)

    waiting = (await office.ask("GET", "/activities", BUDI)).json()
    assert [one["id"] for one in waiting["items"]] == [morning["id"], noon["id"]]
    assert (await office.ask("GET", "/activities/waiting", BUDI)).json() == {"waiting": 2, "overdue": 0}

    decided = await office.decide(BUDI, "validated", morning["id"])
    assert decided == [{"id": morning["id"], "status": "validated", "refused": ""}]
    (returned,) = await office.decide(BUDI, "returned", noon["id"], words="Tambahkan hasilnya.")
    assert returned["status"] == "returned"

    page = await of(office)
    assert [one["id"] for one in page["items"]] == [noon["id"], morning["id"]]
    assert page["items"][0]["steps"][0] == {
        "at": "2026-11-23T08:31:00Z",
        "what": "returned",
        "by": BUDI,
        "words": "Tambahkan hasilnya.",
    }
    assert page["tally"] == {
        "entries": 2,
        "waiting": 0,
        "validated": 1,
        "returned": 1,
        "rejected": 0,
        "minutes": 195,
        "validated_minutes": 150,
        "effective_minutes": 150,
        "copied": 1,
    }
    assert (page["month_norm_minutes"], page["day_cap_minutes"]) == (6750, 660)

    told = await office.told()
    assert [one.version for one in told] == [1, 2, 3, 4]
    assert (told[-1].effective_minutes, told[-1].returned, str(told[-1].local_date)) == (150, 1, "2026-11-23")


async def test_an_entry_that_repeats_another_of_the_month_is_counted_as_one(office: Office) -> None:
    await office.record(date="2026-11-20", what="Menyusun laporan bulanan 1")
    other = await office.record(what="Laporan bulanan 2 menyusun")
    await office.record(what="Melayani 14 pemohon KTP")
    assert [(str(one.local_date), one.copied) for one in await office.told()] == [
        ("2026-11-20", 0),
        ("2026-11-23", 1),
        ("2026-11-23", 1),
    ]
    changed = {"what": "Memimpin apel pagi", "minutes": 30}
    path = f"/employees/{ANI}/activities/{other['id']}"
    answer = await office.ask("PUT", path, ANI, json=changed, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    assert (await office.told())[-1].copied == 0


async def test_a_day_never_counts_more_than_its_cap(office: Office) -> None:
    long = [await office.record(minutes=400), await office.record(minutes=400)]
    await office.decide(BUDI, "validated", *(one["id"] for one in long))
    tally = (await of(office))["tally"]
    assert (tally["validated_minutes"], tally["effective_minutes"]) == (800, 660)


async def test_the_same_command_twice_is_one_activity(office: Office) -> None:
    body = {"date": "2026-11-23", "what": "Rapat harian", "minutes": 30}
    key = {"Idempotency-Key": "the-same-key-of-this-phone"}
    answers = await asyncio.gather(
        *(office.ask("POST", f"/employees/{ANI}/activities", ANI, json=body, headers=key) for _ in range(5))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await of(office))["items"]) == 1


async def test_two_at_once_that_overlap_are_one_and_a_refusal(office: Office) -> None:
    bodies = [{"date": "2026-11-23", "what": f"Rapat {index}", "start": "09:00", "end": "10:00"} for index in range(6)]
    answers = await asyncio.gather(
        *(office.ask("POST", f"/employees/{ANI}/activities", ANI, json=body) for body in bodies)
    )
    assert sorted(answer.status_code for answer in answers) == [201, *[422] * 5]
    refused = next(answer for answer in answers if answer.status_code == 422).json()
    assert refused["errors"][0]["pointer"] == "/body/start"
    assert "bertumpang tindih" in refused["errors"][0]["detail"]
    assert (await office.told())[-1].minutes == 60


async def test_one_command_that_two_processes_get_several_times_at_once_is_one_activity(office: Office) -> None:
    second = Parts.of(office.parts.settings, clock=lambda: office.clock[0])
    transport = httpx.ASGITransport(app=create(second))
    headers = {"Idempotency-Key": "same-command"}
    body = {"date": "2026-11-23", "what": "Rapat", "minutes": 15}
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://appraisal") as http:
            other = Office(second, office.issuer, http, office.clock)
            path = f"/employees/{ANI}/activities"
            asked = [
                one.ask("POST", path, ANI, json=body, headers=headers) for _ in range(4) for one in (office, other)
            ]
            answers = await asyncio.gather(*asked)
    finally:
        second.client.close()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert [one.minutes for one in await office.told()] == [15]


async def test_two_processes_meet_on_a_day_and_lose_nothing(office: Office) -> None:
    second = Parts.of(office.parts.settings, clock=lambda: office.clock[0])
    transport = httpx.ASGITransport(app=create(second))
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://appraisal") as http:
            other = Office(second, office.issuer, http, office.clock)
            asked = [one.record(what=f"Rapat {number}", minutes=15) for number in range(8) for one in (office, other)]
            await asyncio.gather(*asked)
    finally:
        second.client.close()
    told = await office.told()
    assert sorted(one.version for one in told) == list(range(1, len(told) + 1))
    assert max(told, key=lambda one: one.version).minutes == 16 * 15


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"date": "2026-11-24"}, "/body/date"),
        ({"date": "2026-10-30"}, "/body/date"),
        ({"date": "2019-12-31"}, "/body/date"),
        ({"minutes": None, "start": "15:00", "end": "16:00"}, "/body/end"),
        ({"task_id": "unknown-task"}, "/body/task_id"),
    ],
)
async def test_what_does_not_fit_is_refused_with_its_field(office: Office, fields: Any, pointer: str) -> None:
    refused = await office.record(status=422, **fields)
    assert [error["pointer"] for error in refused["errors"]] == [pointer]
    assert await office.told() == []


async def test_every_wrong_field_is_named_at_once(office: Office) -> None:
    refused = await office.record(status=422, what="x", quantity="-1", unit="a\tb")
    assert {error["pointer"] for error in refused["errors"]} == {"/body/what", "/body/quantity", "/body/unit"}


async def test_an_edit_says_which_version_it_was_made_from(office: Office) -> None:
    first = await office.record()
    path = f"/employees/{ANI}/activities/{first['id']}"
    body = {"what": "Memeriksa berkas pensiun", "minutes": 50}
    assert (await office.ask("PUT", path, ANI, json=body)).status_code == 428
    changed = await office.ask("PUT", path, ANI, json=body, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"], changed.json()["minutes"]) == (200, '"2"', 50)
    stale = await office.ask("PUT", path, ANI, json={**body, "minutes": 55}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.headers["etag"]) == (412, '"2"')
    assert "versi 1, sekarang versi 2" in stale.json()["detail"]
    assert (await office.told())[-1].minutes == 50


async def test_what_was_validated_is_corrected_with_a_reason_and_waits_again(office: Office) -> None:
    first = await office.record(minutes=120)
    await office.decide(BUDI, "validated", first["id"])
    path = f"/employees/{ANI}/activities/{first['id']}"
    body = {"what": "Memeriksa berkas", "minutes": 100}
    refused = await office.ask("PUT", path, ANI, json=body, headers={"If-Match": '"2"'})
    assert refused.json()["errors"][0]["pointer"] == "/body/reason"
    assert (await office.ask("DELETE", path, ANI, headers={"If-Match": '"2"'})).status_code == 409

    office.clock[0] = MONDAY + timedelta(days=1)
    corrected = await office.ask(
        "PUT", path, ANI, json={**body, "reason": "Salah menjumlah"}, headers={"If-Match": '"2"'}
    )
    assert (corrected.json()["status"], corrected.json()["due_on"]) == ("waiting", "2026-11-27")
    assert [step["what"] for step in corrected.json()["steps"]] == ["validated", "changed"]
    told = await office.told()
    assert [one.effective_minutes for one in told] == [0, 120, 0]


async def test_what_is_withdrawn_counts_nowhere_and_stays_visible(office: Office) -> None:
    first = await office.record()
    path = f"/employees/{ANI}/activities/{first['id']}"
    assert (await office.ask("DELETE", path, ANI, headers={"If-Match": '"1"'})).json()["status"] == "withdrawn"
    page = await of(office)
    assert [one["status"] for one in page["items"]] == ["withdrawn"]
    assert page["tally"]["entries"] == page["tally"]["minutes"] == 0
    (refused,) = await office.decide(BUDI, "validated", first["id"])
    assert "tidak menunggu" in refused["refused"]


async def test_only_the_present_superior_decides_and_nobody_about_themselves(office: Office) -> None:
    anis, budis = await office.record(), await office.record(BUDI)
    body = {"activities": [anis["id"]], "outcome": "validated"}
    assert (await office.ask("POST", "/activities/decisions", CICI, json=body)).status_code == 403, "nobody's superior"
    (refused,) = await office.decide(HEAD, "validated", anis["id"])  # the superior's superior
    assert "bukan wewenang" in refused["refused"]
    own, others = await office.decide(BUDI, "validated", budis["id"], anis["id"])
    assert "Anda sendiri" in own["refused"]
    assert others["status"] == "validated"

    await office.move(ANI, CICI)  # from now on
    second = await office.record()
    await office.move("emp-dedi", BUDI)  # the former superior is one still, of somebody else
    (former,) = await office.decide(BUDI, "rejected", second["id"], words="Bukan lagi bawahan.")
    assert "bukan wewenang" in former["refused"]
    (present,) = await office.decide(CICI, "validated", second["id"])
    assert present["status"] == "validated"


async def test_who_has_no_superior_is_decided_by_the_personnel_agency(office: Office) -> None:
    heads, anis = await office.record(HEAD), await office.record()
    agency = await office.ask("GET", "/activities", CICI, "pegawai", "bkpsdm")
    assert [one["id"] for one in agency.json()["items"]] == [heads["id"]]
    unled, led = await office.decide(CICI, "validated", heads["id"], anis["id"], roles=("pegawai", "bkpsdm"))
    assert unled["status"] == "validated"
    assert "bukan wewenang" in led["refused"]


async def test_what_waits_goes_on_to_the_superior_of_today_or_else_to_the_personnel_agency(office: Office) -> None:
    """Whoever the superior was when it was recorded: a former one can decide nothing, and nothing waits for nobody."""
    agency = ("pegawai", "bkpsdm")
    await office.move("emp-dedi", BUDI)  # Budi stays somebody's superior
    entry = await office.record()

    async def sees(who: str, *roles: str) -> tuple[list[str], int]:
        queue = (await office.ask("GET", "/activities", who, *roles)).json()
        count = (await office.ask("GET", "/activities/waiting", who, *roles)).json()
        assert count["waiting"] == queue["total"]
        return [one["id"] for one in queue["items"]], queue["total"]

    assert await sees(BUDI) == ([entry["id"]], 1)
    assert await sees(CICI, *agency) == ([], 0)
    await office.move(ANI, None)
    assert await sees(BUDI) == ([], 0)
    assert await sees(CICI, *agency) == ([entry["id"]], 1)
    (former,) = await office.decide(BUDI, "validated", entry["id"])
    assert "bukan wewenang" in former["refused"]
    await office.move(ANI, CICI)
    assert await sees(HEAD, *agency) == ([], 0)
    (agencys,) = await office.decide(HEAD, "validated", entry["id"], roles=agency)
    assert "bukan wewenang" in agencys["refused"], "there is a superior again"
    (present,) = await office.decide(CICI, "validated", entry["id"])
    assert present["status"] == "validated"


async def test_what_somebody_who_left_recorded_waits_for_the_personnel_agency(office: Office) -> None:
    entry = await office.record()
    await office.move("emp-dedi", BUDI)
    await office.parts.db[EMPLOYEES].update_one({"_id": ANI}, {"$set": {"assignments.0.valid_to": "2026-11-23"}})
    office.clock[0] = MONDAY + timedelta(days=1)
    (superior,) = await office.decide(BUDI, "validated", entry["id"])
    assert "bukan wewenang" in superior["refused"]
    (agency,) = await office.decide(CICI, "validated", entry["id"], roles=("pegawai", "bkpsdm"))
    assert agency["status"] == "validated"


async def test_nobody_validates_himself_by_acting_for_his_superior_or_as_the_agency(office: Office) -> None:
    """Plt and Plh of the own superior's post, and an account of the personnel agency without a superior."""
    anis, others = await office.record(), await office.record(HEAD)
    held = {"unit_id": "u-1", "site_id": "s", "superior_id": HEAD, "valid_from": "2026-01-01"}
    for kind in ("plt", "plh"):
        acting = held | {"post_id": f"post-{BUDI}", "kind": kind}
        people = office.parts.db[EMPLOYEES]
        await people.update_one({"_id": ANI}, {"$push": {"assignments": acting}})
        await office.move("emp-dedi", BUDI)
        dedis = await office.record("emp-dedi", what=f"Menata arsip sebagai bawahan {kind}")
        queue = (await office.ask("GET", "/activities", ANI)).json()
        assert [one["id"] for one in queue["items"]] == [dedis["id"]], "what she acts for, without her own"
        own, led = await office.decide(ANI, "validated", anis["id"], dedis["id"])
        assert "Anda sendiri" in own["refused"]
        assert led["status"] == "validated", "the post's others she decides about"
        await office.move(ANI, BUDI)
    agency = ("pegawai", "bkpsdm")
    queue = (await office.ask("GET", "/activities", HEAD, *agency)).json()
    assert others["id"] not in [one["id"] for one in queue["items"]]
    (own,) = await office.decide(HEAD, "validated", others["id"], roles=agency)
    assert "Anda sendiri" in own["refused"]


async def test_what_is_overdue_is_counted(office: Office) -> None:
    await office.record()
    office.clock[0] = MONDAY + timedelta(days=3)
    assert (await office.ask("GET", "/activities/waiting", BUDI)).json() == {"waiting": 1, "overdue": 0}
    office.clock[0] = MONDAY + timedelta(days=4)
    assert (await office.ask("GET", "/activities/waiting", BUDI)).json() == {"waiting": 1, "overdue": 1}


async def test_two_decisions_at_once_are_one(office: Office) -> None:
    first = await office.record()
    answers = await asyncio.gather(
        office.decide(BUDI, "validated", first["id"]),
        office.decide(BUDI, "rejected", first["id"], words="Tidak sesuai tugas."),
    )
    decided = [one["status"] for (one,) in answers if not one["refused"]]
    assert len(decided) == 1
    assert (await of(office))["items"][0]["status"] == decided[0]
    assert len(await office.told()) == 2


async def test_tasks_are_chosen_from_the_own_unit_and_the_agency(office: Office) -> None:
    async def add(name: str, **fields: Any) -> Any:
        body = {"name": name, "valid_from": "2026-01-01", **fields}
        answer = await office.ask("POST", "/tasks", None, "bkpsdm", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    everybody, own = await add("Rapat"), await add("Verifikasi berkas", unit_id="u-1")
    other, past = await add("Penyuluhan", unit_id="u-2"), await add("Tugas lama", valid_to="2026-10-31")
    path = f"/employees/{ANI}/tasks"
    chosen = (await office.ask("GET", path, ANI, params={"date": "2026-11-23"})).json()["items"]
    assert [one["name"] for one in chosen] == ["Rapat", "Verifikasi berkas"]
    recorded = await office.record(task_id=own["id"])
    assert recorded["task"] == {"id": own["id"], "name": "Verifikasi berkas"}
    await office.record(task_id=everybody["id"])
    for wrong in (other, past):
        assert (await office.record(status=422, task_id=wrong["id"]))["errors"][0]["pointer"] == "/body/task_id"
    ended = await office.ask("PUT", f"/tasks/{own['id']}/end", None, "bkpsdm", json={"valid_to": "2026-11-22"})
    assert ended.json()["valid_to"] == "2026-11-22"
    assert (await office.record(status=422, task_id=own["id"]))["errors"][0]["pointer"] == "/body/task_id"
    backwards = await office.ask(
        "PUT", f"/tasks/{everybody['id']}/end", None, "bkpsdm", json={"valid_to": "2025-12-31"}
    )
    assert backwards.json()["errors"][0]["pointer"] == "/body/valid_to"
    nowhere = await office.ask("PUT", "/tasks/unknown/end", None, "bkpsdm", json={"valid_to": "2026-12-31"})
    assert nowhere.status_code == 404
    wrong = {"name": "Rapat", "valid_from": "2026-02-01", "valid_to": "2026-01-31"}
    assert (await office.ask("POST", "/tasks", None, "bkpsdm", json=wrong)).status_code == 422
    assert (await office.ask("POST", "/tasks", ANI, json={"name": "x", "valid_from": "2026-01-01"})).status_code == 403


async def test_a_look_at_somebody_else_is_written_down(office: Office) -> None:
    await office.record()
    await office.ask("GET", f"/employees/{ANI}/activities", BUDI, params=PERIOD)
    entries = [
        fact["type"]
        async for entry in office.parts.journal.collection.find()
        for fact in entry["facts"]
        if fact["key"] == ANI
    ]
    assert "id.go.kinerja.platform.person.viewed.v1" in entries
    assert (await office.ask("GET", f"/employees/{ANI}/activities", CICI, params=PERIOD)).status_code == 403
