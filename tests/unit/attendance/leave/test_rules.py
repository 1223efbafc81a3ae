"""What may be asked for: each rule of the shipped table, and everything that is wrong at once."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from kit.dated import Dated
from services.attendance.leave.law import LeaveLaw, load
from services.attendance.leave.service import Serving
from tests.unit.attendance.leave.making import FRIDAY_AFTER, PPPK, TODAY, account, asked, judged, stored, used, wrong
from tests.unit.attendance.making import MONDAY, book, holiday, local, person

SATURDAY = MONDAY + timedelta(days=5)


def test_annual_leave_costs_working_days_and_names_its_rule() -> None:
    found = judged(asked(last=FRIDAY_AFTER), by=book(holidays=(holiday(MONDAY),)))
    assert (str(found.cost.days), found.wrong) == ("9", ())
    assert found.rule is not None
    assert found.rule.id == "annual-pns-2017"


def test_a_row_may_allow_halves_of_annual_leave() -> None:
    """The shipped row does not (unverified); an agency's may."""
    sent = asked(part="first_half")
    assert "part" in wrong(sent)
    shipped = load().rule("annual", "pns", MONDAY)
    assert shipped is not None
    local_row = shipped.model_copy(update={"parts": ("day", "first_half", "second_half")})
    known = account(law=LeaveLaw({"annual": {"pns": Dated([local_row])}}))
    found = judged(sent, known)
    assert (found.cost.days, found.wrong) == (Decimal("0.5"), ())
    assert found.interval == (local(MONDAY, "07:30"), local(MONDAY, "11:45"))


def test_not_more_than_there_is() -> None:
    known = account(used("9", date(2026, 3, 2)))
    assert wrong(asked(last=MONDAY + timedelta(days=2)), known) == {}
    short = wrong(asked(last=MONDAY + timedelta(days=3)), known)
    assert short == {"last": "sisa cuti tahunan tidak cukup: perlu 4, tersisa 3 hari"}


def test_leave_over_new_year_draws_from_both_years() -> None:
    """28 December to 8 January: four days of 2026, six of 2027."""
    sent = asked(first=date(2026, 12, 28), last=date(2027, 1, 8))
    assert wrong(sent, account(used("8", date(2026, 3, 2)))) == {}
    assert "last" in wrong(sent, account(used("9", date(2026, 3, 2))))


def test_a_weekend_needs_no_leave() -> None:
    assert wrong(asked(first=SATURDAY)) == {"first": "tidak ada hari kerja pada tanggal itu"}


def test_without_a_schedule_nothing_can_be_counted() -> None:
    assert "jadwal kerja belum ada untuk 01-06-2026" in wrong(asked(), of=person(posts=()))["first"]
    sick = asked(kind="sick")
    assert wrong(sick, of=person(posts=())) == {}, "nobody is refused sick leave for want of a schedule"


@pytest.mark.parametrize(
    ("kind", "fields", "missing"),
    [
        ("sick", {}, {}),
        ("sick", {"last": MONDAY + timedelta(days=1)}, {"letter": "perlu nomor surat keterangan dokter"}),
        ("sick", {"last": MONDAY + timedelta(days=14)}, {"letter": "perlu nomor surat keterangan dokter pemerintah"}),
        ("duty", {}, {"letter": "perlu nomor surat tugas", "place": "tuliskan tempatnya"}),
        ("duty", {"letter": "094/12/2026", "place": "Surabaya"}, {}),
        ("important", {}, {"reason": "tuliskan alasannya, paling sedikit 5 huruf"}),
        ("late", {"part": "hours", "until": "09:00", "reason": "Ban bocor"}, {}),
        ("late", {"reason": "Ban bocor"}, {"part": "jenis ini hanya untuk sebagian hari"}),
    ],
)
def test_letters_places_and_reasons(kind: str, fields: dict[str, Any], missing: dict[str, str]) -> None:
    assert wrong(asked(kind=kind, **fields)) == missing


def test_everything_wrong_is_said_at_once() -> None:
    sent = asked(kind="duty", first=MONDAY - timedelta(days=40), part="hours", since="08:00", until="09:00")
    assert set(wrong(sent)) == {"part", "place", "letter", "first"}


@pytest.mark.parametrize(
    ("kind", "last", "fine"),
    [
        ("maternity", date(2026, 8, 31), True),
        ("maternity", date(2026, 9, 1), False),
        ("important", date(2026, 6, 30), True),
        ("important", date(2026, 7, 1), False),
        ("big", date(2026, 8, 31), True),
        ("unpaid", date(2029, 5, 31), True),
        ("unpaid", date(2029, 6, 1), False),
    ],
)
def test_the_longest_there_may_be(kind: str, last: date, fine: bool) -> None:
    found = wrong(asked(kind=kind, last=last, reason="Ibadah haji", letter="SK 1/2026"))
    assert (found == {}) == fine, found


@pytest.mark.parametrize("kind", ["big", "unpaid"])
def test_five_years_of_service_come_first(kind: str) -> None:
    new = Serving(kind="pns", valid_from=date(2022, 1, 1), since=date(2022, 1, 1))
    found = wrong(asked(kind=kind, reason="Ibadah haji", letter="SK 1/2026"), account(served=(new,)))
    assert found == {"kind": "baru dapat diambil mulai 01-01-2027, setelah 60 bulan bekerja"}


def test_big_leave_again_after_five_years() -> None:
    before = stored(asked(kind="big", reason="Ibadah haji"), status="approved", first="2022-01-01", last="2022-03-31")
    found = wrong(asked(kind="big", reason="Ibadah haji"), others=[{**before, "_id": "r0"}])
    assert found == {"kind": "sudah diambil sampai 31-03-2022; berikutnya mulai 31-03-2027"}


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        ("annual", True),
        ("sick", True),
        ("maternity", True),
        ("important", False),
        ("big", False),
        ("unpaid", False),
        ("duty", True),
        ("late", True),
    ],
)
def test_what_pppk_have(kind: str, allowed: bool) -> None:
    fields = {"part": "hours", "until": "09:00"} if kind == "late" else {}
    sent = asked(kind=kind, reason="Keperluan", letter="SK 1/2026", place="Kota", **fields)
    assert wrong(sent, account(served=(PPPK,))) == ({} if allowed else {"kind": "tidak tersedia bagi PPPK"})


def test_sick_leave_of_pppk_is_a_month_at_most() -> None:
    sent = asked(kind="sick", last=date(2026, 7, 1), letter="SKD 1")
    assert wrong(sent) == {}
    assert wrong(sent, account(served=(PPPK,))) == {"last": "paling lama sampai 30-06-2026"}


def test_nobody_of_whom_the_directory_says_nothing() -> None:
    assert "status kepegawaian" in wrong(asked(), account(served=()))["kind"]


@pytest.mark.parametrize(("days", "fine"), [(7, True), (8, False)])
def test_how_late_one_may_ask_oneself(days: int, fine: bool) -> None:
    today = MONDAY + timedelta(days=days)
    assert (wrong(asked(), today=today) == {}) == fine
    assert wrong(asked(), agency=True, today=today) == {}, "the personnel agency records it all the same"


def test_not_further_ahead_than_a_year() -> None:
    ahead = TODAY + timedelta(days=371)
    assert "paling jauh 366 hari" in wrong(asked(kind="sick", first=ahead))["first"]


def test_before_leave_was_kept_here() -> None:
    sent = asked(first=date(2025, 6, 2))
    assert "sebelum tahun 2026" in wrong(sent, agency=True)["first"]


@pytest.mark.parametrize("status", ["waiting", "returned", "approved", "cancelling"])
def test_no_two_at_once(status: str) -> None:
    other = stored(asked(kind="sick", last=FRIDAY_AFTER), status=status)
    assert wrong(asked(first=FRIDAY_AFTER), others=[other]) == {
        "first": "bertumpang tindih dengan cuti sakit 01-06-2026 sampai 12-06-2026; batalkan atau ubah yang itu"
    }
    assert wrong(asked(first=FRIDAY_AFTER + timedelta(days=3)), others=[other]) == {}
    assert wrong(asked(first=FRIDAY_AFTER), others=[other], identity="r1") == {}, "itself is no other"


@pytest.mark.parametrize("status", ["rejected", "withdrawn", "cancelled"])
def test_what_is_over_takes_no_dates(status: str) -> None:
    assert wrong(asked(), others=[stored(asked(kind="sick"), status=status)]) == {}


def test_two_parts_of_a_day_may_stand_beside_each_other() -> None:
    words = {"reason": "Rapat luar", "place": "Balai Kota"}
    morning = stored(asked(kind="outside", part="first_half", **words), status="approved")
    assert wrong(asked(kind="outside", part="second_half", **words), others=[morning]) == {}
    assert "first" in wrong(asked(kind="outside", part="first_half", **words), others=[morning])
    assert "first" in wrong(asked(kind="late", part="hours", until="09:00", reason="Ban bocor"), others=[morning])
    assert "first" in wrong(asked(), others=[morning]), "a whole day has no room beside it"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"last": MONDAY - timedelta(days=1)}, "sebelum hari pertama"),
        ({"last": MONDAY + timedelta(days=1_100)}, "paling lama"),
        ({"last": FRIDAY_AFTER, "part": "first_half"}, "satu tanggal"),
        ({"since": "08:00"}, "beberapa jam"),
        ({"since": "25:00", "part": "hours"}, "pattern"),
        ({"shift": 1}, "Extra inputs"),
    ],
)
def test_what_cannot_be_is_refused_as_it_comes(fields: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        asked(**fields)
