"""What the operator sees of a simulated morning."""

from typing import TextIO

from bench.measure import Times
from bench.morning.board import Fleet
from bench.morning.plan import BACKLOG_MINUTES, STRANGER, Script
from bench.morning.player import Player
from bench.morning.probe import Probe


class Screen:
    """One moving line on a terminal, a line each ten seconds elsewhere."""

    def __init__(self, out: TextIO, expected: int) -> None:
        self._out = out
        self._expected = expected
        self._moving = out.isatty()

    @property
    def pause(self) -> float:
        """Seconds between two looks."""
        return 1.0 if self._moving else 10.0

    def opening(self, script: Script, terminals: int, speed: float, present: int) -> None:
        """What is about to happen."""
        pace = "as it happens" if speed <= 1 else f"{speed:g} times as quick"
        self._say(
            f"A morning from 06:30 to 08:30 at {terminals} terminals, {pace}: {script.people:,} of {self._expected:,} "
            f"people come, {script.late} of them late; {present:,} are on the board already.\n"
            f"{script.doubles} are read twice; {script.offline} has been offline for {BACKLOG_MINUTES} minutes; "
            f"{len(script.deaf)} acknowledgements get lost; {STRANGER} is a terminal nobody knows.\n"
        )

    def progress(self, player: Player, seen: Times, present: int) -> None:
        """How it stands."""
        minutes = int(player.now // 60)
        line = (
            f"{minutes // 60:02d}:{minutes % 60:02d}  "
            f"sent {player.sent:,}  acknowledged {player.acknowledged_lines:,}  "
            f"on the board {present:,} of {self._expected:,}  "
            f"punch to board p50 {seen.percentile(0.5):.0f} ms, p99 {seen.percentile(0.99):.0f} ms"
        )
        self._out.write(f"\r{line}\x1b[K" if self._moving else line + "\n")
        self._out.flush()

    def closing(
        self, player: Player, probe: Probe, before: Fleet, after: Fleet, present: int, *, complete: bool
    ) -> None:
        """What has happened."""
        script = player.script
        new = after.total - before.total
        rows = [
            ("lines sent", f"{player.sent:,}, acknowledged {player.acknowledged_lines:,}"),
            ("punches", f"{len(script.accepted):,} sent, {new:,} new on the board" + ("" if complete else "  MISSING")),
            ("people on the board", f"{present:,} of {self._expected:,}"),
            ("late", f"{script.late}"),
            ("read twice within seconds", f"{script.doubles}"),
            ("batches sent again", f"{player.sent_again} (no punch counted twice)"),
            ("waiting for a person", f"{after.quarantined} lines (an unknown PIN and a cut line are this morning's)"),
            (f"unknown terminal {STRANGER}", after.stranger),
            ("clock alerts", f"{after.drifting}"),
            ("acknowledged after", _times(player.answered)),
            ("on the board after", f"{_times(probe.times)}" + (f", {len(probe.missed)} NOT" if probe.missed else "")),
        ]
        width = max(len(name) for name, _ in rows)
        self._say("\n" + "\n".join(f"  {name:<{width}}  {value}" for name, value in rows) + "\n")

    def staying(self) -> None:
        """The terminals go on."""
        self._say("The terminals stay connected; Ctrl-C ends them.\n")

    def _say(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


def _times(times: Times) -> str:
    return f"p50 {times.percentile(0.5):.0f} ms, p99 {times.percentile(0.99):.0f} ms ({len(times):,} looked at)"
