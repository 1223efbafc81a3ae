"""Many terminals in one process, at a steady rate of punches."""

import asyncio
import gc
import time

from bench.measure import Times
from bench.population import Population, employee_id, pin
from bench.surge.ledger import Ledger, wall_time
from bench.surge.pace import Pace, scattered
from bench.terminals.link import Link
from bench.terminals.terminal import Sent, Terminal
from bench.terminals.wire import FACE, Answer, Requests, face_line
from bench.waiting import until
from bench.watch import Watch
from bench.workload import Result, say
from services.attendance.punches.rules import punch_id

TICK = 0.004
WATCHED_PER_SECOND = 40
SAY_SECONDS = 15
RECENT = 2_000  # observations that progress speaks of


class Fleet:
    """`batch` lines go out together: 1 is realtime push, more is what an interval upload does.

    `doors` are the device processes (or the edge); terminals are spread over them. `close`: a connection for each
    request.
    """

    def __init__(
        self,
        population: Population,
        doors: list[tuple[str, int]],
        ledger: Ledger,
        watch: Watch,
        *,
        batch: int,
        close: bool,
    ) -> None:
        self._population = population
        self._ledger = ledger
        self._watch = watch
        self._batch = batch
        self._answered = Times()
        self._lines = 0
        self._failures: dict[str, int] = {}
        self.terminals: list[Terminal] = []
        for number in range(population.terminals):
            host, port = doors[number % len(doors)]
            requests = Requests(population.serial(number), f"{host}:{port}", keep_alive=not close)
            self.terminals.append(Terminal(requests, Link(host, port, keep_alive=not close), self, batch=batch))
        self._zones = [population.zone(number) for number in range(population.terminals)]

    def acknowledged(self, terminal: Terminal, sent: Sent) -> None:
        """Counted from when the people punched: a terminal that cannot get rid of its records shows here."""
        self._answered.add(time.perf_counter() - sent.recorded)
        self._lines += sent.lines

    def failed(self, terminal: Terminal, sent: Sent, answer: Answer | None) -> None:
        """It will be sent again."""
        reason = "no answer" if answer is None else f"status {answer.status}"
        self._failures[reason] = self._failures.get(reason, 0) + 1

    async def connect(self) -> None:
        """Handshakes, some hundred at a time."""
        for number, terminal in enumerate(self.terminals):
            terminal.start()
            if number % 100 == 99:
                await asyncio.sleep(0.02)
        await until(lambda: all(t.greeted for t in self.terminals), seconds=120, what="the handshakes of all terminals")
        gc.collect()
        gc.freeze()  # thousands of long-lived terminals: walking them again and again would be a hiccup of our own

    async def run(self, rate: float, seconds: float) -> Result:
        """Punch for so long. Returns when all is acknowledged; raises TimeoutError when that does not happen.

        What is sustained is what was acknowledged by the end: sending alone proves nothing.
        """
        pace = Pace(rate / self._batch, seconds)
        order = scattered(self._population.people // self._batch)
        watch_every = max(1, round(pace.rate / WATCHED_PER_SECOND))
        began = said = time.perf_counter()
        number = 0
        while not pace.over:
            now = time.perf_counter()
            for _ in range(pace.due(now - began)):
                self._punch(next(order) * self._batch, watched=number % watch_every == 0)
                number += 1
            if now - said >= SAY_SECONDS:
                said = now
                self._say(now - began, number * self._batch)
            await asyncio.sleep(TICK)
        await until(self._quiet, seconds=180, what="the last acknowledgements", pause=0.02)
        took = time.perf_counter() - began
        return {
            "batch": self._batch,
            "asked_per_second": rate,
            "sent": number * self._batch,
            "seconds": round(took, 1),
            "punches_per_second": round(number * self._batch / took, 1),
            "acknowledged": self._lines,
            "acknowledgement": self._answered.summary(),
            "sent_again": dict(self._failures),
        }

    def stop(self) -> None:
        """Hang up."""
        for terminal in self.terminals:
            terminal.stop()

    def _punch(self, person: int, *, watched: bool) -> None:
        number = self._population.terminal(person)
        epoch = int(time.time())
        text = wall_time(self._zones[number], epoch)
        status = self._ledger.status
        lines = []
        for one in range(person, person + self._batch):
            self._ledger.note(one, epoch)
            lines.append(face_line(pin(one), text, status))
        if watched:
            identity = punch_id(self.terminals[number].serial, pin(person), text, str(status), str(FACE))
            self._watch.expect(identity, f"{employee_id(person)}|{text[:10]}", time.perf_counter())
        self.terminals[number].record(*lines)

    def _quiet(self) -> bool:
        return not any(terminal.memory for terminal in self.terminals)

    def _say(self, elapsed: float, sent: int) -> None:
        say(
            f"{elapsed:5.0f} s  sent {sent:,}  acknowledged {self._lines:,}  "
            f"ack p99 {self._answered.percentile(0.99, last=RECENT):.0f} ms  "
            f"in the read model p99 {self._watch.times.percentile(0.99, last=RECENT):.0f} ms  "
            f"sent again {sum(self._failures.values())}"
        )
