"""The demo city is what others rely on: its size, its ids, its numbers, and that it never changes."""

from collections import Counter
from datetime import date
from hashlib import sha256

import pytest

from services.directory.demo.city import sites, units
from services.directory.demo.load import archive
from services.directory.demo.people import code_of, employee_id, employees, ordinals, posts
from services.directory.employees.models import Employee, display_name
from services.directory.ids import entity_id
from services.directory.register.kinds import EMPLOYEE
from services.directory.transfer.base import Base
from services.directory.transfer.plan import plan
from services.directory.transfer.reading import read

TODAY = date(2026, 11, 22)
CITY = list(employees(5_000))


def test_sixty_units_in_a_tree_over_three_zones() -> None:
    assert len(units()) == 60
    roots = [unit for unit in units().values() if unit.versions[-1].parent_id is None]
    assert [root.code for root in roots] == ["U00"]
    assert Counter(site.zone for site in sites().values()) == {
        "Asia/Jakarta": 22,
        "Asia/Makassar": 13,
        "Asia/Jayapura": 13,
    }


def test_every_zone_has_a_good_share_of_the_people() -> None:
    zones = Counter(sites()[person.assignments[-1].site_id].zone for person in CITY)
    assert min(zones.values()) > 1_000


def test_numbers_are_valid_and_nobody_shares_one() -> None:
    found = [number.number for person in CITY for number in person.numbers]
    assert len(set(found)) == len(found) > 5_000


def test_one_person_has_no_superior_and_everybody_a_chain_to_that_one() -> None:
    above = {
        employee_id(n): {held.superior_id for held in person.assignments if held.superior_id}
        for n, person in enumerate(CITY, 1)
    }
    heads = [one for one, superiors in above.items() if not superiors]
    assert heads == [employee_id(1)]
    for person in CITY[1:]:
        assert all(held.superior_id for held in person.assignments)


def test_what_it_is_made_of() -> None:
    assert len({person.name for person in CITY}) > 2_000
    assert {person.status for person in CITY} == {"pns", "cpns", "pppk", "pppk_part_time"}
    assert {person.sex for person in CITY} == {"male", "female"}
    kinds = Counter(held.kind for person in CITY for held in person.assignments)
    assert kinds["plt"] == 15
    assert kinds["plh"] == 2
    titles = [post.title for post in posts().values()]
    assert titles.count("Kepala Subbagian Perencanaan, Evaluasi, dan Pelaporan") > 30
    assert max(len(display_name(person)) for person in CITY) > 35
    assert any(len(person.numbers) == 2 for person in CITY)
    assert any(len(unit.versions) == 2 for unit in units().values())


def test_a_larger_city_holds_a_smaller_one_unchanged() -> None:
    assert list(employees(400)) == CITY[:400]
    with pytest.raises(ValueError, match=f"at least {len(ordinals())} employees"):
        list(employees(100))


def test_ids_are_what_others_compute() -> None:
    assert [EMPLOYEE.identity(person) for person in CITY[:3]] == [employee_id(n) for n in (1, 2, 3)]
    assert code_of(42) == "P00042"
    assert entity_id("employee", "P00042") == "1f16229a-eef9-53aa-9841-b66d66555f86"
    assert entity_id("site", "L01") in sites()


def test_it_is_the_same_city_wherever_and_whenever_it_is_made() -> None:
    """A change here moves every terminal's PINs and every published benchmark: make it on purpose."""
    text = "\n".join(fingerprint(person) for person in CITY)
    assert sha256(text.encode()).hexdigest()[:16] == "3c77739fd02ea5f5"


def fingerprint(person: Employee) -> str:
    held = person.assignments[-1]
    return f"{person.code} {display_name(person)} {person.numbers[-1].number} {held.unit_id} {held.site_id}"


@pytest.mark.parametrize("today", [date(2026, 7, 1), TODAY, date(2030, 1, 1), date(2036, 12, 31)])
def test_it_is_sound_on_any_day_of_the_next_ten_years(today: date) -> None:
    tables = read(archive(600), "kota.zip")
    found = plan(tables, Base(), today=today)
    assert found.findings == []
    assert {kind: counts.new for kind, counts in found.counts.items()} == {
        "site": 48,
        "unit": 60,
        "post": len(posts()),
        "employee": 600,
    }


def test_the_whole_city_passes_every_rule_and_comes_back_unchanged() -> None:
    data = archive(5_000)
    found = plan(read(data, "kota.zip"), Base(), today=TODAY)
    assert found.findings == []
    states = {change.identity: change.state for change in found.changes}
    assert [states[employee_id(n)] for n in range(1, 5_001)] == CITY
    base = Base(dict(units()), dict(sites()), dict(posts()), {employee_id(n): one for n, one in enumerate(CITY, 1)})
    again = plan(read(data, "kota.zip"), base, today=TODAY)
    assert again.changes == []
