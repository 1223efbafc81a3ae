"""Whoever's data was read finds out by whom, from every service that answered, and nobody else does."""

from typing import Any

import httpx

from tests.e2e.system import soon
from tests.integration.access.conftest import ACCOUNTS, HEAD, SECRETARY, SECTION, STRANGER, Account, City

SECONDS = 30.0
STAFF = ACCOUNTS["pegawai"]


def log_of(city: City, account: Account) -> list[dict[str, Any]]:
    answer = city.get(f"/api/reporting/v1/employees/{account.employee_id}/reads", account, limit=200)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def until_logged(city: City, account: Account, operation: str, reader_id: str | None) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        found = (one for one in log_of(city, account) if (one["operation"], one["reader_id"]) == (operation, reader_id))
        return next(found, None)

    return soon(look, f"{operation} is in the log", SECONDS)


def test_reading_a_record_is_told_to_whose_it_is(city: City) -> None:
    assert city.get(f"/api/directory/v1/employees/{SECTION}", ACCOUNTS["atasan"]).status_code == 200
    found = until_logged(city, STAFF, "get_employee", SECRETARY)
    assert found["service"] == "directory"
    assert found["reader_name"]
    assert found["roles"] == ["pegawai"]


def test_reading_a_day_is_in_the_log_before_it_is_answered(city: City) -> None:
    assert city.get(f"/api/reporting/v1/employees/{SECTION}/days/2026-08-03", ACCOUNTS["pimpinan"]).status_code == 200
    assert ("get_employee_day", HEAD) in {(one["operation"], one["reader_id"]) for one in log_of(city, STAFF)}


def test_a_list_tells_everybody_on_it(city: City) -> None:
    assert city.get("/api/directory/v1/employees", ACCOUNTS["atasan"], limit=500).status_code == 200
    until_logged(city, STAFF, "list_employees", SECRETARY)


def test_an_export_tells_everybody(city: City) -> None:
    assert city.get("/api/directory/v1/export/pegawai.csv", ACCOUNTS["auditor"]).status_code == 200
    found = until_logged(city, STAFF, "export_csv", None)
    assert found["roles"] == ["auditor"]
    assert found["reader_name"] is None


def test_reading_oneself_is_in_no_log(city: City) -> None:
    for path in (f"/api/directory/v1/employees/{SECTION}", f"/api/reporting/v1/employees/{SECTION}/days/2026-08-03"):
        assert city.get(path, STAFF).status_code == 200
    assert SECTION not in {one["reader_id"] for one in log_of(city, STAFF)}


def test_the_log_is_ones_own(city: City) -> None:
    for name in ("atasan", "pimpinan", "operator", "integration"):
        assert city.get(f"/api/reporting/v1/employees/{SECTION}/reads", ACCOUNTS[name]).status_code == 403, name
    assert city.get(f"/api/reporting/v1/employees/{STRANGER}/reads", STAFF).status_code == 403


def test_it_is_read_page_by_page(city: City) -> None:
    for path in (f"/api/directory/v1/employees/{SECTION}", f"/api/directory/v1/employees/{SECTION}/history"):
        assert city.get(path, ACCOUNTS["bkpsdm"]).status_code == 200
    until_logged(city, STAFF, "get_employee_history", None)
    where, seen, cursor = f"/api/reporting/v1/employees/{SECTION}/reads", [], None
    while True:
        query = {"limit": 1} | ({"cursor": cursor} if cursor else {})
        page = city.get(where, STAFF, **query).json()
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == log_of(city, STAFF)
    assert city.get(where, STAFF, cursor="nonsense").status_code == 422
    foreign = city.get(f"/api/reporting/v1/employees/{SECRETARY}/reads", ACCOUNTS["bkpsdm"], limit=1)
    assert foreign.status_code == 200
    if foreign.json()["next_cursor"]:
        assert city.get(where, STAFF, cursor=foreign.json()["next_cursor"]).status_code == 422


def test_a_live_stream_notes_whom_it_names(city: City) -> None:
    """Nobody has punched, so it names nobody: only that it is let in and ends with its token is seen here; names and
    reach are tested on frames (tests/unit/reporting) and the order of noting on the reader."""
    token = city.issuer.token("bkpsdm")
    with httpx.stream(
        "GET",
        f"{city.edge}/api/reporting/v1/stream",
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
        trust_env=False,
    ) as answer:
        assert answer.status_code == 200
        assert next(answer.iter_lines()).startswith("retry")
