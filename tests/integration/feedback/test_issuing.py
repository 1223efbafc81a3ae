"""Whose codes an employee may make: of the own units, of those above and of those below, on the day of asking."""

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.events.directory import Assignment
from kit.access.mongo_copy import EMPLOYEES, employee_row
from tests.integration.feedback.conftest import ANI, BUDI, HEAD, MONDAY, STRANGER, TREE, Town, person_of, post_in

pytestmark = pytest.mark.integration
TODAY = date(2026, 11, 23)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
async def services(town: Town) -> dict[str, str]:
    """A service of each unit, and of one that the directory has not told of."""
    return {unit: await town.service(unit, f"Layanan {unit}") for unit in (*TREE, "u-unheard-of")}


async def told(town: Town, who: str, *posts: Assignment) -> None:
    """What the directory now says of somebody."""
    await town.parts.db[EMPLOYEES].replace_one({"_id": who}, employee_row(person_of(who, *posts)), upsert=True)


async def issued(town: Town, services: dict[str, str], who: str, *roles: str) -> set[str]:
    """The units whose services `who` gets codes for; the others are refused at the service."""
    found = set()
    for unit, service in services.items():
        asker = None if roles else who
        answer = await town.ask("POST", f"/employees/{who}/codes", asker, *roles, json={"service_id": service})
        if answer.status_code == 201:
            found.add(unit)
            continue
        [wrong] = answer.json()["errors"]
        assert (answer.status_code, wrong["pointer"]) == (422, "/body/service_id")
        assert "minta petugas dari unit pemberi layanan" in wrong["detail"]
    return found


async def listed(town: Town, who: str, *roles: str) -> list[Any]:
    answer = await town.ask("GET", f"/employees/{who}/services", None if roles else who, *roles)
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


@pytest.mark.parametrize(
    ("who", "units"),
    [
        (ANI, {"u-ktp", "u-dinas", "u-loket"}),
        (HEAD, {"u-dinas", "u-ktp", "u-loket", "u-akta"}),
        (STRANGER, {"u-other"}),
    ],
)
@pytest.mark.parametrize("roles", [(), ("integration",)])
async def test_own_above_and_below_and_nothing_beside(
    town: Town, services: dict[str, str], who: str, units: set[str], roles: tuple[str, ...]
) -> None:
    """The queue system is bound by whom it asks for."""
    assert await issued(town, services, who, *roles) == units
    assert {one["unit_id"] for one in await listed(town, who, *roles)} == units
    assert await town.parts.db["codes"].count_documents({}) == len(units)


async def test_an_acting_post_counts_while_it_lasts(town: Town, services: dict[str, str]) -> None:
    acting = post_in("u-akta", TODAY, TODAY, kind="plt")
    await told(town, ANI, post_in("u-ktp"), acting)
    assert await issued(town, services, ANI) == {"u-ktp", "u-dinas", "u-loket", "u-akta"}
    town.clock[0] = MONDAY + timedelta(days=1)
    assert await issued(town, services, ANI) == {"u-ktp", "u-dinas", "u-loket"}


async def test_who_moved_yesterday_serves_elsewhere_today(town: Town, services: dict[str, str]) -> None:
    await told(town, BUDI, post_in("u-ktp", until=YESTERDAY), post_in("u-akta", TODAY))
    assert await issued(town, services, BUDI) == {"u-akta", "u-dinas"}
    town.clock[0] = MONDAY - timedelta(days=1)
    assert await issued(town, services, BUDI) == {"u-ktp", "u-dinas", "u-loket"}


async def test_a_unit_that_is_unknown_stands_alone(town: Town, services: dict[str, str]) -> None:
    await told(town, BUDI, post_in("u-unheard-of"))
    assert await issued(town, services, BUDI) == {"u-unheard-of"}
    assert [one["unit"] for one in await listed(town, BUDI)] == ["u-unheard-of"]


async def test_the_list_begins_with_the_own_unit(town: Town, services: dict[str, str]) -> None:
    await town.service("u-ktp", "Akta KTP")
    await town.service("u-loket", valid_to=str(YESTERDAY))
    found = [(one["unit"], one["name"]) for one in await listed(town, ANI)]
    assert found == [
        ("Unit u-ktp", "Akta KTP"),
        ("Unit u-ktp", "Layanan u-ktp"),
        ("Unit u-dinas", "Layanan u-dinas"),
        ("Unit u-loket", "Layanan u-loket"),
    ]
    await told(town, ANI, post_in("u-ktp", until=YESTERDAY))
    assert await listed(town, ANI) == []
    assert (await town.ask("GET", f"/employees/{BUDI}/services", ANI)).status_code == 403
