"""What the pasts of all streams share: the calendar, who is away, and ids that make loading repeatable."""

from datetime import date

from kit.demo.calendar import DAY, after, is_working, working_days
from kit.demo.chance import identity, share
from kit.demo.journaling import entry_id
from kit.demo.loading import Progress
from kit.demo.presence import state_of
from kit.journal import Fact

FRIDAY = date(2026, 11, 20)
YEAR = [date(2025, 12, 1) + DAY * number for number in range(365)]


def test_offices_are_closed_on_weekends_and_holidays() -> None:
    assert not is_working(date(2026, 8, 17))  # Independence Day, a Monday
    assert not is_working(date(2026, 3, 20))  # collective leave around Idul Fitri
    assert working_days(FRIDAY, FRIDAY + DAY * 3) == [FRIDAY, FRIDAY + DAY * 3]
    assert after(FRIDAY, 1) == FRIDAY + DAY * 3
    assert after(FRIDAY + DAY, 0) == FRIDAY + DAY * 3
    assert 230 < len([day for day in YEAR if is_working(day)]) < 250


def test_chance_is_the_same_for_the_same_question_only() -> None:
    assert share(1, "a", FRIDAY) == share(1, "a", FRIDAY) != share(2, "a", FRIDAY)
    assert identity("a", "bc") != identity("ab", "c")


def test_people_are_away_in_plausible_measure_and_never_on_a_day_off() -> None:
    counts: dict[str, int] = {}
    for number in range(100):
        for day in YEAR:
            state = state_of(1, f"emp-{number}", day)
            assert (state == "off") == (not is_working(day))
            counts[state] = counts.get(state, 0) + 1
    work = sum(counts.values()) - counts["off"]
    assert 0.005 < counts["sick"] / work < 0.03
    assert 0.02 < counts["leave"] / work < 0.06  # about twelve days a year
    assert counts["absent"] / work < 0.01
    assert counts["present"] / work > 0.85


def test_the_same_facts_are_the_same_entry() -> None:
    one, two = (Fact(name, "t", "k", "2026-01-01T00:00:00Z", b"{}") for name in ("1", "2"))
    assert entry_id([one, two]) == entry_id([one, two])
    assert len({entry_id([one]), entry_id([two]), entry_id([one, two]), entry_id([two, one])}) == 4


def test_progress_says_how_far_and_how_much_is_left() -> None:
    said: list[str] = []
    progress = Progress("attendance", 2, said.append)
    progress.day(FRIDAY, 100)  # too soon to say anything
    progress.day(FRIDAY + DAY, 210)
    progress.end(210)
    assert said[0].split("  ")[:3] == ["attendance 2026-11-21", "2/2 days", "210 of about 210 events"]
    assert said[-1].startswith("attendance 210 events of 2 days")
    Progress("feedback", 0, said.append).end(0)
    assert said[-1].endswith("nothing to do")
