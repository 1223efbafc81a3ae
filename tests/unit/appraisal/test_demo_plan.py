"""The past of daily activities: possible by the rules, and consistent with what is said about it."""

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from contracts.events.appraisal import ValidationTallied, WorkdayTallied
from contracts.events.directory import Assignment
from kit.dated import Dated
from kit.demo.calendar import DAY
from kit.demo.people import Person
from kit.demo.presence import at_work
from services.appraisal.activities.desk import view
from services.appraisal.activities.rules import MinutesRule, closes_on, tally
from services.appraisal.app import MINUTES
from services.appraisal.demo.plan import City, Told, Validations

ZONE = ZoneInfo("Asia/Jakarta")
RULES = Dated.load(MINUTES, MinutesRule)
LAST = date(2026, 11, 20)
DAYS = [LAST - DAY * number for number in range(60, -1, -1)]
CITY = City(1, ZONE)


def person(number: int) -> Person:
    """The superior changes in October; 0 leads and has none."""
    held = [("boss-a", date(2020, 1, 1), date(2026, 10, 14)), ("boss-b", date(2026, 10, 15), None)]
    posts = tuple(
        Assignment(
            unit_id="u",
            post_id="p",
            post_title=("Guru Ahli Muda", "Perawat Mahir", "Pengolah Data")[number % 3],
            site_id="s",
            superior_id=superior if number else None,
            valid_from=first,
            valid_to=last,
        )
        for superior, first, last in held
    )
    return Person(f"emp-{number}", number / 30, posts)


PEOPLE = [person(number) for number in range(30)]


def told(as_of: date = LAST) -> list[Told]:
    return [CITY.day_of(one, day, as_of, RULES.on(day)) for day in DAYS if day <= as_of for one in PEOPLE]


def test_days_are_possible_and_their_tallies_are_those_of_the_rules() -> None:
    statuses: Counter[str] = Counter()
    for one in told():
        assert (one.workday is None) == (one.fact is None) == (not one.entries)
        if one.workday is None or one.fact is None:
            continue
        day = date.fromisoformat(one.workday["date"])
        rule = RULES.on(day)
        assert at_work(1, one.workday["employee_id"], day)
        event = WorkdayTallied.model_validate_json(one.fact.data)
        counts = tally(one.entries, rule.day_cap_minutes).model_dump()
        assert {name: getattr(event, name) for name in counts} == counts
        assert {name: one.workday[name] for name in counts} == counts
        assert event.version == one.workday["version"] == sum(1 + len(entry["steps"]) for entry in one.entries)
        assert 2 <= len(one.entries) <= 5 or day == LAST or event.version >= 1
        spans = sorted(entry["span"] for entry in one.entries)
        assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
        for entry in one.entries:
            statuses[entry["status"]] += 1
            assert view(entry).minutes == entry["span"][1] - entry["span"][0] >= 15
            assert entry["recorded_at"].date() < closes_on(day, rule)
            times = [entry["recorded_at"], *(step["at"] for step in entry["steps"])]
            assert times == sorted(times)
            assert times[-1].date() <= LAST
    total = sum(statuses.values())
    assert statuses["validated"] / total > 0.85
    assert all(statuses[status] for status in ("waiting", "returned", "rejected"))


def test_nobody_validates_himself_and_the_superior_of_the_day_decides_while_at_work() -> None:
    for one in told():
        for entry in one.entries:
            assert entry["employee_id"] != "emp-0"  # without a superior nobody would decide
            for step in entry["steps"]:
                if step["what"] == "changed":
                    continue
                on = step["at"].date()
                assert step["by"] == ("boss-a" if on <= date(2026, 10, 14) else "boss-b")
                assert at_work(1, step["by"], on)
                assert bool(step["words"]) == (step["what"] != "validated")


def test_what_superiors_did_is_what_the_entries_say() -> None:
    all_told = told()
    validations, decided, late = Validations(ZONE), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one in all_told:
        validations.add(one.counted)
        for entry in one.entries:
            for step in entry["steps"]:
                if step["what"] != "changed":
                    decided[step["by"], str(step["at"].date())] += 1
            last = entry["steps"][-1] if entry["steps"] else None
            if last and last["what"] in ("validated", "rejected") and str(last["at"].date()) > entry["due_on"]:
                late[last["by"], str(last["at"].date())] += 1
    overdue = 0
    for day in validations.days():
        for row, fact in validations.take(day):
            event = ValidationTallied.model_validate_json(fact.data)
            key = (event.employee_id, str(event.local_date))
            assert event.decided == row["decided"] == decided.pop(key, 0)
            assert late[key] <= event.late <= event.decided  # those returned too late are not in `late` above
            assert event.version == event.decided + event.became_overdue
            assert day <= LAST
            overdue += event.became_overdue
    assert not decided
    waits = sum(e["status"] == "waiting" and e["due_on"] < str(LAST) for one in all_told for e in one.entries)
    assert overdue >= waits > 0


@pytest.mark.parametrize("earlier", [LAST - DAY * 3, LAST - DAY * 10])
def test_an_earlier_evening_shows_the_same_story_up_to_then(earlier: date) -> None:
    later = {entry["_id"]: entry for one in told() for entry in one.entries}
    for one in told(earlier):
        for entry in one.entries:
            full = later[entry["_id"]]
            steps = [step for step in full["steps"] if step["at"].date() <= earlier]
            assert entry["steps"] == steps
            assert entry["recorded_at"] == full["recorded_at"]
