"""Who may say what about a doubted check-in, and in which order."""

import pytest

from services.attendance.checkins.reviewing import Decided, Refused, decided, explained


def decide(review: str, outcome: Decided = "rejected", **other: object) -> str:
    known: dict[str, object] = {"by": "bkpsdm", "own": False, "appeals": True}
    return decided(review, outcome, [{"what": "rejected", "account": "atasan"}], **(known | other))  # type: ignore[arg-type]


def test_an_open_doubt_is_decided_either_way() -> None:
    assert (decide("open", "accepted"), decide("open")) == ("accepted", "rejected")
    assert decide("open", appeals=False) == "rejected"


def test_a_rejection_may_be_appealed_once_and_another_person_decides() -> None:
    assert explained("rejected") == "appealed"
    assert (decide("appealed", "accepted"), decide("appealed")) == ("accepted", "upheld")
    with pytest.raises(Refused, match="BKPSDM"):
        decide("appealed", appeals=False)
    with pytest.raises(Refused, match="petugas lain"):
        decide("appealed", by="atasan")
    for review in ("appealed", "upheld"):
        with pytest.raises(Refused):
            explained(review)


def test_an_explanation_leaves_it_open() -> None:
    assert explained("open") == "open"
    for review in ("none", "accepted"):
        with pytest.raises(Refused):
            explained(review)


@pytest.mark.parametrize("review", ["none", "accepted", "rejected", "upheld"])
def test_what_waits_for_nobody_is_not_decided(review: str) -> None:
    with pytest.raises(Refused):
        decide(review)


def test_nobody_decides_about_themselves() -> None:
    for review in ("open", "appealed"):
        with pytest.raises(Refused, match="orang lain"):
            decide(review, own=True)
