"""The demo city's terminals are the same in every clone."""

from datetime import UTC, date, datetime

from contracts.events.directory import Assignment, EmployeeChanged, EmployeeNumber, SiteChanged
from services.attendance.demo.plan import SHARED_SPACE, apportion, enrolments_of, people_of, terminals_of

AT = datetime(2026, 1, 1, tzinfo=UTC)


def site(number: int) -> SiteChanged:
    return SiteChanged(
        site_id=f"site-{number}",
        code=f"L{number:02d}",
        name=f"Lokasi {number}",
        zone="Asia/Jakarta",
        valid_from=date(2020, 1, 1),
        changed_at=AT,
    )


def employee(number: int, site_number: int) -> EmployeeChanged:
    return EmployeeChanged(
        employee_id=f"emp-{number}",
        name="Uji",
        sex="female",
        status="pns",
        numbers=(EmployeeNumber(number=f"19{number:016d}", kind="pns", valid_from=date(2020, 1, 1)),),
        assignments=(
            Assignment(
                unit_id="u", post_id="p", post_title="Staf", site_id=f"site-{site_number}", valid_from=date(2020, 1, 1)
            ),
        ),
        changed_at=AT,
    )


def test_shares_are_in_proportion_and_nobody_is_left_out() -> None:
    assert apportion([0, 1, 3], 7) == [1, 2, 4]
    assert apportion([5], 3) == [3]
    assert apportion([0, 0], 2) == [1, 1]
    assert sum(apportion([7, 11, 13, 1, 0], 212)) == 212


def test_terminals_and_enrolments() -> None:
    sites = [site(2), site(1)]
    people = people_of([employee(number, 1 + number % 2) for number in range(10)])
    terminals = terminals_of(sites, people, 6)
    assert [terminal.serial for terminal in terminals] == [f"DEMO{number:06d}" for number in range(1, 7)]
    assert [terminal.site_id for terminal in terminals] == ["site-1"] * 3 + ["site-2"] * 3
    assert terminals == terminals_of(list(reversed(sites)), people, 6)
    enrolled = list(enrolments_of(terminals, people))
    assert len(enrolled) == len({(space, pin) for space, pin, _ in enrolled})
    assert ("DEMO000001", people[0].number, people[0].employee_id) in enrolled
    assert (SHARED_SPACE, "1", people[0].employee_id) in enrolled
