"""One pattern after another for the same owner. Pure."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from services.attendance.schedules.models import Assigned

DAY = timedelta(days=1)


def succeeded(
    present: Sequence[Assigned], new: Assigned, identity: Callable[[], str]
) -> tuple[list[Assigned], list[Assigned]]:
    """All that is assigned with `new` in it, and of that what is new or different.

    What is open and began before ends on the day before; where `new` ends, it goes on the day after. What says the same
    already changes nothing; whatever else is in the way stays, and `checks` name it.
    """
    if any(_same(one, new) for one in present):
        return list(present), []
    kept: list[Assigned] = []
    touched = [new]
    for one in present:
        if one.valid_to is not None or one.valid_from >= new.valid_from:
            kept.append(one)
            continue
        ended = one.model_copy(update={"valid_to": new.valid_from - DAY})
        kept.append(ended)
        touched.append(ended)
        if new.valid_to is not None:
            later = one.model_copy(update={"id": identity(), "valid_from": new.valid_to + DAY})
            kept.append(later)
            touched.append(later)
    return sorted([*kept, new], key=lambda one: (one.valid_from, one.id)), touched


def _same(one: Assigned, other: Assigned) -> bool:
    return (one.pattern_id, one.valid_from, one.valid_to) == (other.pattern_id, other.valid_from, other.valid_to)
