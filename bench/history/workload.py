"""One punch from the terminal's socket to the read model, beside a short past and beside a long one, in turn."""

import asyncio
import time
from contextlib import ExitStack
from dataclasses import dataclass

import uvloop
from pymongo import MongoClient

from bench import seeding
from bench.history.past import Past, write
from bench.measure import Times, medians
from bench.options import Options
from bench.population import Population, employee_id, pin, today
from bench.surge.ledger import wall_time
from bench.system import FIRST_PORT, System
from bench.terminals.link import Link
from bench.terminals.wire import FACE, UNDEFINED, Answer, Requests, face_line
from bench.waiting import until
from bench.watch import Watch
from bench.workload import Result, Row, Workload, say
from kit.mongo import Document
from services.attendance.punches.rules import punch_id
from services.reporting.presence.folds import DAYS

PEOPLE, TERMINALS, PUNCHES_A_DAY = 5_000, 212, 2
PAUSE = 0.03
WANTED_RATIO = 1.1
PARTS = ("kafka", "mongod", "devices", "attendance-worker", "projector")


@dataclass
class Side:
    """A system with a past of some length."""

    name: str
    system: System
    population: Population
    stored: int
    client: "MongoClient[Document]"

    async def punches(self, count: int, offset: int) -> tuple[Times, Times]:
        """`count` punches one after the other: times to the acknowledgement, times to the read model."""
        acknowledged, watch = Times(), Watch(self.system.mongo_uri, "reporting", DAYS + seeding.SUFFIX)
        door = self.system.doors[0]
        answered = asyncio.Event()
        answers: list[Answer | None] = []

        def done(answer: Answer | None) -> None:
            answers.append(answer)
            answered.set()

        links = {number: Link(*door, keep_alive=True) for number in range(self.population.terminals)}
        try:
            for number in range(offset, offset + count):
                person = number * 2_741 % self.population.people
                terminal = self.population.terminal(person)
                serial = self.population.serial(terminal)
                text = wall_time(self.population.zone(terminal), int(time.time()))
                identity = punch_id(serial, pin(person), text, str(UNDEFINED), str(FACE))
                request = Requests(serial, "127.0.0.1", keep_alive=True).attlog(face_line(pin(person), text))
                answered.clear()
                began = time.perf_counter()
                watch.expect(identity, f"{employee_id(person)}|{text[:10]}", began)
                links[terminal].ask(request, done)
                await answered.wait()
                answer = answers.pop()
                if answer is None or answer.acknowledged != 1:
                    raise RuntimeError(f"{serial} was not acknowledged: {answer}")
                acknowledged.add(time.perf_counter() - began)
                await until(lambda: not watch.missing, seconds=30, what="the punch in the read model", pause=0.002)
                await asyncio.sleep(PAUSE)
            return acknowledged, watch.times
        finally:
            for link in links.values():
                link.close()
            watch.close()


def run(options: Options) -> Result:
    """Two systems at once, measured by turns."""
    sizes = {"short": 10_000, "long": options.size(10_000_000, 40_000)}
    count, rounds = options.size(200, 20), max(2, options.repeats(6, 2))
    with ExitStack() as stack:
        sides = [
            _side(stack, options, name, stored, FIRST_PORT + 200 * number)
            for number, (name, stored) in enumerate(sizes.items())
        ]
        for side in sides:
            uvloop.run(side.punches(count // 2, 0))  # connections, caches
        found: dict[str, list[Result]] = {side.name: [] for side in sides}
        for number in range(rounds):
            for side in sides if number % 2 == 0 else sides[::-1]:
                acknowledged, seen = uvloop.run(side.punches(count, count * (number + 1)))
                found[side.name].append({"acknowledged": acknowledged.summary(), "in_read_model": seen.summary()})
                say(f"round {number + 1}, {side.stored:,} stored: {seen.summary()}")
    middle = {name: medians(rounds_of) for name, rounds_of in found.items()}
    return {
        "stored": {side.name: side.stored for side in sides},
        "median": middle,
        "ratio_p50": _ratio(middle, "p50_ms"),
        "ratio_p99": _ratio(middle, "p99_ms"),
        "rounds": found,
        "loaded": "directly into the journal and the read models, in the shapes the services write; the topic is empty",
    }


def _side(stack: ExitStack, options: Options, name: str, stored: int, port: int) -> Side:
    population = Population(PEOPLE, TERMINALS, sites=3, units=60)
    system = stack.enter_context(
        System(options.data / f"history-{name}", parts=PARTS, first_port=port, keep=options.keep)
    )
    system.start("mongod", "kafka")
    client = seeding.connect(system.mongo_uri)
    stack.callback(client.close)
    seeding.attendance(client["attendance"], population, say)
    seeding.reporting(client["reporting"], population, say)
    past = Past(population, stored // PEOPLE // PUNCHES_A_DAY, today())
    say(f"{name} past: {stored:,} punches")
    written = write(client, past, say)
    system.start()
    return Side(name, system, population, written, client)


def _ratio(middle: dict[str, Result], which: str) -> float:
    return round(float(middle["long"]["in_read_model"][which] / middle["short"]["in_read_model"][which]), 3)


def rows(result: Result) -> list[Row]:
    """The published lines."""
    out = []
    for name, stored in result["stored"].items():
        ack, seen = result["median"][name]["acknowledged"], result["median"][name]["in_read_model"]
        out.append(
            Row(
                f"one punch with {stored:,} stored",
                f"acknowledged p50 {ack['p50_ms']:.1f} ms; in the read model p50 {seen['p50_ms']:.1f} ms, "
                f"p99 {seen['p99_ms']:.1f} ms",
            )
        )
    ratio = result["ratio_p50"]
    measured = f"{ratio:.2f} (p99: {result['ratio_p99']:.2f})"
    out.append(Row("ratio of the medians", measured, f"≤ {WANTED_RATIO}", ratio <= WANTED_RATIO))
    return out


WORKLOAD = Workload("history", "One punch beside a short and a long past", run, rows)
