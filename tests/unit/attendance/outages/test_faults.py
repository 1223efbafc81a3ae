"""Which faults are pending for a day: tables over one office day, 07.30 to 16.00."""

import pytest

from services.attendance.days.models import AssessedDay, Fault
from services.attendance.days.rules import assess
from tests.unit.attendance.making import FOREVER, TABLES, excuse, local, office_plan, punches

PLAN = office_plan()


def fault(since: str, until: str | None, name: str = "g1", **fields: object) -> Fault:
    given = {"id": name, "nature": "down", "source": "Mesin diam", "recovery_minutes": 15, "around_minutes": 60}
    times = {"since": local(PLAN.day, since), "until": until and local(PLAN.day, until)}
    return Fault.model_validate({**given, **times, **fields})


def day(*walls: str, faults: list[Fault], excuses: tuple[object, ...] = ()) -> AssessedDay:
    return assess(PLAN, punches(PLAN, *walls), FOREVER, TABLES, excuses, faults)  # type: ignore[arg-type]


def pending(found: AssessedDay) -> list[tuple[str, int]]:
    assert ("outage" in found.missing) == bool(found.pending)
    return [(one.fault_id, one.minutes) for one in found.pending]


@pytest.mark.parametrize(
    ("since", "until", "walls", "expected"),
    [
        ("06:40", "08:20", ("08:25", "16:00"), [("g1", 55)]),  # in the quarter of an hour after it
        ("06:40", "08:20", ("09:00", "16:00"), [("g1", 65)]),  # up to 08.35 only
        ("06:40", "08:20", ("07:20", "16:00"), []),  # was in time
        ("06:40", "08:20", ("07:50", "16:00"), []),  # was seen within it: scanning was possible
        ("06:40", "08:20", ("16:00",), [("g1", 0)]),  # a scan that is missing
        ("06:00", "07:10", ("16:00",), [("g1", 0)]),  # came early, could not scan, was not seen again
        ("05:00", "06:00", ("16:00",), []),  # too long before
        ("16:00", "16:40", ("07:25",), [("g1", 0)]),  # stayed longer, could not scan
        ("17:30", "18:00", ("07:25",), []),  # too long after
        ("06:00", "07:10", ("07:50", "16:00"), []),  # over in time: whoever is late at 07.50 was not kept from it
        ("15:00", "15:40", ("07:25", "14:50"), [("g1", 55)]),  # left at 14.50: of 70 minutes those from 15.00 to 15.55
        ("06:40", "08:20", (), []),  # one hour does not explain the absence of a day
        ("06:40", "16:10", (), [("g1", 450)]),  # a whole day does
        ("06:40", None, (), [("g1", 450)]),  # it lasts
    ],
)
def test_a_fault_is_pending_where_an_amnesty_would_take_something_away(
    since: str, until: str | None, walls: tuple[str, ...], expected: list[tuple[str, int]]
) -> None:
    assert pending(day(*walls, faults=[fault(since, until)])) == expected


def test_what_is_pending_changes_nothing_that_is_counted() -> None:
    plain, doubted = day("08:25", "16:00", faults=[]), day("08:25", "16:00", faults=[fault("06:40", "08:20")])
    assert doubted.shifts == plain.shifts
    assert (plain.complete, doubted.complete) == (True, False)
    (step,) = (one for one in doubted.steps if one.code == "outage.pending")
    assert (step.article, step.values["minutes"]) == ("Mesin diam", 55)


def test_where_scans_were_slow_a_scan_within_it_proves_nothing() -> None:
    slow = fault("07:00", "08:00", nature="slow", recovery_minutes=0)
    assert pending(day("07:50", "16:00", faults=[slow])) == [("g1", 20)]


def test_outages_that_overlap_are_each_pending_and_go_one_by_one() -> None:
    one, other = fault("06:40", "08:00", "g1"), fault("07:45", "08:20", "g2")
    both = day("08:25", "16:00", faults=[one, other])
    assert pending(both) == [("g1", 45), ("g2", 40)]
    granted = excuse(PLAN, "06:40", "08:15", "amnesty")
    assert pending(day("08:25", "16:00", faults=[other], excuses=(granted,))) == [("g2", 10)]


def test_two_that_explain_an_absence_only_together_are_both_pending() -> None:
    halves = [fault("06:40", "12:00", "g1"), fault("12:00", "16:10", "g2")]
    assert pending(day(faults=halves)) == [("g1", 450), ("g2", 450)]
    assert pending(day(faults=halves[:1])) == []


def test_what_the_terminal_kept_and_sends_later_ends_it() -> None:
    outage = [fault("06:40", "08:20")]
    assert pending(day("08:25", "16:00", faults=outage)) == [("g1", 55)]
    assert pending(day("07:19", "08:25", "16:00", faults=outage)) == []


def test_whoever_has_leave_is_not_concerned() -> None:
    assert pending(day(faults=[fault("06:40", "16:10")], excuses=(excuse(PLAN, kind="leave"),))) == []
