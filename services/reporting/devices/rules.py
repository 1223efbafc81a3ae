"""Pure rules of the fleet: the state of a terminal, and the counts."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from contracts.events.attendance import DeviceChanged
from services.reporting.devices.models import DeviceTotals, State


def state_of(device: DeviceChanged, now: datetime, silent_after: timedelta) -> State:
    """Pending until approved; silent when attendance says so or nothing was heard for `silent_after`."""
    if device.status == "pending":
        return "pending"
    if device.last_seen is None:
        return "never_seen"
    alarmed = any(alert.kind == "silent" for alert in device.alerts)
    return "silent" if alarmed or now - device.last_seen > silent_after else "live"


def totals(states: Iterable[State]) -> DeviceTotals:
    """The counts that stand beside every presence number. A terminal never heard of has not fallen silent."""
    count = Counter(states)
    return DeviceTotals(
        total=count["live"] + count["silent"] + count["never_seen"],
        live=count["live"],
        silent=count["silent"],
        pending=count["pending"],
        never_seen=count["never_seen"],
    )
