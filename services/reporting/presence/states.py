"""How somebody stands on a date who has no punch that counts: still expected, excused, or not asked to come. Pure.

What attendance has assessed of the date says so (`strands.assessed`). Before it is heard, and where it knows of no
schedule, somebody is expected: nobody is taken off the list of the missing by what is not known.
"""

from collections.abc import Mapping
from typing import Any, Literal

from services.reporting.presence.rules import present

Spared = Literal["away", "off"]
State = Literal["present", "not_yet", "away", "off"]

SPARED: Mapping[str, Spared] = {
    **dict.fromkeys(("leave", "duty", "permit", "correction", "amnesty"), "away"),
    **dict.fromkeys(("off", "holiday", "on_call"), "off"),
}
"""By status of the assessed day. Whoever comes all the same is present."""


def spared(day: Mapping[str, Any]) -> Spared | None:
    """Why a day without a punch is no missing one; None where there is one, or somebody is expected."""
    if day["count"]:
        return None
    return SPARED.get(assessed(day).get("status", ""))


def state_of(day: Mapping[str, Any] | None) -> State:
    """Of a day as it is stored; None is a day that nothing is known of."""
    if day is None:
        return "not_yet"
    return "present" if present(day) else spared(day) or "not_yet"


def assessed(day: Mapping[str, Any]) -> Mapping[str, Any]:
    """What attendance says of the day; empty before it has."""
    found: Mapping[str, Any] = day.get("strands", {}).get("assessed", {})
    return found
