"""What a change of the book comes to, before anything is written: pure."""

from datetime import date, timedelta

from services.attendance.schedules.models import Holiday, Pattern
from services.attendance.schedules.proposing import changed, findings
from services.attendance.schedules.ready import ready_patterns
from services.attendance.schedules.rules import plan_of
from services.attendance.schedules.sentences import SENTENCES, sentence
from services.attendance.schedules.succession import succeeded
from tests.unit.attendance.making import LAW, LONG_AGO, MONDAY, book, given, holiday, person, week

NEXT = MONDAY + timedelta(days=30)


def test_a_changed_book_has_look_ups_of_its_own() -> None:
    before = book()
    assert plan_of(person(), MONDAY, before).kind == "work"
    after = changed(before, {"holidays": [holiday(MONDAY)]})
    assert plan_of(person(), MONDAY, after).kind == "holiday"
    assert plan_of(person(), MONDAY, changed(after, {}, [("holidays", holiday(MONDAY).id)])).kind == "work"
    assert plan_of(person(), MONDAY, before).kind == "work"


def test_only_what_a_change_makes_wrong_is_said_to_it() -> None:
    """The book has a place without a zone already: whoever adds a holiday is not told of it."""
    before = book()
    feast = holiday(MONDAY)
    assert findings(before, changed(before, {"holidays": [feast]}), [feast], LAW) == []
    twice = given("unit", "dinas", "entah", MONDAY)
    found = findings(before, changed(before, {"assigned": [twice]}), [twice], LAW)
    assert {one.code for one in found} == {"periods_overlap", "unknown_pattern"}
    broken = week("kantor", *(day.shifts[0] for day in before.patterns[0].versions[0].days[:1]), until=MONDAY)
    found = findings(before, changed(before, {"patterns": [broken]}), [broken], LAW)
    assert {(one.code, one.where) for one in found if one.code == "hole"} == {("hole", before.assigned[0].id)}


def test_one_pattern_follows_another() -> None:
    office = given("unit", "dinas", "kantor")
    later = given("unit", "dinas", "lain", MONDAY)
    kept, touched = succeeded([office], later, lambda: "fresh")
    assert [(one.pattern_id, one.valid_to) for one in kept] == [("kantor", MONDAY - timedelta(days=1)), ("lain", None)]
    assert {one.id for one in touched} == {office.id, later.id}
    assert succeeded(kept, later.model_copy(update={"id": "sekali lagi"}), lambda: "fresh") == (kept, [])


def test_what_was_there_goes_on_after_what_was_for_a_while() -> None:
    office, fair = given("unit", "dinas", "kantor"), given("unit", "dinas", "pekan", MONDAY, NEXT)
    kept, _ = succeeded([office], fair, lambda: "fresh")
    assert [(one.id, one.valid_from, one.valid_to) for one in kept] == [
        (office.id, LONG_AGO, MONDAY - timedelta(days=1)),
        (fair.id, MONDAY, NEXT),
        ("fresh", NEXT + timedelta(days=1), None),
    ]
    ended = given("unit", "dinas", "kantor", LONG_AGO, NEXT)
    kept, _ = succeeded([ended], fair, lambda: "fresh")
    assert kept == [ended, fair], "somebody set that end: it is not moved, checks name it"


def test_every_finding_has_its_sentence() -> None:
    before = book()
    rows = [given("unit", "bubar", "entah", LONG_AGO), given("unit", "bubar", "entah", MONDAY)]
    found = findings(before, changed(before, {"assigned": rows}), rows, LAW)
    assert {one.code for one in found} <= SENTENCES.keys()
    assert all("{" not in sentence(one) and one.where not in sentence(one) for one in found)


def test_the_ready_patterns_are_those_of_the_law() -> None:
    ready = ready_patterns(MONDAY)
    assert {key: len([day for day in one.versions[0].days if day.shifts]) for key, one in ready.items()} == {
        "five_day": 5,
        "six_day": 6,
    }
    known = book(patterns=tuple(ready.values()), assigned=(given("unit", "dinas", ready["five_day"].id),))
    plan = plan_of(person(), MONDAY, known)
    assert (plan.kind, plan.required_minutes) == ("work", 450)


def test_rows_stay_what_they_are() -> None:
    known = changed(book(), {"patterns": [week("baru")], "holidays": [holiday(date(2026, 8, 17))]})
    assert all(isinstance(one, Pattern) for one in known.patterns)
    assert all(isinstance(one, Holiday) for one in known.holidays)
    assert [one.id for one in known.patterns] == ["baru", "kantor"]
