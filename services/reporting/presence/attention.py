"""What of a day a person should look at (PRODUCT R1). A reason to ask, never a verdict: each has innocent causes, such
as work in the field, a routine that repeats, or a superior back from leave. Pure.
"""

from collections.abc import Mapping
from typing import Any, Literal

Reason = Literal["no_presence", "copies", "burst"]
COPIES_LEAST = 3
BURST_LEAST = 50


def reasons(day: Mapping[str, Any]) -> list[Reason]:
    """`no_presence`: activities without a punch that counts. `copies`: each of three or more activities says nearly
    what one of the month before said. `burst`: 50 or more decided within one minute."""
    strands = day.get("strands", {})
    work, validating = strands.get("work"), strands.get("validating")
    found: list[Reason] = []
    if work and work["minutes"] and not day["count"]:
        found.append("no_presence")
    if work and COPIES_LEAST <= work.get("copied", 0) == work["entries"]:
        found.append("copies")
    if validating and validating.get("burst", 0) >= BURST_LEAST:
        found.append("burst")
    return found
