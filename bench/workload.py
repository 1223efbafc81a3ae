"""What a workload is to the command line and the results page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from bench.options import Options

Result = dict[str, Any]


class Row(NamedTuple):
    """One line of the published table. `asked` is the goal in words, empty = none."""

    what: str
    measured: str
    asked: str = ""
    held: bool | None = None


@dataclass(frozen=True, slots=True)
class Workload:
    """`run` does it, printing progress; `rows` reads its result."""

    name: str
    title: str
    run: Callable[[Options], Result]
    rows: Callable[[Result], list[Row]]


def say(text: str) -> None:
    """Progress."""
    print(f"  {text}", flush=True)
