"""Who decides about a correction until when, and which step follows which."""

from datetime import date, timedelta
from typing import Any, get_args

import pytest

from services.attendance.corrections.models import Outcome, Status
from services.attendance.corrections.rules import (
    Refused,
    amendable,
    changed,
    decided,
    decider,
    revoked,
    withdrawn,
)

UNTIL = date(2026, 6, 8)
AFTER = UNTIL + timedelta(days=1)
STATUSES: tuple[Status, ...] = get_args(Status)


def who(today: date, **is_: bool) -> str | None:
    known = {"led": False, "unled": False, "agency": False, **is_}
    return decider(UNTIL, today, **known)


def test_the_superior_decides_up_to_the_day_then_the_personnel_agency() -> None:
    assert who(UNTIL, led=True) == "superior"
    assert who(AFTER, agency=True) == "agency"
    with pytest.raises(Refused, match=r"lewat pada 08-06-2026.*BKPSDM"):
        who(AFTER, led=True)
    with pytest.raises(Refused, match="diputus atasannya sampai 08-06-2026"):
        who(UNTIL, agency=True)


def test_who_leads_and_is_of_the_agency_decides_either_way() -> None:
    assert (who(UNTIL, led=True, agency=True), who(AFTER, led=True, agency=True)) == ("superior", "agency")


def test_nobodys_subordinate_waits_for_the_agency_at_once_and_others_decide_nothing() -> None:
    assert who(UNTIL, unled=True, agency=True) == "agency"
    assert who(UNTIL, unled=True) is None
    assert who(AFTER) is None


def row(status: Status = "waiting", **fields: Any) -> dict[str, Any]:
    return {"status": status, "needs_evidence": True, "evidence": [{"id": "e"}], **fields}


@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_only_what_waits_is_decided(outcome: Outcome) -> None:
    assert decided(row(), outcome, None) == outcome
    for status in STATUSES[1:]:
        with pytest.raises(Refused, match="muat ulang"):
            decided(row(status), outcome, None)


def test_nothing_is_approved_without_the_evidence_it_needs_and_closed_days_are_the_agencys() -> None:
    with pytest.raises(Refused, match="belum ada bukti"):
        decided(row(evidence=[]), "approved", None)
    assert decided(row(evidence=[]), "returned", None) == "returned"
    assert decided(row(evidence=[], needs_evidence=False), "approved", None) == "approved"
    closed = date(2026, 7, 5)
    for outcome in get_args(Outcome):
        with pytest.raises(Refused, match="ditutup sejak 05-07-2026; koreksi ini diputus BKPSDM"):
            decided(row(), outcome, closed, "superior")
        assert decided(row(), outcome, closed, "agency") == outcome
        assert decided(row(), outcome, None, "superior") == outcome


def test_the_employee_changes_what_is_open_and_withdraws_what_is_not_decided() -> None:
    for status in STATUSES:
        if status in ("waiting", "returned"):
            assert (changed(status), amendable(status), withdrawn(status)) == ("waiting", status, "withdrawn")
            continue
        for step in (changed, amendable, withdrawn):
            with pytest.raises(Refused):
                step(status)


def test_only_what_was_approved_is_revoked() -> None:
    assert revoked("approved") == "revoked"
    for status in STATUSES:
        if status != "approved":
            with pytest.raises(Refused, match="hanya koreksi yang sudah disetujui"):
                revoked(status)
