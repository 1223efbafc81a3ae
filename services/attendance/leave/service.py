"""How long somebody has served, and as what, on a date. Pure, over the dated numbers of the directory copy."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kit.days import after_months
from services.attendance.leave.law import Employment
from services.attendance.schedules.models import Valid

DAY = timedelta(days=1)


class Serving(Valid):
    """A stretch of continuous service; it counts from `since`, which may be before the directory's first day."""

    kind: Employment
    since: date

    def months(self, on: date) -> int:
        """Whole months served by a day."""
        whole = (on.year - self.since.year) * 12 + on.month - self.since.month
        return whole - (on < after_months(self.since, whole))


def serving(numbers: Iterable[Mapping[str, Any]]) -> tuple[Serving, ...]:
    """From the numbers somebody had, dated: one of the same kind that follows on the next day goes on with the same
    service, another kind begins anew."""
    found: list[Serving] = []
    for row in sorted((Serving.model_validate(one) for one in numbers), key=lambda one: one.valid_from):
        before = found[-1] if found else None
        if before and before.kind == row.kind and before.valid_to and before.valid_to + DAY >= row.valid_from:
            row = row.model_copy(update={"since": min(before.since, row.since)})  # noqa: PLW2901 - the same service
        found.append(row)
    return tuple(found)


def serving_on(served: Sequence[Serving], day: date) -> Serving | None:
    """As what somebody serves on a day; None when not at all."""
    return next((one for one in reversed(served) if one.holds(day)), None)
