"""Which times the terminals print: this morning's, moved or squeezed where this morning is not over yet. Pure."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bench.morning.arrival import END, START

Wall = Callable[[int], datetime]
"""Seconds since midnight of the simulated morning to the wall time that is printed."""


def wall(midnight: datetime, now: datetime) -> Wall:
    """For a site whose wall shows `now` (naive) on the day that begins at `midnight` (naive).

    A punch in the future would be held as absurd, so no printed time lies after `now`: when the morning is over it is
    as it is; before that it is moved to end now; right after midnight it is squeezed into what there is of the day.
    """
    length = timedelta(minutes=END - START)
    start, end = midnight + timedelta(minutes=START), midnight + timedelta(minutes=END)
    if now >= end:
        return lambda seconds: midnight + timedelta(seconds=seconds)
    if now - midnight >= length:
        moved = end - now
        return lambda seconds: midnight + timedelta(seconds=seconds) - moved
    share = max(0.0, (now - midnight) / length)
    return lambda seconds: midnight + (timedelta(seconds=seconds) - (start - midnight)) * share


def present(now: datetime) -> Wall:
    """For a morning played as it happens: it begins now, whatever the wall shows."""
    return lambda seconds: now + timedelta(seconds=seconds - START * 60)


def shown(moment: datetime) -> str:
    """As terminals print it."""
    return f"{moment:%Y-%m-%d %H:%M:%S}"
