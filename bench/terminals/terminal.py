"""A terminal: keeps every record until the server has acknowledged its count, and sends again what was not."""

import asyncio
from collections import deque
from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple, Protocol

from bench.terminals.link import Link
from bench.terminals.wire import Answer, Requests, command_results, read_options


class Sent(NamedTuple):
    """A batch under way: `lines` of it; when its oldest line was recorded and when the first byte of this `attempt`
    (1 = first) left, both in perf_counter seconds. A terminal that is behind shows in the first, not in the second."""

    lines: int
    recorded: float
    since: float
    attempt: int


NOTHING = Sent(0, 0.0, 0.0, 0)


class Watcher(Protocol):
    """Who is told what happens; a batch that fails is told of at each attempt."""

    def acknowledged(self, terminal: "Terminal", sent: Sent) -> None:
        """`OK: n` came: the terminal forgets these lines."""

    def failed(self, terminal: "Terminal", sent: Sent, answer: Answer | None) -> None:
        """Anything else came, or nothing: the batch stays and is sent again."""


class Terminal:
    """`batch` bounds the lines of one POST. `error_delay` and `delay` (seconds) are what the server's options say
    unless given here. `beat` gives the request it sends each `delay` seconds when idle, instead of asking for commands.
    `deaf` is asked at each acknowledgement: True = it got lost on the way. `held` counts the records in its memory,
    sent ones too: terminals do not delete what they have sent."""

    def __init__(
        self,
        requests: Requests,
        link: Link,
        watcher: Watcher,
        *,
        batch: int = 1,
        delay: float | None = None,
        error_delay: float | None = None,
        polls: bool = True,
        beat: Callable[["Terminal"], bytes] | None = None,
        deaf: Callable[["Terminal"], bool] | None = None,
    ) -> None:
        self.requests = requests
        self.memory: deque[tuple[bytes, float]] = deque()
        self.options: dict[str, str] = {}
        self.batch = batch
        self.polls = polls
        self.online = False
        self.held = 0
        self._link = link
        self._watcher = watcher
        self._delay = delay
        self._error_delay = error_delay
        self._beat = beat
        self._deaf = deaf
        self._body = b""
        self._sent = NOTHING
        self._greeted = False
        self._timer: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()

    @property
    def serial(self) -> str:
        """Its serial number."""
        return self.requests.serial

    def start(self) -> None:
        """Power on, or the network is back: handshake, then send what is in memory, then poll."""
        self.online = True
        self._greeted = False
        self._next()

    def stop(self) -> None:
        """Power off, or the network is gone. What is in memory stays there, and more may be recorded."""
        self.online = False
        self._cancel_timer()
        self._link.close()

    @property
    def greeted(self) -> bool:
        """The server has answered its handshake."""
        return self._greeted

    def beat(self) -> None:
        """Poll, or say what it has to say, now rather than when the delay is over."""
        if self.online and self._greeted and not self.memory and not self._link.busy:
            self._cancel_timer()
            self._poll()

    def record(self, *lines: bytes) -> None:
        """Somebody punched; several lines at once are what an interval upload or a backlog is."""
        now = perf_counter()
        for line in lines:
            self.memory.append((line, now))
        self.held += len(lines)
        if self.online and self._greeted and self._sent.lines == 0:
            self._next()

    def _next(self) -> None:
        """Do what is due; called whenever something changed and after each answer."""
        if not self.online or self._link.busy:
            return
        self._cancel_timer()
        if not self._greeted:
            self._link.ask(self.requests.handshake, self._handshaken)
        elif self.memory:
            self._send()
        elif self.polls:
            self._timer = self._loop.call_later(self._seconds(self._delay, "Delay", 10), self._poll)

    def _send(self) -> None:
        if self._sent.lines == 0:
            take = min(self.batch, len(self.memory))
            line, recorded = self.memory[0]
            self._body = line if take == 1 else b"".join(self.memory[index][0] for index in range(take))
            self._sent = Sent(take, recorded, perf_counter(), 1)
        else:  # the same bytes again: what the server may have stored already must be the same batch
            before = self._sent
            self._sent = Sent(before.lines, before.recorded, perf_counter(), before.attempt + 1)
        self._link.ask(self.requests.attlog(self._body), self._answered)

    def _answered(self, answer: Answer | None) -> None:
        sent = self._sent
        if (
            answer is not None
            and answer.acknowledged == sent.lines
            and not (self._deaf is not None and self._deaf(self))
        ):
            for _ in range(sent.lines):
                self.memory.popleft()
            self._sent = NOTHING
            self._watcher.acknowledged(self, sent)
            self._next()
            return
        self._watcher.failed(self, sent, answer)
        self._later()

    def _handshaken(self, answer: Answer | None) -> None:
        if answer is None or answer.status != 200 or not answer.body.startswith(b"GET OPTION FROM:"):
            self._later()
            return
        self.options = read_options(answer.body)
        self._greeted = True
        self._next()

    def _poll(self) -> None:
        self._timer = None
        if self.online and not self._link.busy:
            self._link.ask(self._beat(self) if self._beat else self.requests.poll, self._polled)

    def _polled(self, answer: Answer | None) -> None:
        if answer is None:
            self._greeted = False
            self._later()
        elif results := command_results(answer.body):
            self._link.ask(self.requests.results(results), self._reported)
        else:
            self._next()

    def _reported(self, answer: Answer | None) -> None:
        self._next()

    def _later(self) -> None:
        if self.online:
            self._cancel_timer()
            self._timer = self._loop.call_later(self._seconds(self._error_delay, "ErrorDelay", 30), self._next)

    def _seconds(self, given: float | None, option: str, default: int) -> float:
        if given is not None:
            return given
        text = self.options.get(option, "")
        return float(text) if text.isdigit() else float(default)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
