"""The past of ratings and notes: released in groups only, and consistent with what was given."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from contracts.events.directory import Assignment, UnitChanged, UnitVersion
from contracts.events.feedback import NotesTallied, OfficerRated, ServiceRated
from kit.dated import Dated
from kit.demo.calendar import is_working, working_days
from kit.demo.people import Person
from kit.demo.presence import at_work
from services.feedback.demo.notes import Office, colleagues, tallies
from services.feedback.demo.ratings import Served, month, served
from services.feedback.demo.texts import Given
from services.feedback.ratings.parts import RULES
from services.feedback.ratings.rules import RatingsRule

ZONE = ZoneInfo("Asia/Jakarta")
LAST = date(2026, 10, 30)
NOW = datetime(2026, 10, 30, tzinfo=UTC)
RULE = Dated.load(RULES, RatingsRule).on(LAST)
OFFICERS = [f"emp-{number}" for number in range(6)]
BUSY, QUIET = Served("svc-1", "u-1", Given("KTP", (), 14), OFFICERS[:4]), Served("svc-2", "u-1", Given("x", (), 2), [])
STARS = ("one", "two", "three", "four", "five")


def person(number: int) -> Person:
    held = {"unit_id": "u-1", "post_id": "p", "post_title": "Staf", "site_id": "s", "superior_id": "emp-0"}
    own = held if number else {**held, "superior_id": None}
    return Person(f"emp-{number}", 0.0, (Assignment.model_validate({**own, "valid_from": date(2020, 1, 1)}),))


def test_ratings_are_released_in_groups_of_at_least_five() -> None:
    given: Counter[str] = Counter()
    released: Counter[str] = Counter()
    officers: Counter[str] = Counter()
    for day, facts in month(1, [BUSY, QUIET], LAST, ZONE, RULE):
        assert is_working(day)
        for fact in facts:
            if fact.type == ServiceRated.TYPE:
                service = ServiceRated.model_validate_json(fact.data)
                assert service.released == 0 or service.released >= RULE.minimum_group
                assert service.released == sum(getattr(service, name) for name in STARS)
                given[service.service_id] += service.ratings
                released[service.service_id] += service.released
                assert released[service.service_id] <= given[service.service_id]
                stars, count = service.stars, service.released
                assert service.local_date == day
            else:
                officer = OfficerRated.model_validate_json(fact.data)
                assert officer.ratings >= RULE.minimum_group
                assert 1_000 * officer.ratings <= officer.expected_milli <= 5_000 * officer.ratings
                stars, count = officer.stars, officer.ratings
                assert count == sum(getattr(officer, name) for name in STARS)
                officers[officer.employee_id] += count
            assert count <= stars <= 5 * count
    assert set(released) == {"svc-1", "svc-2"}
    # Of each officer, and of paper, at most four wait.
    assert all(given[one] - released[one] < (len(OFFICERS) + 1) * RULE.minimum_group for one in given)
    assert set(officers) == set(OFFICERS[:4])
    assert sum(officers.values()) < given["svc-1"]  # part of it comes from paper and says nothing of anybody


def test_who_serves_may_issue_codes_for_it() -> None:
    """The past holds nothing that the desk would refuse today (desk.py `issue`): officers are of the unit itself."""
    begun = {"valid_from": date(2020, 1, 1)}
    units = [
        UnitChanged(
            unit_id=unit,
            code=unit,
            versions=(UnitVersion(name=name, short_name=unit, parent_id=parent, **begun),),
            changed_at=NOW,
        )
        for unit, name, parent in (("u-1", "Dinas Sosial", None), ("u-2", "Puskesmas Melati", "u-1"))
    ]
    moved = person(7)
    [old] = moved.posts
    there = old.model_copy(update={"unit_id": "u-2", "valid_from": LAST})
    moved = Person(moved.id, 0.0, (old.model_copy(update={"valid_to": LAST - timedelta(days=1)}), there))
    people = [moved, *(person(number) for number in range(5))]
    services = served(units, people, LAST)
    posts = {one.id: one.post(LAST) for one in people}
    assert len(services) == 3
    for service in services:
        assert service.officers
        assert {post.unit_id for one in service.officers if (post := posts[one])} == {service.unit_id}


def test_a_month_is_the_same_whatever_of_it_is_asked_for() -> None:
    whole = dict(month(1, [BUSY, QUIET], LAST, ZONE, RULE))
    part = dict(month(1, [BUSY, QUIET], date(2026, 10, 14), ZONE, RULE))
    assert part == {day: facts for day, facts in whole.items() if day in part}
    assert len(part) == len(working_days(date(2026, 10, 1), date(2026, 10, 14)))
    assert whole != dict(month(2, [BUSY, QUIET], LAST, ZONE, RULE))


def test_notes_are_of_superiors_and_colleagues_and_add_up() -> None:
    people = [person(number) for number in range(25)]
    office = Office(1, ZONE, colleagues(people, LAST))
    kinds: Counter[str] = Counter()
    for day in working_days(date(2026, 7, 1), LAST):
        notes = [note for one in people for note in office.notes(one, day)]
        assert notes == [note for one in people for note in office.notes(one, day)]
        sums: Counter[str] = Counter()
        for note in notes:
            kinds[note["kind"]] += 1
            assert note["author_id"] != note["employee_id"]
            assert note["kind"] == "praise" or note["author_id"] == "emp-0"
            assert note["tone"] == "good" or len(note["words"]) >= 5
            assert at_work(1, note["author_id"], day)
            assert at_work(1, note["employee_id"], day)
        for row, fact in tallies(notes, day, ZONE):
            event = NotesTallied.model_validate_json(fact.data)
            assert event.version == row["version"] > 0
            sums.update(event.model_dump(include={"given", "praise_given", "received", "praise_received", "answered"}))
        feedback = sum(note["kind"] == "feedback" for note in notes)
        assert sums["given"] == sums["received"] == feedback
        assert sums["praise_given"] == sums["praise_received"] == len(notes) - feedback
        assert sums["answered"] == sum(note["answer"] is not None for note in notes)
    assert kinds["feedback"] > kinds["praise"] > 0
