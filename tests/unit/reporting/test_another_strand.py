"""The change drill of ARCHITECTURE: an event and a row among the strands are all that the card needs of Python."""

from datetime import date
from typing import ClassVar

import pytest

from contracts.base import EventData
from services.reporting.card.rules import figures, summed, unit_figures
from services.reporting.presence.folds import Presence
from services.reporting.presence.strands import BY_NAME, STRANDS, Strand
from tests.unit.kit.projector.memory import Folding, Record
from tests.unit.reporting.test_presence_folds import post, punch, state


class TrainingTallied(EventData):
    """What somebody learned on a day, in full: the highest `version` counts."""

    TYPE: ClassVar[str] = "id.go.kinerja.learning.training.tallied.v1"

    employee_id: str
    local_date: date
    version: int
    hours: int
    courses: int


TRAINING = Strand(name="training", event=TrainingTallied, sums=("hours", "courses"), also={})


@pytest.fixture(autouse=True)
def row(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row, as `strands.py` would have it."""
    for held, key, value in (
        (STRANDS, TrainingTallied.TYPE, TRAINING),
        (BY_NAME, TRAINING.name, TRAINING),
        (Presence.inputs, TrainingTallied.TYPE, TRAINING.shape),
    ):
        monkeypatch.setitem(held, key, value)


def trained(version: int, hours: int, day: int = 23) -> TrainingTallied:
    return TrainingTallied(employee_id="e", local_date=date(2026, 11, day), version=version, hours=hours, courses=1)


def test_it_is_folded_added_up_and_shown_on_both_cards() -> None:
    folding = Folding(Presence())
    said = [state(post("u")), punch(), trained(1, 9), trained(2, 4), trained(1, 9), trained(1, 2, day=24)]
    assert folding.batch([Record.of(event) for event in said]) == []

    card = figures(folding.documents("employee_days").values())
    assert (card.more["training"], card.days_present, card.work.entries) == ({"hours": 6, "courses": 2}, 1, 0)
    unit = unit_figures(summed(folding.documents("unit_days").values(), "unit").values())
    assert unit.more["training"] == {"hours": 6, "courses": 2}


def test_who_has_none_has_zeros() -> None:
    assert figures([]).more["training"] == {"hours": 0, "courses": 0}
