"""Who is at work on which day, the same for every stream. Pure."""

from datetime import date
from functools import lru_cache
from typing import Literal

from kit.demo.calendar import DAY, is_working
from kit.demo.chance import between, chance, share

State = Literal["present", "half", "duty", "leave", "sick", "absent", "off"]
"""`half`: goes at midday; `duty`: works elsewhere and does not punch; `off`: the offices are closed."""

AT_WORK: tuple[State, ...] = ("present", "half", "duty")
FALLS_SICK, SPELL = 0.006, 3  # a working day; longest spell in days
ON_DUTY, HALF, ABSENT = 0.03, 0.015, 0.004
LEAVE_WEEK = 0.045
HOLIDAY_SEASON = {(12, 4): 0.14, (12, 5): 0.14, (3, 3): 0.12, (3, 4): 0.12, (6, 4): 0.09, (7, 1): 0.09}
"""Weeks of a month in which more people take leave."""


def state_of(seed: int, employee: str, day: date) -> State:
    """What somebody does on a day."""
    if not is_working(day):
        return "off"
    if _on_leave(seed, employee, day):
        return "leave"
    if _sick(seed, employee, day):
        return "sick"
    one = share(seed, "presence", employee, day)
    if one < ABSENT:
        return "absent"
    if one < ABSENT + HALF:
        return "half"
    return "duty" if one < ABSENT + HALF + ON_DUTY else "present"


@lru_cache(maxsize=65_536)
def at_work(seed: int, employee: str, day: date) -> bool:
    """Whether somebody works on a day, wherever."""
    return state_of(seed, employee, day) in AT_WORK


def _on_leave(seed: int, employee: str, day: date) -> bool:
    first, last = _leave(seed, employee, day - DAY * day.weekday())
    return first <= day.weekday() <= last


@lru_cache(maxsize=65_536)
def _leave(seed: int, employee: str, monday: date) -> tuple[int, int]:
    """First and last weekday of leave in a week; the last before the first where there is none."""
    one = chance(seed, "leave", employee, monday)
    if one.random() >= HOLIDAY_SEASON.get((monday.month, (monday.day - 1) // 7 + 1), LEAVE_WEEK):
        return 0, -1
    first = between(one, 0, 3)
    return first, between(one, first, 4)


def _sick(seed: int, employee: str, day: date) -> bool:
    for back in range(SPELL):
        began = day - DAY * back
        wet = 1.5 if began.month in (12, 1, 2) else 1.0  # the rainy season
        one = share(seed, "sick", employee, began)
        if one < FALLS_SICK * wet and 1 + int(one / (FALLS_SICK * wet) * SPELL) > back:
            return True
    return False
