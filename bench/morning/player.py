"""Plays a script: every terminal with its own connection, memory and temper."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence

from bench.measure import Times
from bench.morning.city import CityTerminal
from bench.morning.plan import BACK_ONLINE, STRANGER, Script, Step
from bench.terminals.link import Link
from bench.terminals.terminal import Sent, Terminal
from bench.terminals.wire import Answer, Requests
from bench.waiting import until

TICK = 0.005
# A terminal that has just polled is live, and its punches speak of its clock (devices.md section 1.7). A morning that
# is replayed quicker than it happened is late, not live: its terminals say who they are instead of polling, and send
# nothing until their handshake is forgotten (two delays of 10 s).
LIVE_SECONDS = 21.0
BEAT_SECONDS = 15.0
ERROR_SECONDS = 2.0  # instead of the half a minute that firmware waits
BACKLOG_LINES = 10_000
AT_ONCE = 50  # more steps than this in one tick are what had to wait


class Player:
    """`speed` simulated seconds in one; 1 = as it happens, with polls. `door` is the device port. `recorded` is told of
    each punch that is on its way at once; of those that wait in a terminal for something it is not."""

    def __init__(
        self,
        terminals: Sequence[CityTerminal],
        script: Script,
        door: tuple[str, int],
        speed: float,
        recorded: Callable[[Step], None] = lambda step: None,
    ) -> None:
        self.script = script
        self.speed = speed
        self.now = 0.0
        self.answered = Times()
        self.sent = self.acknowledged_lines = self.sent_again = 0
        self._door = door
        self._recorded = recorded
        self._deaf = set(script.deaf)
        self._quiet_until = 0.0
        self._waiting: list[Step] = []
        self.terminals = {one.serial: self._terminal(one.serial) for one in terminals}
        self._stranger = self._terminal(STRANGER)

    @property
    def live(self) -> bool:
        """Whether the terminals print the present time."""
        return self.speed <= 1

    def acknowledged(self, terminal: Terminal, sent: Sent) -> None:
        """Counted."""
        self.answered.add(time.perf_counter() - sent.since)
        if terminal is not self._stranger:
            self.acknowledged_lines += sent.lines

    def failed(self, terminal: Terminal, sent: Sent, answer: Answer | None) -> None:
        """The same batch goes again, after the pause its firmware makes."""
        self.sent_again += 1

    async def connect(self) -> None:
        """Everybody but the one without a network greets the server. Raises TimeoutError when some are not answered."""
        greeting = [terminal for serial, terminal in self.terminals.items() if serial != self.script.offline]
        for terminal in (*greeting, self._stranger):
            terminal.start()
            await asyncio.sleep(0.002)
        await until(
            lambda: all(t.greeted for t in greeting), seconds=30, what="an answer to every terminal's handshake"
        )
        self._quiet_until = time.perf_counter() + (0 if self.live else LIVE_SECONDS)

    async def play(self, first: int, last: int) -> None:
        """From second `first` of the day to second `last`, then until every terminal has got rid of its records."""
        began = time.perf_counter()
        steps = deque(sorted([*self.script.steps, *self.script.strangers], key=lambda step: step.seconds))
        self.now = float(first)
        back = False
        while self.now < last or steps:
            self.now = first + (time.perf_counter() - began) * self.speed
            if not back and self.now >= BACK_ONLINE * 60:
                back = True
                self.terminals[self.script.offline].start()
            while steps and steps[0].seconds <= self.now:
                self._waiting.append(steps.popleft())
            self._record()
            await asyncio.sleep(TICK)
        await until(self._quiet, seconds=120, what="an acknowledgement for everything", pause=0.05)
        for terminal in self.terminals.values():
            terminal.beat()

    def stop(self) -> None:
        """Everybody off."""
        for terminal in (*self.terminals.values(), self._stranger):
            terminal.stop()

    def _record(self) -> None:
        if not self._waiting or time.perf_counter() < self._quiet_until:
            return
        steps, self._waiting = self._waiting, []
        told = len(steps) < AT_ONCE
        lines: dict[str, list[bytes]] = {}
        for step in steps:
            lines.setdefault(step.serial, []).append(step.line)
            if step.serial != STRANGER:
                self.sent += 1
                if told and self._free(step.serial):
                    self._recorded(step)
        for serial, printed in lines.items():
            terminal = self._stranger if serial == STRANGER else self.terminals[serial]
            terminal.record(*printed)

    def _free(self, serial: str) -> bool:
        """Whether a punch at this terminal goes out at once and is heard."""
        return serial not in (self.script.offline, *self._deaf) and not self.terminals[serial].memory

    def _quiet(self) -> bool:
        return not self._waiting and not any(t.memory for t in (*self.terminals.values(), self._stranger))

    def _terminal(self, serial: str) -> Terminal:
        host, port = self._door
        return Terminal(
            Requests(serial, f"{host}:{port}"),
            Link(host, port, keep_alive=False),
            self,
            batch=BACKLOG_LINES if serial == self.script.offline else 20,
            delay=None if self.live else BEAT_SECONDS,
            error_delay=None if self.live else ERROR_SECONDS,
            beat=None if self.live else _says,
            deaf=self._loses,
        )

    def _loses(self, terminal: Terminal) -> bool:
        if terminal.serial not in self._deaf:
            return False
        self._deaf.discard(terminal.serial)
        return True


def _says(terminal: Terminal) -> bytes:
    """Model, firmware and how many records it holds."""
    return terminal.requests.options(b"~DeviceName=Simulasi,FWVersion=Ver 1.0-demo,TransactionCount=%d" % terminal.held)
