"""Who held a PIN when."""

from kit.paging import decode, encode
from services.attendance.enrolments.cache import holder_of
from services.attendance.enrolments.rules import Holder, holder_at, reassign
from services.attendance.enrolments.store import document_of
from tests.unit.attendance.test_contacts import NOW


def test_a_simple_enrolment_counts_for_all_time() -> None:
    assert holder_at("a", "1999-01-01 00:00:00") == "a"
    assert holder_at(None, "2026-01-01 00:00:00") is None


def test_handing_a_pin_on_twice() -> None:
    once = reassign("a", "b", "2025-01-01 00:00:00")
    twice = reassign(once, "c", "2026-01-01 00:00:00")
    assert [holder_at(twice, f"{year}-06-01 00:00:00") for year in (2024, 2025, 2026)] == ["a", "b", "c"]


def test_handing_on_from_an_earlier_day_cuts_what_came_after() -> None:
    once = reassign("a", "b", "2025-01-01 00:00:00")
    again = reassign(once, "c", "2024-06-01 00:00:00")
    assert [holder_at(again, f"{day} 00:00:00") for day in ("2024-05-31", "2024-06-01", "2025-06-01")] == [
        "a",
        "c",
        "c",
    ]


def test_ending_an_enrolment_leaves_the_past() -> None:
    ended = reassign("a", None, "2026-01-01 00:00:00")
    assert holder_at(ended, "2025-12-31 23:59:59") == "a"
    assert holder_at(ended, "2026-01-01 00:00:00") is None


def test_without_a_date_the_pin_was_always_the_new_holders() -> None:
    assert reassign(reassign("a", "b", "2025-01-01 00:00:00"), "c", None) == "c"


def test_stored_and_read_back() -> None:
    holders: list[Holder | None] = [
        "a",
        reassign("a", "b", "2025-01-01 00:00:00"),
        reassign("a", None, "2025-01-01 00:00:00"),
    ]
    for holder in holders:
        assert holder_of(document_of("KNJ1", "42", holder, NOW)) == holder


def test_cursors() -> None:
    assert decode(encode("KNJ1|é42")) == "KNJ1|é42"
    assert decode(None) == ""
