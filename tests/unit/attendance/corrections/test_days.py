"""What an approved correction does to the assessed day: beside what was recorded, never instead of it."""

from datetime import UTC, datetime
from typing import Any

from services.attendance.corrections.sheet import lies
from services.attendance.days.models import AssessedDay, Seen
from services.attendance.days.rules import assess
from services.attendance.sheets.models import Claimed, Granted
from tests.unit.attendance.making import FOREVER, MONDAY, TABLES, local, office_plan, punches

PLAN = office_plan()
APPROVED = {"at": datetime(2026, 6, 3, 18, tzinfo=UTC), "what": "approved", "side": "superior", "words": "Rahasia."}


def approved(what: str = "punch", **fields: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("direction", "at", "since", "until"))
    known = {"_id": "koreksi-1", "date": str(MONDAY), "what": what, "zone": "Asia/Jakarta", "reason": "Rahasia."}
    return {**known, **nothing, "steps": [APPROVED], **fields}


def day(seen: list[Seen], *corrections: dict[str, Any]) -> AssessedDay:
    lying = [lies(one) for one in corrections]
    claimed = [one.punch for one in lying if isinstance(one, Claimed)]
    granted = [one.excuse for one in lying if isinstance(one, Granted)]
    return assess(PLAN, [*seen, *claimed], FOREVER, TABLES, granted)


def test_a_claimed_punch_counts_and_the_recorded_ones_stay_visible() -> None:
    seen = punches(PLAN, "08:10", "16:00")
    late = day(seen)
    assert late.shifts[0].late.band == "TL2"
    mended = day(seen, approved(direction="in", at=local(MONDAY, "07:25")))
    assert (mended.shifts[0].late.band, mended.first_in) == (None, local(MONDAY, "07:25"))
    shown = [one.punch_id for one in mended.used] + [one.punch_id for one in mended.not_used]
    assert sorted(shown) == ["08:10", "16:00", "koreksi-1"]


def test_a_claimed_departure_takes_the_missing_scan_away() -> None:
    seen = punches(PLAN, "07:30")
    assert day(seen).shifts[0].early.missing
    assert not day(seen, approved(direction="out", at=local(MONDAY, "16:00"))).shifts[0].early.missing


def test_a_status_excuses_the_day_or_its_part() -> None:
    assert (day([]).status, day([], approved("on_duty")).status) == ("absent", "correction")
    morning = approved("system_fault", since=local(MONDAY, "07:30"), until=local(MONDAY, "09:00"))
    assert day(punches(PLAN, "08:45", "16:00"), morning).shifts[0].late.band is None


def test_nothing_that_was_written_lies_on_the_sheet_and_it_says_who_approved_when_there() -> None:
    granted, claimed = lies(approved("outside_work")), lies(approved(direction="in", at=local(MONDAY, "07:25")))
    assert isinstance(granted, Granted)
    assert (granted.excuse.kind, granted.excuse.label, granted.excuse.source) == (
        "correction",
        "Tugas luar kantor",
        "Koreksi presensi, disetujui atasan 04-06-2026",  # 01.00 WIB of the fourth
    )
    assert "Rahasia" not in granted.model_dump_json() + claimed.model_dump_json()
