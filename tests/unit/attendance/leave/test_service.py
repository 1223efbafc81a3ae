"""What the directory's numbers say of service (regulations.md sections 10.1 and 10.2)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from contracts.events.directory import EmployeeChanged
from services.attendance.directory.folds import employee_document


def since(kind: str, number: str, valid_from: str) -> Any:
    state = EmployeeChanged.model_validate(
        {
            "employee_id": "ani",
            "name": "Ani",
            "sex": "female",
            "status": kind,
            "numbers": [{"kind": kind, "number": number, "valid_from": valid_from}],
            "assignments": [],
            "changed_at": datetime(2026, 1, 1, tzinfo=UTC),
        }
    )
    return employee_document(state)["serving"][0]["since"]


@pytest.mark.parametrize(
    ("kind", "number", "valid_from", "expected"),
    [
        ("pns", "198609262015051001", "2020-01-01", "2015-05-01"),
        ("pns", "198609262015051001", "2015-05-01", "2015-05-01"),
        ("pns", "198609262015131001", "2020-01-01", "2020-01-01"),
        ("pns", "198609262025051001", "2020-01-01", "2020-01-01"),
        ("pppk", "199009132025242014", "2025-03-01", "2025-03-01"),
    ],
    ids=["the month in a NIP", "the same month", "no month", "later than it was given", "a NI PPPK has no month"],
)
def test_service_begins(kind: str, number: str, valid_from: str, expected: str) -> None:
    assert since(kind, number, valid_from) == expected
