"""The discipline component of the allowance on a real database: one's own month, the agency's tables, a unit."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from contracts.events.days import DayAssessed
from services.attendance.days.batch import DAYS, SUFFIX
from services.attendance.days.telling import stored
from tests.integration.attendance.test_leave import Office, office

pytestmark = pytest.mark.integration
__all__ = ["office"]

DAY = date(2026, 5, 4)
CHOICE = {"valid_from": "2026-06-01", "table": "instansi-b-2013", "source": "Keputusan Wali Kota 7/2026"}


async def assessed(office: Office, who: str, day: date, status: str, late: int = 0, **more: Any) -> None:
    """A day as the assessor stores it."""
    absent = status == "absent"
    shift = {
        "shift_id": f"{day}|1",
        "kind": "fixed",
        "status": status,
        "starts": f"{day}T00:30:00Z",
        "ends": f"{day}T09:00:00Z",
        "late_minutes": late,
        "late_band": "TL1" if late else None,
        "early_minutes": 0,
    }
    event = DayAssessed.model_validate(
        {
            "employee_id": who,
            "local_date": day,
            "version": 1,
            "zone": "Asia/Jakarta",
            "status": status,
            "required_minutes": 450,
            "effective_minutes": 0,
            "absent_minutes": 450 if absent else 0,
            "late_minutes": late,
            "early_minutes": 0,
            "required_days": 1,
            "present_days": int(not absent),
            "absent_days": int(absent),
            "excused_days": 0,
            "late_days": int(late > 0),
            "early_days": 0,
            "shifts": [shift],
            **more,
        }
    )
    row = {"_id": f"{who}|{day}", "employee_id": who, "day": str(day), "version": 1, "said": stored(event)}
    await office.service.parts.db[DAYS + SUFFIX].replace_one({"_id": row["_id"]}, row, upsert=True)


async def choose(office: Office, status: int = 201, who: str = "citra", key: str = "", **more: Any) -> Any:
    headers = {"Idempotency-Key": key or str(uuid4())}
    return (await office.ask("POST", "/allowance/choices", status, who, {**CHOICE, **more}, **headers)).json()


async def test_a_month_line_by_line(office: Office) -> None:
    await assessed(office, "feri", DAY, "absent")
    await assessed(office, "feri", DAY + timedelta(days=1), "absent")
    await assessed(office, "feri", DAY + timedelta(days=2), "absent", missing=["window_open"])
    found = (await office.ask("GET", "/employees/feri/allowance?month=2026-05", 200, "feri")).json()
    assert (found["percent"], found["unresolved"], found["table"]) == ("8.00", ["2026-05-06"], "bawaan")
    assert [(one["day"], one["what"], one["percent"]) for one in found["lines"]] == [
        ("2026-05-04", "absent", "4.00"),
        ("2026-05-05", "absent", "4.00"),
    ]
    await office.ask("GET", "/employees/feri/allowance?month=2026-05", 200, "eka")
    await office.ask("GET", "/employees/feri/allowance?month=2026-05", 403, "ani")
    await office.ask("GET", "/employees/feri/allowance?month=2026-13", 422, "feri")


async def test_the_agency_chooses_a_table_from_a_day_on(office: Office) -> None:
    key = str(uuid4())
    made = await choose(office, key=key)
    assert await choose(office, key=key) == made, "sent twice it is one"
    await choose(office, 422)  # there is one from that day on
    for day, expected in (("2026-05-29", "4.00"), ("2026-06-01", "5.00")):
        await assessed(office, "feri", date.fromisoformat(day), "absent")
        found = (await office.ask("GET", f"/employees/feri/allowance?month={day[:7]}", 200, "feri")).json()
        assert found["percent"] == expected
    listed = (await office.ask("GET", "/allowance/tables", 200, "ani")).json()
    assert [one["id"] for one in listed["choices"]] == [made["id"]]
    assert {one["table"] for one in listed["tables"] if not one["agrees"]} == {"pmk-221-2021", "bgn-4-2025"}
    office.later(days=30)
    gone = await office.ask("DELETE", f"/allowance/choices/{made['id']}", 409, "citra")
    assert gone.json()["type"].endswith("choice-holds")
    later = await choose(office, valid_from="2026-08-01")
    await office.ask("DELETE", f"/allowance/choices/{later['id']}", 200, "citra")
    await office.ask("DELETE", f"/allowance/choices/{later['id']}", 404, "citra")


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"table": "bgn-4-2025"}, "/body/table"),
        ({"table": "tidak-ada"}, "/body/table"),
        ({"table": "pedoman-lain"}, "/body/absent_percent"),
        ({"valid_from": "2026-05-25"}, "/body/valid_from"),
        ({"absent_percent": "100.01"}, "/body/absent_percent"),
        ({"absent_percent": "NaN"}, "/body/absent_percent"),
        ({"source": " "}, "/body/source"),
    ],
)
async def test_what_cannot_be_chosen(office: Office, more: dict[str, Any], pointer: str) -> None:
    refused = await choose(office, 422, **more)
    assert [one["pointer"] for one in refused["errors"]] == [pointer]


async def test_only_the_agency_chooses_and_sees_units(office: Office) -> None:
    await choose(office, 403, "budi")
    await office.ask("GET", "/allowance/units/dinas?month=2026-05", 403, "budi")


async def test_a_unit_page_by_page_under_another_table(office: Office) -> None:
    await assessed(office, "ani", DAY, "absent")
    await assessed(office, "budi", DAY, "present", late=10)
    path = "/allowance/units/dinas?month=2026-05&table=instansi-b-2013&limit=2"
    first = (await office.ask("GET", path, 200, "citra")).json()
    assert [(one["employee_id"], one["percent"], one["other"]) for one in first["items"]] == [
        ("ani", "4.00", "5.00"),
        ("budi", "0.5", "0.5"),
    ]
    assert (first["people"], first["percent"], first["other"]) == (6, "4.50", "5.50")
    rest = (await office.ask("GET", f"{path}&cursor={first['next_cursor']}", 200, "citra")).json()
    assert [one["employee_id"] for one in rest["items"]] == ["citra", "dodi"]
    await office.ask("GET", "/allowance/units/dinas?month=2026-05&table=lain", 422, "citra")
