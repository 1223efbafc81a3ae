"""The course of a request: who may do what when, and what comes of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.attendance.leave import course
from services.attendance.leave.course import Change, Refused
from services.attendance.leave.ledger import balance, ledger
from tests.unit.attendance.leave.making import AT, FRIDAY_AFTER, account, asked, by, judged, stored, used
from tests.unit.attendance.making import MONDAY, local

YEAR_END = date(2026, 12, 31)


def approve(sent: Any = None, known: Any = None, **more: Any) -> Change:
    sent = sent or asked(last=FRIDAY_AFTER)
    known = known or account()
    return course.decided(stored(sent, **more), "approved", judged(sent, known), known, by())


def test_an_approval_draws_and_excuses() -> None:
    made = approve()
    assert made.request["status"] == "approved"
    assert (made.request["days"], made.request["decided_by"], made.request["version"]) == ("10", "atasan", 2)
    assert [(one.what, one.days, one.rule) for one in made.entries] == [("use", Decimal(-10), "annual-pns-2017")]
    assert made.put is not None
    assert (made.put.first, made.put.last, made.put.excuse.kind) == (MONDAY, FRIDAY_AFTER, "leave")
    assert (made.put.excuse.id, made.put.excuse.label, made.put.excuse.interval) == ("r1", "annual", None)


def test_hours_are_excused_as_hours_and_draw_nothing() -> None:
    made = approve(asked(kind="late", part="hours", until="09:00", reason="Ban bocor"))
    assert made.entries == []
    assert made.put is not None
    assert made.put.excuse.interval == (local(MONDAY, "07:30"), local(MONDAY, "09:00"))


@pytest.mark.parametrize("outcome", ["returned", "rejected"])
def test_without_an_approval_nothing_happens_to_the_days(outcome: Any) -> None:
    made = course.decided(stored(asked()), outcome, None, account(), by(words="Kantor sedang sibuk"))
    assert (made.request["status"], made.entries, made.put, made.take) == (outcome, (), None, None)
    assert made.request["steps"][-1]["words"] == "Kantor sedang sibuk"


def test_what_is_wrong_by_now_stands_in_the_way() -> None:
    with pytest.raises(Refused, match="sisa cuti tahunan tidak cukup: perlu 10, tersisa 5 hari"):
        approve(known=account(used("7", date(2026, 3, 2))))


PDF = {"id": "file"}


@pytest.mark.parametrize("status", ["waiting", "returned"])
def test_a_file_added_leaves_a_request_where_it_is(status: str) -> None:
    made = course.amended(stored(asked(), status=status), [PDF], by("pegawai"))
    assert (made.request["status"], made.request["version"], made.request["letters"]) == (status, 2, [PDF])
    assert (made.request["steps"][-1]["what"], made.entries, made.put, made.take) == ("changed", (), None, None)


@pytest.mark.parametrize("status", ["approved", "rejected", "withdrawn", "cancelling", "cancelled"])
def test_what_is_decided_takes_no_files(status: str) -> None:
    with pytest.raises(Refused, match="sudah diputus"):
        course.amended(stored(asked(), status=status), [PDF], by("pegawai"))


@pytest.mark.parametrize(
    ("hours", "who", "more", "taken"),
    [
        (0, "agency", {}, True),
        (24, "agency", {}, True),
        (25, "agency", {}, False),
        (0, "colleague", {}, False),
        (0, "agency", {"status": "cancelled"}, False),
        (0, "agency", {"paper": False}, False),
    ],
)
def test_what_came_on_paper_takes_files_from_who_recorded_it(
    hours: int, who: str, more: dict[str, Any], taken: bool
) -> None:
    recorded = {"at": AT - timedelta(hours=hours), "account": "account-agency"}
    row = stored(asked(), **{"status": "approved", "paper": True, "steps": [recorded], **more})
    if taken:
        assert course.amended(row, [PDF], by(who)).request["letters"] == [PDF]
        return
    with pytest.raises(Refused, match="yang mencatatnya"):
        course.amended(row, [PDF], by(who))


def test_nobody_decides_about_themselves() -> None:
    with pytest.raises(Refused, match="sendiri"):
        course.decided(stored(asked()), "approved", judged(asked()), account(), by("pegawai"))


@pytest.mark.parametrize("status", ["approved", "returned", "rejected", "withdrawn", "cancelled"])
def test_what_does_not_wait_is_not_decided(status: str) -> None:
    with pytest.raises(Refused, match="tidak menunggu"):
        course.decided(stored(asked(), status=status), "rejected", None, account(), by())


@pytest.mark.parametrize("status", ["waiting", "returned"])
def test_before_a_decision_it_is_taken_back(status: str) -> None:
    made = course.cancelled(stored(asked(), status=status), None, (), by("pegawai"))
    assert (made.request["status"], made.entries, made.take) == ("withdrawn", (), None)


def test_before_it_begins_it_is_cancelled_and_the_days_come_back() -> None:
    made = approve()
    known = account(*made.entries)
    back = course.cancelled(made.request, None, known.facts, by("pegawai", today=MONDAY - timedelta(days=1)))
    assert (back.request["status"], back.take, back.put) == ("cancelled", made.put, None)
    assert balance(ledger(known.with_more(back.entries), YEAR_END), YEAR_END) == 12


def test_once_it_has_begun_the_superior_must_agree() -> None:
    made = approve()
    asks = course.cancelled(made.request, None, made.entries, by("pegawai", "Dipanggil kembali", today=MONDAY))
    assert (asks.request["status"], asks.take, asks.entries) == ("cancelling", None, ())
    kept = course.decided(asks.request, "rejected", None, account(*made.entries), by(words="Tetap cuti"))
    assert (kept.request["status"], kept.take, kept.entries) == ("approved", None, ())
    done = course.decided(asks.request, "approved", None, account(*made.entries), by())
    assert (done.request["status"], done.take) == ("cancelled", made.put)
    with pytest.raises(Refused, match="tidak dapat dikembalikan"):
        course.decided(asks.request, "returned", None, account(), by(words="Bagaimana?"))


def test_asking_the_superior_needs_words() -> None:
    with pytest.raises(Refused, match="Tuliskan alasan"):
        course.cancelled(approve().request, None, (), by("pegawai", today=MONDAY))


def test_who_is_called_back_keeps_what_was_and_gets_the_rest() -> None:
    made = approve()
    since = MONDAY + timedelta(days=3)
    asks = course.cancelled(made.request, since, made.entries, by("pegawai", "Dipanggil kembali", today=since))
    done = course.decided(asks.request, "approved", None, account(*made.entries), by())
    assert (done.request["status"], done.request["last"], done.request["days"]) == ("approved", "2026-06-03", "3")
    assert done.take == made.put
    assert done.put is not None
    assert (done.put.first, done.put.last) == (MONDAY, since - timedelta(days=1))
    facts = account(*made.entries, *done.entries)
    assert balance(ledger(facts, YEAR_END), YEAR_END) == 9
    whole = course.given_back(done.request, MONDAY, facts.facts, by())
    after = facts.with_more(whole.entries)
    assert balance(ledger(after, YEAR_END), YEAR_END) == 12, "nothing comes back twice"


def test_over_new_year_each_year_gets_its_own_back() -> None:
    sent = asked(first=date(2026, 12, 28), last=date(2027, 1, 8))
    made = approve(sent)
    back = course.given_back(made.request, date(2026, 12, 30), made.entries, by())
    assert [(str(one.day), str(one.days)) for one in back.entries] == [("2026-12-30", "2"), ("2027-01-01", "6")]


@pytest.mark.parametrize("since", [MONDAY - timedelta(days=1), FRIDAY_AFTER + timedelta(days=1)])
def test_only_dates_of_the_leave_are_given_back(since: date) -> None:
    with pytest.raises(Refused, match="di dalam cuti"):
        course.cancelled(approve().request, since, (), by("pegawai"))


@pytest.mark.parametrize("status", ["rejected", "withdrawn", "cancelled", "cancelling"])
def test_what_is_over_is_not_cancelled_again(status: str) -> None:
    with pytest.raises(Refused, match="tidak dapat dibatalkan lagi"):
        course.cancelled(stored(asked(), status=status), None, (), by("pegawai"))


def test_who_takes_big_leave_has_no_annual_leave_that_year() -> None:
    sent = asked(kind="big", last=date(2026, 8, 31), reason="Ibadah haji")
    known = account(used("5", date(2026, 3, 2)))
    made = course.decided(stored(sent), "approved", judged(sent, known), known, by())
    assert [(one.what, one.days) for one in made.entries] == [("forfeit", Decimal(-7))]
    after = known.with_more(made.entries)
    assert balance(ledger(after, YEAR_END), YEAR_END) == 0
    back = course.given_back(made.request, MONDAY, after.facts, by())
    assert balance(ledger(after.with_more(back.entries), YEAR_END), YEAR_END) == 7


@pytest.mark.parametrize("status", ["approved", "rejected", "withdrawn", "cancelling", "cancelled"])
def test_what_is_decided_is_not_edited(status: str) -> None:
    with pytest.raises(Refused, match="sudah diputus"):
        course.editable(stored(asked(), status=status))
