"""A doubt is explained by whom it concerns, decided by a person, and may be appealed once. Pure.

Nobody decides about themselves, and an appeal is not decided by whoever decided first.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from services.attendance.checkins.models import Review

Decided = Literal["accepted", "rejected"]


class Refused(ValueError):
    """The step is not possible now; the message says why, in Indonesian."""


def explained(review: Review) -> Review:
    """The state after the employee's words: an explanation while it is open, an appeal once it is rejected."""
    if review == "open":
        return "open"
    if review == "rejected":
        return "appealed"
    raise Refused(
        {
            "none": "Presensi ini tidak diragukan, sehingga tidak perlu penjelasan.",
            "accepted": "Presensi ini sudah diterima.",
            "appealed": "Sanggahan Anda sudah diterima dan menunggu keputusan.",
            "upheld": "Sanggahan atas presensi ini sudah diputus.",
        }[review]
    )


def decided(
    review: Review, outcome: Decided, steps: Sequence[Mapping[str, Any]], *, by: str, own: bool, appeals: bool
) -> Review:
    """The state after a decision by the account `by`; `own` when it is their own check-in, `appeals` when they may
    decide appeals."""
    if own:
        raise Refused("Presensi Anda sendiri diputus oleh orang lain.")
    if review == "open":
        return outcome
    if review != "appealed":
        raise Refused("Presensi ini tidak menunggu keputusan. Muat ulang antreannya.")
    if not appeals:
        raise Refused("Sanggahan diputus oleh BKPSDM.")
    if any(step["what"] == "rejected" and step["account"] == by for step in steps):
        raise Refused("Sanggahan atas keputusan Anda diputus oleh petugas lain.")
    return "accepted" if outcome == "accepted" else "upheld"
