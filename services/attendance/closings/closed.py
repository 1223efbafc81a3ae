"""Which days are closed, for whoever changes something about them: leave, corrections. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class Stretch(NamedTuple):
    """The days of a closed period, and the day it was closed on (the agency's)."""

    first: date
    last: date
    since: date


class ClosedDays(NamedTuple):
    """All of the agency: a period is closed for everybody at once. It is closed from the moment that is asked for."""

    stretches: Sequence[Stretch] = ()

    def within(self, first: date, last: date) -> date | None:
        """The first of these days that is closed; None: all are open."""
        return min(
            (max(first, one.first) for one in self.stretches if one.first <= last and first <= one.last), default=None
        )

    def since(self, day: date) -> date | None:
        """The day on which the period of a date was closed; None while it is open."""
        return next((one.since for one in self.stretches if one.first <= day <= one.last), None)
