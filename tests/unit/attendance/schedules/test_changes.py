"""Which dates a change of the book, or of posts, makes worth another look: never one too few."""

from datetime import date, timedelta

import pytest

from services.attendance.schedules.book import Book
from services.attendance.schedules.changes import Range, affected, moved
from services.attendance.schedules.models import Beginning, Place, Placed, Post, Ramadan
from tests.unit.attendance.making import LONG_AGO, MONDAY, OFFICE, book, given, holiday

DAY = timedelta(days=1)
JUNE = given("unit", "dinas", "kantor", MONDAY)
ENDED = JUNE.model_copy(update={"valid_to": MONDAY + 9 * DAY})
SHORTER = JUNE.model_copy(update={"valid_to": MONDAY + 4 * DAY})
LATER = OFFICE.versions[0].model_copy(update={"valid_from": MONDAY})
TWO = OFFICE.model_copy(update={"versions": (OFFICE.versions[0], LATER)})
FAST = Ramadan(id="r", first=MONDAY, last=MONDAY + 29 * DAY, source="SKB")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {}, None),
        ({}, {"holidays": (holiday(MONDAY),)}, (MONDAY - DAY, MONDAY + DAY)),
        ({"holidays": (holiday(MONDAY),)}, {}, (MONDAY - DAY, MONDAY + DAY)),
        ({"ramadans": ()}, {"ramadans": (FAST,)}, (MONDAY - DAY, MONDAY + 30 * DAY)),
        ({"assigned": ()}, {"assigned": (JUNE,)}, (MONDAY - DAY, None)),
        ({"assigned": (JUNE,)}, {"assigned": (ENDED,)}, (MONDAY + 9 * DAY, None)),
        ({"assigned": (SHORTER,)}, {"assigned": (ENDED,)}, (MONDAY + 4 * DAY, MONDAY + 10 * DAY)),
        ({}, {"patterns": (TWO,)}, (MONDAY - DAY, None)),
        ({"patterns": (TWO,)}, {"patterns": ()}, (min(one.valid_from for one in TWO.versions) - DAY, None)),
        ({}, {"units": {"bidang": (Placed(valid_from=MONDAY, parent_id=None),)}}, (LONG_AGO - DAY, None)),
        ({}, {"places": (Place(id="baru", zone="Asia/Jakarta"),)}, (date.min, None)),
        ({"beginnings": ()}, {}, (LONG_AGO - DAY, None)),
        (
            {},
            {"beginnings": (Beginning(id="awal", day=MONDAY, source="SK"),)},
            (LONG_AGO - DAY, MONDAY + DAY),
        ),
        ({}, {"holidays": (holiday(MONDAY),), "assigned": ()}, (LONG_AGO - DAY, None)),
    ],
)
def test_the_dates_two_books_may_differ_on(
    old: dict[str, object], new: dict[str, object], expected: tuple[date, date | None] | None
) -> None:
    assert affected(book(**old), book(**new)) == (Range(*expected) if expected else None)


def test_from_nothing_everything_may_be_different() -> None:
    assert affected(Book(zone="UTC"), book()) == Range(date.min, None)


def post(unit: str, since: date, until: date | None = None, site: str = "surabaya") -> Post:
    return Post(unit_id=unit, site_id=site, valid_from=since, valid_to=until)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [post("a", MONDAY)], MONDAY),
        ([post("a", MONDAY)], [post("a", MONDAY)], None),
        # The same post told in two periods is the same post.
        ([post("a", LONG_AGO)], [post("a", LONG_AGO, MONDAY - DAY), post("a", MONDAY)], None),
        ([post("a", LONG_AGO)], [post("a", LONG_AGO, MONDAY - DAY), post("b", MONDAY)], MONDAY),
        ([post("a", LONG_AGO)], [post("a", LONG_AGO, site="denpasar")], LONG_AGO),
        ([post("a", LONG_AGO)], [post("a", LONG_AGO, MONDAY)], MONDAY + DAY),
        ([post("a", LONG_AGO)], [], LONG_AGO),
    ],
)
def test_since_when_somebody_is_elsewhere(old: list[Post], new: list[Post], expected: date | None) -> None:
    assert moved(old, new) == expected
