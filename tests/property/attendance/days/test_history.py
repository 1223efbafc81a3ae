"""What was known on a date: the same answer for ever, whatever arrives later; and apart from what a day comes to."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.events.attendance import PunchRecorded
from contracts.events.days import ClockMoved
from services.attendance.days.batch import DAYS
from services.attendance.days.folds import AssessedDays
from services.attendance.days.history import Knowing, is_past, known_on, states
from tests.property.attendance.days.test_folds import Told, _compare
from tests.property.attendance.working.rosters import seeds
from tests.unit.kit.projector.memory import Document, Folding

WIB = ZoneInfo("Asia/Jakarta")
BEGAN = datetime(2030, 1, 1, 3, 0, tzinfo=UTC)
some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Telling(Told):
    """A world whose batches come hours or days apart, and what could be asked after each of them."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.now = BEGAN
        self.answers: dict[date, dict[str, Document]] = {}
        self.folding = Folding(AssessedDays(self.tables, Knowing(lambda: self.now, WIB)))

    def batch(self, events: list[PunchRecorded | ClockMoved]) -> None:  # type: ignore[override]
        """Fold them at a later moment, and compare every date of knowledge that is past with what it was."""
        super().batch(events)  # type: ignore[arg-type]
        self.now += timedelta(hours=self.chance.choice((0, 1, 5, 14, 40, 100)))
        on = (BEGAN - timedelta(days=1)).date()
        while is_past(on, self.now, WIB):
            assert self.answers.setdefault(on, self.known(on)) == self.known(on), on
            on += timedelta(days=1)

    def known(self, on: date) -> dict[str, Document]:
        """Every day as known on a date."""
        days = self.folding.documents(DAYS)
        found = {identity: known_on(row, on, WIB) for identity, row in days.items()}
        return {identity: {"version": one.version, **one.said} for identity, one in found.items() if one}


@some
@given(seeds)
def test_what_was_known_on_a_past_date_never_changes(seed: int) -> None:
    told = Telling(seed)
    told.in_any_order()
    assert any(told.answers.values())
    _compare(told)


@some
@given(seeds, st.booleans())
def test_a_state_is_kept_once_a_date_of_knowledge_and_in_order(seed: int, at_once: bool) -> None:
    told = Telling(seed)
    (told.at_once if at_once else told.in_any_order)()
    for row in told.folding.documents(DAYS).values():
        known = list(states(row))
        dates = [one.at.astimezone(WIB).date() for one in known]
        assert dates == sorted(set(dates))
        assert [one.version for one in known] == sorted({one.version for one in known})


def test_the_worlds_change_their_past() -> None:
    """Else nothing is remembered above."""
    kept = 0
    for seed in range(20):
        told = Telling(seed)
        told.in_any_order()
        kept += sum(len(row.get("before", ())) for row in told.folding.documents(DAYS).values())
    assert kept > 50


def test_a_view_that_does_not_know_when_remembers_nothing() -> None:
    told = Told(1)
    told.in_any_order()
    assert all("before" not in row and "said_at" not in row for row in told.folding.documents(DAYS).values())
