"""What the board says, from the same API that feeds it."""

from dataclasses import dataclass

from bench.morning.city import Api
from bench.morning.plan import STRANGER


@dataclass(frozen=True, slots=True)
class Fleet:
    """`stored` counts distinct punches by terminal; `quarantined` the lines that wait for a person."""

    stored: dict[str, int]
    quarantined: int
    stranger: str
    drifting: int

    @property
    def total(self) -> int:
        """All distinct punches."""
        return sum(self.stored.values())


async def presence(api: Api, on: str) -> tuple[int, int]:
    """People present and people expected in the whole city."""
    totals = (await api.get("/api/reporting/v1/presence", date=on))["totals"]
    return int(totals["present"]), int(totals["expected"])


async def fleet(api: Api) -> Fleet:
    """The terminals."""
    items = (await api.get("/api/reporting/v1/devices"))["items"]
    return Fleet(
        stored={item["serial"]: item["stored"] for item in items},
        quarantined=sum(item["quarantined"] for item in items),
        stranger=next((item["state"] for item in items if item["serial"] == STRANGER), "not listed"),
        drifting=sum(1 for item in items if any(alert["kind"] == "clock_drift" for alert in item["alerts"])),
    )
