"""The book of working time over its routes: what is said about it, who may change it, and that nothing gets lost."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.integration.attendance.conftest import Running

pytestmark = pytest.mark.integration

OFFICE = {"start": "07:30", "minutes": 510, "break_minutes": 60}
NIGHT = {"start": "22:00", "minutes": 600}
UNITS = {"kota": None, "dinas": "kota", "bidang": "dinas"}


def week(*shifts: dict[str, Any], since: str = "2026-01-01", until: str | None = None) -> dict[str, Any]:
    days = [{"shifts": list(shifts)}] * 5 + [{}, {}]
    return {"valid_from": since, "valid_to": until, "days": days, "observes_holidays": True, "source": "SK 2/2026"}


def pattern(*versions: dict[str, Any], name: str = "Kantor") -> dict[str, Any]:
    return {"name": name, "versions": list(versions)}


async def send(
    attendance: Running, method: str, path: str, body: Any = None, status: int = 200, **headers: str
) -> httpx.Response:
    said = {"Idempotency-Key": uuid4().hex, **{name.replace("_", "-"): value for name, value in headers.items()}}
    answer = await attendance.api.request(method, f"/schedules{path}", json=body, headers=said)
    assert answer.status_code == status, answer.text
    return answer


async def create(attendance: Running, plural: str, body: Any) -> str:
    identity: str = (await send(attendance, "POST", f"/{plural}", body, 201)).json()["id"]
    return identity


async def known_units(attendance: Running) -> None:
    rows = [
        {"_id": unit, "versions": [{"valid_from": "2020-01-01", "valid_to": None, "parent_id": parent}]}
        for unit, parent in UNITS.items()
    ]
    await attendance.parts.db["units"].insert_many(rows)


def pointers(answer: httpx.Response) -> dict[str, str]:
    return {error["pointer"]: error["detail"] for error in answer.json()["errors"]}


def assignment(pattern_id: str, since: str = "2026-01-01", until: str | None = None) -> dict[str, Any]:
    return {"pattern_id": pattern_id, "unit_id": "dinas", "valid_from": since, "valid_to": until, "source": "SK 3/2026"}


async def test_a_row_of_every_kind_is_made_read_replaced_and_taken_away(attendance: Running) -> None:
    await known_units(attendance)
    office = await create(attendance, "patterns", pattern(week(OFFICE)))
    rows = {
        "patterns": (office, pattern(week(OFFICE), name="Kantor pusat"), "name"),
        "assignments": (
            await create(attendance, "assignments", assignment(office)),
            assignment(office, "2026-02-01"),
            "valid_from",
        ),
        "holidays": (
            await create(
                attendance, "holidays", {"day": "2026-08-17", "kind": "national", "name": "HUT RI", "source": "SKB"}
            ),
            {"day": "2026-08-17", "kind": "national", "name": "Kemerdekaan", "source": "SKB", "regions": ["35.78"]},
            "name",
        ),
        "ramadans": (
            await create(attendance, "ramadans", {"first": "2026-02-18", "last": "2026-03-19", "source": "SKB"}),
            {"first": "2026-02-19", "last": "2026-03-19", "source": "Sidang isbat"},
            "source",
        ),
    }
    for plural, (identity, body, field) in rows.items():
        path = f"/{plural}/{identity}"
        assert (await send(attendance, "GET", path)).headers["etag"] == '"1"'
        changed = await send(attendance, "PUT", path, body, If_Match='"1"')
        assert changed.headers["etag"] == '"2"'
        assert (await send(attendance, "GET", path)).json()[field] == body[field]
        assert [one["id"] for one in (await send(attendance, "GET", f"/{plural}")).json()] == [identity]
        await send(attendance, "PUT", path, body, 412, If_Match='"1"')
        assert (await attendance.api.put(f"/schedules{path}", json=body)).status_code == 428
    book = await attendance.parts.book.store.book()
    assert (len(book.patterns), len(book.assigned), len(book.holidays), len(book.ramadans)) == (1, 1, 1, 1)
    refused = await send(attendance, "DELETE", f"/patterns/{office}", status=409, If_Match='"2"')
    assert "1 unit dan 0 pegawai" in refused.json()["detail"]
    for plural in ("assignments", "holidays", "ramadans", "patterns"):
        identity = rows[plural][0]
        await send(attendance, "DELETE", f"/{plural}/{identity}", status=204, If_Match='"2"')
        await send(attendance, "GET", f"/{plural}/{identity}", status=404)
        kept = (await send(attendance, "GET", f"/changes?row={identity}")).json()
        assert [(one["version"], one["content"] is None) for one in kept] == [(3, True), (2, False), (1, False)]


async def test_the_same_command_twice_is_done_once(attendance: Running) -> None:
    key = uuid4().hex
    sent = [
        await send(attendance, "POST", "/patterns", pattern(week(OFFICE)), 201, Idempotency_Key=key) for _ in range(2)
    ]
    assert sent[0].json() == sent[1].json()
    assert len((await send(attendance, "GET", "/patterns")).json()) == 1


async def test_everything_wrong_is_said_at_once_and_nothing_is_kept(attendance: Running) -> None:
    await known_units(attendance)
    both = pattern(
        week(OFFICE, NIGHT, {"start": "12:00", "minutes": 60}, until="2026-06-30"),
        week(NIGHT, {"start": "06:00", "minutes": 60}, since="2026-06-01"),
    )
    for path in ("/patterns/check", "/patterns"):
        answer = await send(attendance, "POST", path, both, 200 if "check" in path else 422)
        if path == "/patterns":
            told = pointers(answer)
        else:
            assert answer.json()["saves"] is False
            found = answer.json()["findings"]
            told = {one["pointer"]: one["detail"] for one in found if not one["warning"]}
            assert {one["code"] for one in found if one["warning"]} == {"week_differs"}
        assert {"/body/versions/1", "/body/versions/0/days/0", "/body/versions/1/days/0"} <= told.keys()
        assert "bertumpuk" in told["/body/versions/1"]
    lost = pointers(await send(attendance, "POST", "/assignments", {**assignment("entah"), "unit_id": "bubar"}, 422))
    assert lost == {
        "/body/pattern_id": "pola kerja ini tidak ada",
        "/body/unit_id": "unit kerja ini tidak ada dalam direktori",
    }
    holiday = {"day": "2026-08-17", "kind": "local", "name": "Hari jadi", "source": "Perwali", "sites": ["pindah"]}
    assert pointers(await send(attendance, "POST", "/holidays", holiday, 422)).keys() == {"/body/sites"}
    assert [
        (await send(attendance, "GET", f"/{plural}")).json() for plural in ("patterns", "assignments", "holidays")
    ] == [[]] * 3


@pytest.mark.parametrize(
    ("change", "pointer", "says"),
    [
        ({"start": "07:30", "minutes": 1441}, "/body/versions/0/days/0/shifts/0", "lebih dari 24 jam"),
        ({"start": "24:00", "minutes": 60}, "/body/versions/0/days/0/shifts/0/start", "tidak sesuai"),
        ({"start": "07:30", "minutes": 60, "break_minutes": 40}, "/body/versions/0/days/0/shifts/0", "separuh"),
        (
            {"start": "07:30", "minutes": 60, "zone": "Asia/Atlantis"},
            "/body/versions/0/days/0/shifts/0/zone",
            "tidak dikenal",
        ),
    ],
)
async def test_a_shift_that_cannot_be(attendance: Running, change: dict[str, Any], pointer: str, says: str) -> None:
    told = pointers(await send(attendance, "POST", "/patterns", pattern(week(change)), 422))
    assert says in told[pointer]


async def test_names_that_hide_something_and_years_that_are_none(attendance: Running) -> None:
    hidden = pattern({**week(OFFICE), "valid_from": "0001-01-01", "source": "=1+1"}, name="Kantor\u202e")
    told = pointers(await send(attendance, "POST", "/patterns", hidden, 422))
    assert told.keys() >= {"/body/versions/0/valid_from", "/body/versions/0/source"}
    short = pattern({**week(OFFICE), "days": [{}]})
    assert "tujuh hari" in pointers(await send(attendance, "POST", "/patterns", short, 422))["/body/versions/0"]
    many = pattern({**week(OFFICE), "days": [{"shifts": [OFFICE] * 7}] * 7})
    assert [*pointers(await send(attendance, "POST", "/patterns", many, 422))][0] == "/body/versions/0/days/0/shifts"
    kept = await send(attendance, "POST", "/patterns", pattern(week(OFFICE), name="Kan\u200btor\u202e"), 201)
    assert kept.json()["name"] == "Kantor"


async def test_a_zone_that_does_not_exist_is_told_and_stops_nobody(attendance: Running) -> None:
    await attendance.parts.db["sites"].insert_one({"_id": "atlantis", "name": "Atlantis", "zone": "Asia/Atlantis"})
    await create(attendance, "patterns", pattern(week(OFFICE)))
    found = (await send(attendance, "GET", "/findings")).json()["items"]
    assert [(one["code"], one["where"]) for one in found if not one["warning"]] == [("unknown_zone", "atlantis")]


async def test_two_at_once_give_a_unit_one_pattern(attendance: Running) -> None:
    """Each alone would be right; together they overlap: the later is told so."""
    await known_units(attendance)
    office = await create(attendance, "patterns", pattern(week(OFFICE)))
    asked = [
        attendance.api.post("/schedules/assignments", json=assignment(office), headers={"Idempotency-Key": uuid4().hex})
        for _ in range(6)
    ]
    assert sorted(one.status_code for one in await asyncio.gather(*asked)) == [201] + [422] * 5
    listed = (await send(attendance, "GET", "/assignments?unit_id=dinas&date=2026-03-01")).json()
    assert len(listed) == 1
    path = f"/schedules/assignments/{listed[0]['id']}"
    edits = [
        attendance.api.put(path, json=assignment(office, f"2026-01-0{n}"), headers={"If-Match": '"1"'})
        for n in range(2, 6)
    ]
    assert sorted(one.status_code for one in await asyncio.gather(*edits)) == [200, 412, 412, 412]


async def test_a_pattern_for_many_takes_the_place_of_what_they_had(attendance: Running) -> None:
    await known_units(attendance)
    people = [{"_id": f"p{n}", "assignments": []} for n in range(3)]
    await attendance.parts.db["employees"].insert_many(people)
    office = await create(attendance, "patterns", pattern(week(OFFICE)))
    nights = await create(attendance, "patterns", pattern(week(NIGHT), name="Malam"))
    await create(attendance, "assignments", assignment(office))
    many = {
        "pattern_id": nights,
        "unit_ids": ["dinas", "bidang"],
        "employee_ids": ["p0", "p1"],
        "valid_from": "2026-06-01",
        "valid_to": "2026-06-30",
        "source": "SP 5/2026",
    }
    assert (await send(attendance, "POST", "/assignments/bulk/check", many)).json()["saves"] is True
    assert (await send(attendance, "POST", "/assignments/bulk", many)).json() == {"units": 2, "employees": 2}
    assert (await send(attendance, "POST", "/assignments/bulk", many)).json() == {"units": 0, "employees": 0}, "again"
    theirs = (await send(attendance, "GET", "/assignments?unit_id=dinas")).json()
    assert [(one["pattern_id"], one["valid_from"], one["valid_to"]) for one in theirs] == [
        (office, "2026-01-01", "2026-05-31"),
        (nights, "2026-06-01", "2026-06-30"),
        (office, "2026-07-01", None),
    ]
    own = await attendance.parts.book.sheets.own("p0")
    assert [str(one.valid_to) for one in own.assigned] == ["2026-06-30"]
    wrong = {**many, "unit_ids": ["dinas", "bubar"], "employee_ids": ["p0", "nobody"], "valid_from": "2026-06-15"}
    told = pointers(await send(attendance, "POST", "/assignments/bulk", wrong, 422))
    assert told.keys() == {"/body/unit_ids/0", "/body/unit_ids/1", "/body/employee_ids/0", "/body/employee_ids/1"}
    refused = await send(attendance, "DELETE", f"/patterns/{nights}", status=409, If_Match='"1"')
    assert "2 unit dan 2 pegawai" in refused.json()["detail"]


async def test_an_agency_begins_with_the_weeks_of_the_law(attendance: Running) -> None:
    await known_units(attendance)
    ready = {one["key"]: one for one in (await send(attendance, "GET", "/ready")).json()}
    assert [one["taken"] for one in ready.values()] == [False, False]
    assert ready["five_day"]["versions"][0]["days"][0]["ramadan"][0]["start"] == "08:00"
    taking = {"unit_ids": ["kota"], "valid_from": "2026-01-01"}
    for _ in range(2):
        taken = await send(attendance, "POST", "/ready/five_day/take", taking)
        assert taken.json()["id"] == ready["five_day"]["id"]
    book = await attendance.parts.book.store.book()
    assert [(one.owner_id, one.pattern_id) for one in book.assigned] == [("kota", "law-five_day")]
    assert {one["key"]: one["taken"] for one in (await send(attendance, "GET", "/ready")).json()} == {
        "five_day": True,
        "six_day": False,
    }
    lost = await send(
        attendance, "POST", "/ready/six_day/take", {"unit_ids": ["bubar"], "valid_from": "2026-01-01"}, 422
    )
    assert pointers(lost).keys() == {"/body/unit_ids/0"}
    assert len((await send(attendance, "GET", "/patterns")).json()) == 1, "refused: nothing of it is kept"


async def upload(attendance: Running, text: str, key: str = "", **query: Any) -> Any:
    headers = {"Idempotency-Key": key or uuid4().hex}
    path = "/schedules/holiday-imports"
    answer = await attendance.api.post(path, content=text.encode(), params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_holidays_come_from_a_file_all_or_none(attendance: Running) -> None:
    good = (
        "tanggal,jenis,nama,sumber,lokasi\n17/08/2026,nasional,HUT RI,SKB,\n2026-05-31,daerah,Hari jadi,Perwali,wib\n"
    )
    looked = await upload(attendance, good, dry_run=True)
    assert (looked["applied"], looked["new"], looked["errors"]) == (False, 2, 0)
    assert (await send(attendance, "GET", "/holidays")).json() == []
    wrong = await upload(attendance, good + "31/31/2026,nasional,X,SKB,\n2026-01-01,besar,Y,SKB,entah\n")
    assert (wrong["applied"], wrong["errors"]) == (False, 3)
    assert [(one["row"], one["column"]) for one in wrong["findings"]] == [(4, "tanggal"), (5, "jenis"), (5, "lokasi")]
    assert (await send(attendance, "GET", "/holidays")).json() == []
    key = uuid4().hex
    for _ in range(2):
        done = await upload(attendance, good, key)
        assert (done["applied"], done["new"], done["unchanged"]) == (True, 2, 0)
    again = await upload(attendance, good.replace("HUT RI", "Kemerdekaan"))
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 1, 1)
    kept = (await send(attendance, "GET", "/holidays?year=2026")).json()
    assert [(one["name"], one["sites"], one["version"]) for one in kept] == [
        ("Hari jadi", ["wib"], 1),
        ("Kemerdekaan", [], 2),
    ]
    template = await attendance.api.get("/schedules/holiday-imports/template")
    assert (await upload(attendance, template.text, dry_run=True))["errors"] == 0
