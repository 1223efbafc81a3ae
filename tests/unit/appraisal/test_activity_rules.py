"""What may be recorded, changed and decided, and what a day comes to."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from kit.dated import Dated
from services.appraisal.activities import rules
from services.appraisal.activities.models import Activity, ChangedActivity, Decision
from services.appraisal.activities.rules import MinutesRule, Refused
from services.appraisal.app import MINUTES

RULE = Dated.load(MINUTES, MinutesRule).on(date(2026, 11, 23))
NOW = datetime(2026, 11, 23, 15, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
TODAY = NOW.date()


def sent(**fields: Any) -> Activity:
    return Activity.model_validate({"what": "Memeriksa berkas", **fields})


def entry(status: str = "waiting", minutes: int = 60, span: tuple[int, int] | None = None) -> dict[str, Any]:
    return {"_id": "x", "status": status, "minutes": minutes, "span": span, "what": "Rapat koordinasi"}


def test_the_norm_in_force_is_the_one_of_the_law_table() -> None:
    assert (RULE.month_norm_minutes, RULE.day_cap_minutes) == (6750, 660)


@pytest.mark.parametrize(
    ("fields", "length"),
    [({"start": "08:00", "end": "09:15"}, 75), ({"minutes": 90}, 90), ({"start": "00:00", "end": "00:01"}, 1)],
)
def test_how_long_it_took(fields: dict[str, Any], length: int) -> None:
    assert sent(**fields).length == length


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"start": "08:00"},
        {"start": "08:00", "end": "09:00", "minutes": 60},
        {"start": "09:00", "end": "08:00"},
        {"start": "08:00", "end": "08:00"},
        {"start": "08:00:30", "end": "09:00"},
        {"minutes": 0},
        {"minutes": 1441},
        {"minutes": 60, "quantity": "-1"},
        {"minutes": 60, "quantity": "0.001"},
        {"minutes": 60, "what": "a\u200b\u200b "},
        {"minutes": 60, "what": "x" * 501},
        {"minutes": 60, "salah": 1},
    ],
)
def test_what_is_no_entry_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        sent(**fields)


def test_what_cannot_be_seen_is_left_out() -> None:
    assert sent(minutes=5, what="Ra\u200bpat\x00 \u202eharian").what == "Rapat harian"


def test_a_decision_that_is_not_a_validation_says_why() -> None:
    assert Decision(activities=["a"], outcome="validated").words is None
    with pytest.raises(ValidationError, match="alasannya"):
        Decision(activities=["a"], outcome="returned")


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        (date(2026, 11, 24), "belum tiba"),
        (date(2026, 11, 23), None),
        (date(2026, 11, 1), None),
        (date(2026, 10, 31), "ditutup sejak 05-11-2026"),
    ],
)
def test_a_day_takes_entries_until_its_month_is_closed(day: date, refused: str | None) -> None:
    if refused is None:
        rules.check_day(day, RULE, NOW)
        return
    with pytest.raises(Refused, match=refused):
        rules.check_day(day, RULE, NOW)


def test_a_month_is_open_up_to_the_day_before_it_closes() -> None:
    rules.check_day(date(2026, 10, 31), RULE, datetime(2026, 11, 4, 23, 59, tzinfo=NOW.tzinfo))
    assert rules.closes_on(date(2026, 12, 31), RULE) == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("fields", "others", "refused"),
    [
        ({"start": "15:00", "end": "15:31"}, [], "belum tiba; sekarang pukul 15.30"),
        ({"start": "15:00", "end": "15:30"}, [], None),
        ({"start": "08:00", "end": "09:00"}, [entry(span=(8 * 60 + 59, 600))], "bertumpang tindih .*08.59–10.00"),
        ({"start": "08:00", "end": "09:00"}, [entry(span=(9 * 60, 600))], None),
        ({"start": "08:00", "end": "09:00"}, [entry("rejected", span=(480, 600))], None),
        ({"start": "08:00", "end": "09:00"}, [entry("withdrawn", span=(480, 600))], None),
        ({"minutes": 61}, [entry(minutes=1380)], "lebih dari 24 jam; tersisa 60 menit"),
        ({"minutes": 60}, [entry(minutes=1380)], None),
        ({"minutes": 60}, [entry("rejected", minutes=1440)], None),
    ],
)
def test_an_entry_fits_into_its_day(fields: dict[str, Any], others: list[dict[str, Any]], refused: str | None) -> None:
    if refused is None:
        rules.check_entry(sent(**fields), TODAY, others, NOW)
        return
    with pytest.raises(Refused, match=refused):
        rules.check_entry(sent(**fields), TODAY, others, NOW)


def test_the_end_of_another_day_is_not_in_the_future() -> None:
    rules.check_entry(sent(start="22:00", end="23:00"), date(2026, 11, 22), [], NOW)


@pytest.mark.parametrize(
    ("status", "reason", "after"),
    [
        ("waiting", None, "waiting"),
        ("returned", None, "waiting"),
        ("validated", "Jumlahnya keliru", "waiting"),
        ("validated", None, None),
        ("rejected", "Tetap benar", None),
        ("withdrawn", None, None),
    ],
)
def test_an_edit(status: Any, reason: str | None, after: str | None) -> None:
    if after is not None:
        assert rules.changed(status, reason) == after
        return
    with pytest.raises(Refused):
        rules.changed(status, reason)


@pytest.mark.parametrize("status", ["validated", "rejected", "withdrawn"])
def test_what_was_decided_is_not_withdrawn(status: Any) -> None:
    assert rules.withdrawn("waiting") == rules.withdrawn("returned") == "withdrawn"
    with pytest.raises(Refused):
        rules.withdrawn(status)


def test_nobody_decides_about_themselves_and_only_what_waits_is_decided() -> None:
    assert rules.decided("waiting", "rejected", own=False) == "rejected"
    with pytest.raises(Refused, match="Anda sendiri"):
        rules.decided("waiting", "validated", own=True)
    for status in ("validated", "returned", "rejected", "withdrawn"):
        with pytest.raises(Refused, match="tidak menunggu"):
            rules.decided(status, "validated", own=False)


def test_a_day_comes_to_what_counts_up_to_its_cap() -> None:
    found = rules.tally(
        [entry("validated", 400), entry("validated", 300), entry("waiting", 30), entry("returned", 10)]
        + [entry("rejected", 500), entry("withdrawn", 500)],
        RULE.day_cap_minutes,
    )
    assert found.model_dump() == {
        "entries": 5,
        "waiting": 1,
        "validated": 2,
        "returned": 1,
        "rejected": 1,
        "minutes": 740,
        "validated_minutes": 700,
        "effective_minutes": 660,
        "copied": 0,
    }
    assert rules.summed([found.model_dump(), found.model_dump()]).effective_minutes == 1320


@pytest.mark.parametrize(
    ("before", "copied"),
    [
        ("Menyusun laporan bulanan 11", True),
        ("laporan bulanan menyusun", True),
        ("Menyusun laporan bulanan kepegawaian", False),  # three of four words
        ("Menyusun laporan bulanan kegiatan bidang satu dua", False),
        ("Rapat", False),
    ],
)
def test_what_says_the_same_but_for_numbers_and_order_is_nearly_a_copy(before: str, copied: bool) -> None:
    sent = Activity(what="Menyusun laporan bulanan 12", minutes=30)
    assert rules.nearly_copied(sent.what, ["Apel pagi", before]) is copied


def test_copies_count_while_they_take_up_time() -> None:
    entries = [entry(status, 30) | {"copied": True} for status in ("waiting", "validated", "rejected", "withdrawn")]
    assert rules.tally([*entries, entry("waiting", 30)], 660).copied == 2


def test_a_correction_may_carry_its_reason() -> None:
    assert ChangedActivity(what="Rapat", minutes=5, reason="Salah ketik").reason == "Salah ketik"
