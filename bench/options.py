"""What one asks of a workload."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """`small` = sizes that only show that it works. `seconds` and `runs` None = what the workload promises to do.

    `data` is the folder for stacks of its own; `keep` leaves them there. `devices` and `projectors` are numbers of
    processes; `rate` is of the surge, in punches a second, and of the mixed load, in events; `people` of the city with
    a year; `edge` sends through the edge instead of straight to the device processes; `close` opens a connection for
    each request, as most terminals do.
    """

    data: Path
    small: bool = False
    seconds: float | None = None
    runs: int | None = None
    keep: bool = False
    devices: int | None = None
    projectors: int | None = None
    rate: int | None = None
    people: int | None = None
    edge: bool = False
    close: bool = False

    def size(self, full: int, small: int) -> int:
        """A number of things."""
        return small if self.small else full

    def duration(self, full: float, small: float) -> float:
        """Seconds."""
        return self.seconds if self.seconds is not None else (small if self.small else full)

    def repeats(self, full: int = 3, small: int = 1) -> int:
        """How many paired runs."""
        return self.runs if self.runs is not None else (small if self.small else full)

    @property
    def variant(self) -> str:
        """What makes this another measurement than the plain workload, as part of a file name; empty for the plain."""
        numbers = [
            f"{name}-{value}" for name in ("rate", "people", "devices", "projectors") if (value := getattr(self, name))
        ]
        return ".".join(numbers + [name for name in ("edge", "close") if getattr(self, name)])
