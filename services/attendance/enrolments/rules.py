"""Who held a PIN when. A PIN that is given to another person keeps its former holder for the time before."""

from typing import NamedTuple

FOREVER = "9999-12-31 23:59:59"


class Tenure(NamedTuple):
    """`employee` (None = nobody) held the PIN up to, not including, local time `until`."""

    until: str
    employee: str | None


# The ordinary PIN has had one holder: then it is just the employee id.
Holder = str | tuple[Tenure, ...]


def holder_at(holder: Holder | None, local_time: str) -> str | None:
    """The employee who held the PIN at a terminal's wall time "YYYY-MM-DD HH:MM:SS"; None when nobody did."""
    if holder is None or isinstance(holder, str):
        return holder
    for tenure in holder:
        if local_time < tenure.until:
            return tenure.employee
    return None


def reassign(holder: Holder | None, employee: str | None, since: str | None) -> Holder | None:
    """The PIN after it passes to `employee` at local time `since` (None: for all time, the past included).

    The former holder keeps what was punched before `since`, also when the terminal sends it again years later.
    """
    if since is None or holder is None:
        return employee
    before = (Tenure(FOREVER, holder),) if isinstance(holder, str) else holder
    kept = [tenure for tenure in before if tenure.until <= since]
    cut = next((tenure for tenure in before if tenure.until > since), None)
    if cut is not None:
        kept.append(Tenure(since, cut.employee))
    return (*kept, Tenure(FOREVER, employee))


def pin_key(space: str, pin: str) -> str:
    """The id of an enrolment. A PIN space is a terminal's serial, or a name that several terminals share."""
    return f"{space}|{pin}"
