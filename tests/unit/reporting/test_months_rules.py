"""What is kept of a day, its code, what a month is closed by, what a line of the file says."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

import contracts
from contracts.events.closings import PeriodClosed
from contracts.events.days import DayStatus
from contracts.events.directory import UnitChanged, UnitVersion
from kit.spreadsheets import csv_text
from kit.unit_tree import on
from services.reporting.months.closing import closing_of
from services.reporting.months.files import CsvBook
from services.reporting.months.folds import Months
from services.reporting.months.lines import Asked, header, line
from services.reporting.months.rules import CODES, code, kept, parts_of
from services.reporting.presence.people import Whose

EXAMPLES = Path(contracts.__file__).parent / "examples"
CLOSED_AT = datetime(2026, 11, 3, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.mark.parametrize("topic", ["attendance.days", "attendance.cases", "directory.employees"])
def test_every_published_example_is_understood(topic: str) -> None:
    examples = [json.loads(path.read_text()) for path in (EXAMPLES / topic).glob("*.json")]
    assert examples
    for example in examples:
        shape = Months.inputs[example["headers"]["ce_type"]]
        TypeAdapter(shape).validate_json(json.dumps(example["data"]))


def closed(sequence: int, first: date, last: date, adjusted: int = 0) -> PeriodClosed:
    return PeriodClosed(
        closing_id=str(first),
        sequence=sequence,
        first=first,
        last=last,
        people=1,
        adjusted_days=adjusted,
        root="0" * 64,
        previous="0" * 64,
        digest="ab",
        signature="cd",
        key_id="k",
        closed_at=CLOSED_AT,
    )


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ({"status": "present"}, "H"),
        ({"status": "present", "late_band": "TL2"}, "TL2"),
        ({"status": "present", "late_band": "TL1", "early_band": "PSW3"}, "TL1 PSW3"),
        ({"status": "pending", "late_band": "TL1", "missing": ["window_open"]}, "TL1?"),
        ({"status": "absent"}, "TK"),
        ({"status": "partly_absent", "late_band": "TL1"}, "TS TL1"),
        ({"status": "leave", "missing": ["window_open"]}, "C?"),
        ({"status": "of a later release"}, "of a later release"),
    ],
)
def test_a_day_has_a_short_code(day: dict[str, Any], shown: str) -> None:
    assert code(day) == shown


def test_every_status_of_the_contract_has_a_code_of_its_own() -> None:
    assert set(CODES) == set(get_args(DayStatus))
    assert len({short for short, _ in CODES.values()}) == len(CODES)


def test_the_band_kept_is_that_of_the_latest_shift() -> None:
    shifts = [{"late_minutes": 5, "late_band": "TL1"}, {"late_minutes": 70, "late_band": "TL4"}, {"early_band": None}]
    event = {"version": 1, "status": "present", "shifts": shifts, "late_minutes": 75, "late_days": 1}
    numbers = dict.fromkeys(
        ("required_days", "present_days", "absent_days", "excused_days", "early_days", "early_minutes"), 0
    ) | dict.fromkeys(("required_minutes", "effective_minutes", "absent_minutes"), 0)
    assert kept(numbers | event) == {
        "version": 1,
        "status": "present",
        "late_days": 1,
        "late_minutes": 75,
        "late_band": "TL4",
    }


def test_a_month_is_closed_when_all_its_days_are() -> None:
    first_half, second = (date(2026, 10, 26), date(2026, 11, 25)), (date(2026, 11, 26), date(2026, 12, 25))
    assert closing_of(FIRST, LAST, []).state == "open"
    partly = closing_of(FIRST, LAST, [closed(1, *first_half, adjusted=9)])
    assert (partly.state, partly.adjusted_days, len(partly.periods)) == ("partly", 0, 1)
    both = closing_of(FIRST, LAST, [closed(2, *second, adjusted=3), closed(1, *first_half)])
    assert (both.state, both.adjusted_days) == ("closed", 3)
    assert [one.sequence for one in both.periods] == [1, 2]
    elsewhere = closing_of(FIRST, LAST, [closed(1, date(2026, 9, 26), date(2026, 10, 25))])
    assert elsewhere.state == "open"


def asked(whose: Whose) -> Asked:
    version = UnitVersion(valid_from=date(2020, 1, 1), name="Dinas", short_name="D")
    tree = on(LAST, [UnitChanged(unit_id="u", code="u", versions=(version,), changed_at=CLOSED_AT)])
    return Asked(tree, "u", FIRST, LAST, whose, partial=False)


def month_of(**units: str) -> dict[str, Any]:
    """Days d<number>=unit of one employee, each late by ten minutes."""
    days = {
        number[1:]: {"version": 1, "status": "present", "required_days": 1, "late_minutes": 10, "unit": unit}
        for number, unit in units.items()
    }
    return {"employee": "e", "month": "2026-11", "name": "=Wati", "days": days, "parts": parts_of(days)}


def test_a_line_has_only_the_days_of_the_units_asked_for() -> None:
    names = header(asked(Whose(["u"])))
    cells = dict(zip(names, line(asked(Whose(["u"])), month_of(d02="u", d03="v"), None, 2), strict=True))
    assert (cells["Nama"], cells["Unit kerja"], cells["NIP"]) == ("=Wati", "Dinas", "")
    assert (cells["Hari kerja"], cells["Terlambat (menit)"], cells["Indikasi disiplin terbuka"]) == (1, 10, 2)
    assert (cells["1"], cells["2"], cells["3"], cells["30"]) == ("", "H", "·", "")
    assert "31" not in names
    whole = dict(zip(names, line(asked(Whose(None)), month_of(d02="u", d03="v"), None, 0), strict=True))
    assert (whole["Hari kerja"], whole["3"]) == (2, "H")


def test_the_number_and_post_are_those_of_the_last_day_there() -> None:
    number = {"number": "1", "valid_from": "2020-01-01", "valid_to": "2026-11-02"}
    newer = {"number": "2", "valid_from": "2026-11-03"}
    post = {"kind": "primary", "unit_id": "u", "post_title": "Analis", "valid_from": "2020-01-01"}
    person = {"numbers": [number, newer], "assignments": [post]}
    assert line(asked(Whose(None)), month_of(d02="u"), person, 0)[:4] == ["1", "=Wati", "Dinas", "Analis"]
    assert line(asked(Whose(None)), month_of(d03="u"), person, 0)[0] == "2"


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    book = CsvBook(tmp_path / "a.csv")
    book.top([["Rekap"]], ["Nama"])
    book.lines([["=1+1", -5], ["+62", 7]])
    book.close()
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline="")))
    assert rows == [["Rekap"], [], ["Nama"], ["'=1+1", "-5"], ["'+62", "7"]]
    assert csv_text([["a;b", 'c"d']]) == 'a;b,"c""d"\r\n'
