"""A part of the stack, described: what to run, how to know it is up, how long it may take to stop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.health import Probe

ROOT = Path(__file__).resolve().parents[2]


def nothing() -> None:
    """The default preparation: there is none."""


@dataclass(frozen=True, slots=True)
class Program:
    """One process of the stack.

    `ports` are all it listens on, the one with its probes first.
    `rank`: parts of one rank start together, once every lower rank is healthy.
    `prepare` runs before each start (format a volume, write a configuration); `settle` once it listens (form the
    replica set, make users). Both are idempotent and may block.
    `start_seconds` and `stop_seconds` bound the wait for health, and for an orderly end before SIGKILL.
    """

    name: str
    argv: tuple[str, ...]
    listening: Probe
    ready: Probe
    rank: int = 0
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path = ROOT
    ports: tuple[int, ...] = ()
    prepare: Callable[[], None] = nothing
    settle: Callable[[], None] = nothing
    start_seconds: float = 60.0
    stop_seconds: float = 15.0
