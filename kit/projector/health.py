"""What a process that projects answers its probes."""

from kit.health import Check
from kit.projector.runner import Projector

HANGING_SECONDS = 120.0  # a take-over or a batch of a large rebuild may take its time


def checks(running: Projector, prefix: str = "") -> dict[str, Check]:
    """Caught up at least once, not stopped by poison and not hanging; with the positions and how many records are
    left."""
    stopped, still = running.tripped, running.still_seconds
    wrong = f"stopped: {stopped}; see `dead-letters list`" if stopped else ""
    if still > HANGING_SECONDS:
        wrong = f"nothing has been folded or waited for in {still:.0f} s: look at the log, then restart this process"
    numbers = {"lag_records": running.lag(), **running.positions()}
    return {
        f"{prefix}folding": Check(not wrong, wrong),
        f"{prefix}caught_up": Check(running.caught_up, "" if running.caught_up else "reading the topics", numbers),
    }
