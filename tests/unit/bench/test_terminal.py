"""A terminal forgets nothing that was not acknowledged, and sends the same bytes again."""

from collections.abc import Callable

import pytest

from bench.terminals.link import Done, Link
from bench.terminals.terminal import Sent, Terminal
from bench.terminals.wire import Answer, Requests
from bench.waiting import until

OPTIONS = Answer(200, b"GET OPTION FROM: T\nDelay=2\nErrorDelay=30\n", closes=True)
LINES = [b"%d\t2026-11-22 07:30:00\t0\t1\t\t0\t0\t\n" % number for number in range(5)]


class Wire(Link):
    """Keeps what is asked; the test answers."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1", 1, keep_alive=False)
        self.asked: list[bytes] = []
        self._waiting: Done | None = None

    @property
    def busy(self) -> bool:
        return self._waiting is not None

    def ask(self, request: bytes, done: Done) -> None:
        assert self._waiting is None
        self.asked.append(request)
        self._waiting = done

    def answer(self, answer: Answer | None) -> None:
        waiting, self._waiting = self._waiting, None
        assert waiting is not None
        waiting(answer)

    @property
    def bodies(self) -> list[bytes]:
        return [one.partition(b"\r\n\r\n")[2] for one in self.asked if b"table=ATTLOG" in one]


class Told:
    def __init__(self) -> None:
        self.acknowledgements: list[Sent] = []
        self.failures: list[tuple[Sent, Answer | None]] = []

    def acknowledged(self, terminal: Terminal, sent: Sent) -> None:
        self.acknowledgements.append(sent)

    def failed(self, terminal: Terminal, sent: Sent, answer: Answer | None) -> None:
        self.failures.append((sent, answer))


def ok(count: int) -> Answer:
    return Answer(200, b"OK: %d" % count, closes=True)


async def greeted(
    *, batch: int = 1, polls: bool = False, deaf: Callable[[Terminal], bool] | None = None
) -> tuple[Terminal, Wire, Told]:
    wire, told = Wire(), Told()
    terminal = Terminal(
        Requests("T", "h"), wire, told, batch=batch, polls=polls, delay=0.01, error_delay=0.01, deaf=deaf
    )
    terminal.start()
    assert b"options=all" in wire.asked[0]
    wire.answer(OPTIONS)
    return terminal, wire, told


async def test_punches_go_out_at_once_one_after_the_other() -> None:
    terminal, wire, told = await greeted()
    for line in LINES[:3]:
        terminal.record(line)
    assert wire.bodies == LINES[:1]
    wire.answer(ok(1))
    wire.answer(ok(1))
    assert wire.bodies == LINES[:3]
    wire.answer(ok(1))
    assert not terminal.memory
    assert [sent.attempt for sent in told.acknowledgements] == [1, 1, 1]


@pytest.mark.parametrize("answer", [None, Answer(503, b"", closes=True), Answer(200, b"OK", closes=True), ok(1)])
async def test_the_same_batch_again_until_its_count_comes(answer: Answer | None) -> None:
    terminal, wire, told = await greeted(batch=3)
    terminal.record(*LINES[:2])
    wire.answer(answer)
    terminal.record(*LINES[2:])  # what comes meanwhile must not change the batch
    await until(lambda: wire.busy, seconds=5, what="the second attempt")
    assert wire.bodies == [b"".join(LINES[:2])] * 2
    wire.answer(ok(2))
    assert wire.bodies[-1] == b"".join(LINES[2:])
    wire.answer(ok(3))
    assert not terminal.memory
    assert [(sent.lines, sent.attempt) for sent in told.acknowledgements] == [(2, 2), (3, 1)]
    assert [failed for _, failed in told.failures] == [answer]


async def test_an_acknowledgement_that_got_lost_is_none() -> None:
    lost = iter([True, False])
    terminal, wire, told = await greeted(deaf=lambda _: next(lost))
    terminal.record(LINES[0])
    wire.answer(ok(1))
    assert len(terminal.memory) == 1
    await until(lambda: wire.busy, seconds=5, what="the second attempt")
    wire.answer(ok(1))
    assert wire.bodies == [LINES[0]] * 2
    assert not terminal.memory
    assert len(told.acknowledgements) == 1


async def test_what_piled_up_without_a_network_goes_in_one_push() -> None:
    terminal, wire, _ = await greeted(batch=1_000)
    terminal.stop()
    terminal.record(*LINES)
    assert wire.bodies == []
    terminal.start()
    wire.answer(OPTIONS)
    assert wire.bodies == [b"".join(LINES)]
    assert terminal.held == len(LINES)


async def test_nothing_is_sent_before_the_server_has_answered_the_handshake() -> None:
    wire = Wire()
    terminal = Terminal(Requests("T", "h"), wire, Told(), error_delay=0.01)
    terminal.start()
    terminal.record(LINES[0])
    wire.answer(None)
    await until(lambda: wire.busy, seconds=5, what="the second handshake")
    assert wire.bodies == []
    wire.answer(OPTIONS)
    assert wire.bodies == LINES[:1]


async def test_it_polls_when_idle_and_reports_what_it_was_told_to_do() -> None:
    terminal, wire, _ = await greeted(polls=True)
    await until(lambda: wire.busy, seconds=5, what="a poll")
    assert b"/iclock/getrequest" in wire.asked[-1]
    wire.answer(Answer(200, b"C:7:CHECK\n", closes=True))
    assert wire.asked[-1].endswith(b"\r\n\r\nID=7&Return=0&CMD=CHECK\n")
    wire.answer(Answer(200, b"OK", closes=True))
    assert not wire.busy
    terminal.stop()
    assert terminal._timer is None


async def test_time_to_the_acknowledgement_counts_from_the_punch_not_from_the_attempt() -> None:
    terminal, wire, told = await greeted()
    terminal.record(LINES[0])
    wire.answer(None)
    await until(lambda: wire.busy, seconds=5, what="the second attempt")
    wire.answer(ok(1))
    sent = told.acknowledgements[0]
    assert sent.since - sent.recorded >= 0.01
