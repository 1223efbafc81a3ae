"""2,600 punches a second for ten minutes, one in each request, then twenty in each, all on this machine."""

import os
from collections.abc import Iterator
from math import ceil

import uvloop
from pymongo import MongoClient

from bench import seeding
from bench.measure import Times
from bench.options import Options
from bench.population import Population
from bench.processes import Sampler
from bench.surge.fleet import Fleet
from bench.surge.ledger import Ledger, tally
from bench.surge.stations import Stations
from bench.system import System
from bench.terminals.wire import ENTER
from bench.waiting import until_blocking
from bench.watch import Watch
from bench.workload import Result, Row, Workload, say
from contracts.events.attendance import PunchRecorded
from kit.mongo import Document
from services.reporting.presence.counts import DEVICE_COUNTS
from services.reporting.presence.folds import DAYS

RATE = 2_600
BATCHES = (1, 20)
LEAVE, BREAK = 1, 2
WARM_UP_SECONDS = 60.0
CACHE_GB = 8.0  # a third of the machine: 1.5 million people's day with all their journal
DAYS_VIEW, COUNTS_VIEW = DAYS + seeding.SUFFIX, DEVICE_COUNTS + seeding.SUFFIX
PRODUCT = ("devices", "attendance", "attendance-worker", "projector", "reporting", "directory", "edge")


def people_per_terminal(punches: int, terminals: int) -> int:
    """Enough for one punch each, in whole batches."""
    return ceil(punches / terminals / max(BATCHES)) * max(BATCHES)


def run(options: Options) -> Result:
    """Load the country, start everything, punch, compare."""
    rate, seconds = options.rate or options.size(RATE, 200), options.duration(600, 10)
    terminals = options.size(RATE, 100)
    population = Population(terminals * people_per_terminal(int(rate * seconds), terminals), terminals)
    system = System(
        options.data / "surge",
        devices=options.devices or 1,
        projectors=options.projectors or 1,
        cache_gb=1.0 if options.small else CACHE_GB,
        keep=options.keep,
    )
    with system:
        system.start("mongod", "kafka")
        client = seeding.connect(system.mongo_uri)
        say(f"loading {population.people:,} enrolled people and {terminals:,} terminals")
        seeding.attendance(client["attendance"], population, say)
        seeding.reporting(client["reporting"], population, say)
        system.start()
        warm_up, *ledgers = (Ledger(population, status) for status in (BREAK, ENTER, LEAVE))
        warm = min(WARM_UP_SECONDS, seconds)
        say("warming up: what was just started compiles itself; counted and compared, but in no figure")
        warmed = _phase(system, client, population, warm_up, 1, rate, warm, options)
        phases = [
            _phase(system, client, population, ledger, batch, rate, seconds, options)
            for batch, ledger in zip(BATCHES, ledgers, strict=True)
        ]
        say("comparing what was sent with the read model and the journal")
        return {
            "people": population.people,
            "terminals": terminals,
            "database_cache_gb": system.settings.cache_gb,
            "warm_up": warmed,
            "phases": phases,
            "read_model": _verdict([warm_up, *ledgers], _in_read_model(client)),
            "journal": _verdict([warm_up, *ledgers], _in_journal(client)),
            "door": "edge" if options.edge else "device processes",
            "connections": "one for each request" if options.close else "kept open",
        }


def _phase(
    system: System,
    client: "MongoClient[Document]",
    population: Population,
    ledger: Ledger,
    batch: int,
    rate: int,
    seconds: float,
    options: Options,
) -> Result:
    say(f"{rate:,} punches/s for {seconds:.0f} s, {batch} in each request")
    doors = [system.edge_door] if options.edge else system.doors
    watch = Watch(system.mongo_uri, "reporting", DAYS_VIEW)
    sampler = Sampler({**system.pids(), "generator": os.getpid()}, warm_up=min(120.0, seconds / 5))
    stations = Stations(system)
    before = _stored(client)

    async def load() -> Result:
        fleet = Fleet(population, doors, ledger, watch, batch=batch, close=options.close)
        await fleet.connect()
        with sampler, stations:
            found = await fleet.run(rate, seconds)
        fleet.stop()
        return found

    try:
        found = uvloop.run(load())
        _wait_stored(client, before + found["sent"])
        until_blocking(lambda: not watch.missing, seconds=60, what="the watched punches in the read model")
        seen: Times = watch.times
        found["in_read_model"] = seen.summary()
    finally:
        watch.close()
    return {**found, "stations": stations.summary(), "processes": sampler.summary()}


def _stored(client: "MongoClient[Document]") -> int:
    totals = list(client["reporting"][COUNTS_VIEW].aggregate([{"$group": {"_id": None, "sum": {"$sum": "$stored"}}}]))
    return int(totals[0]["sum"]) if totals else 0


def _wait_stored(client: "MongoClient[Document]", wanted: int) -> None:
    """Until the view has counted as many; raises TimeoutError when it stands still for a minute before."""
    while (have := _stored(client)) < wanted:
        until_blocking(
            lambda before=have: _stored(client) != before,  # type: ignore[misc]
            seconds=60,
            what=f"the read model stands at {have:,} of {wanted:,}",
            pause=0.2,
        )


def _in_read_model(client: "MongoClient[Document]") -> Iterator[tuple[str, str]]:
    for row in client["reporting"][DAYS_VIEW].find({}, {"employee": 1, "punches.id": 1}, batch_size=5_000):
        for punch in row["punches"]:
            yield row["employee"], punch["id"]


def _in_journal(client: "MongoClient[Document]") -> Iterator[tuple[str, str]]:
    fields = {"facts.type": 1, "facts.key": 1, "facts.id": 1}
    for row in client["attendance"]["events"].find({"facts.type": PunchRecorded.TYPE}, fields):
        for fact in row["facts"]:
            yield fact["key"], fact["id"]


def _verdict(ledgers: list[Ledger], found: Iterator[tuple[str, str]]) -> dict[str, int]:
    tally(ledgers, found)
    verdicts = [ledger.verdict() for ledger in ledgers]
    return {name: sum(verdict[name] for verdict in verdicts) for name in verdicts[0]}


def rows(result: Result) -> list[Row]:
    """The published lines."""
    warmed = result["warm_up"]
    ack, seen = warmed["acknowledgement"], warmed["in_read_model"]
    told = f"acknowledged p99 {ack['p99_ms']:.0f} ms, in the read model p99 {seen['p99_ms']:.0f} ms"
    size = f"{result['people']:,} people, {result['terminals']:,} terminals, database cache"
    out = [Row(size, f"{result['database_cache_gb']:.0f} GB")]
    out.append(Row(f"just started, the first {warmed['seconds']:.0f} s (in no figure below)", told))
    for phase in result["phases"]:
        name = f"{phase['batch']} a request" if phase["batch"] > 1 else "one a request"
        ack, seen = phase["acknowledgement"], phase["in_read_model"]
        out.append(
            Row(
                f"{name}: sustained {phase['seconds']:.0f} s",
                f"{phase['punches_per_second']:,.0f} punches/s",
                f"{phase['asked_per_second']:,} punches/s",
                phase["punches_per_second"] >= 0.99 * phase["asked_per_second"],
            )
        )
        out.append(Row(f"{name}: acknowledged", _times(ack), "p99 < 1 s", ack["p99_ms"] < 1000))
        out.append(Row(f"{name}: in the read model", _times(seen), "p99 < 1 s", seen["p99_ms"] < 1000))
        busiest = sorted(phase["processes"].items(), key=lambda item: -item[1].get("cpu_percent", 0))
        shares = ", ".join(f"{part} {used['cpu_percent']:.0f} %" for part, used in busiest if used)
        out.append(Row(f"{name}: share of one core", shares))
        product = {part: used for part, used in phase["processes"].items() if part.startswith(PRODUCT) and used}
        memory = ", ".join(
            f"{part} {used['rss_mb_at_end']:.0f} MB ({used['growth_percent']:+.0f} %)" for part, used in product.items()
        )
        worst = max((used["growth_percent"] for used in product.values()), default=0)
        out.append(Row(f"{name}: memory at the end (growth)", memory, "no growth after warm-up", worst <= 5))
    for where in ("read_model", "journal"):
        found = result[where]
        wrong = found["lost"] + found["unknown"] + (found["double"] if where == "read_model" else 0)
        out.append(
            Row(
                f"compared with the {where.replace('_', ' ')}",
                f"{found['sent']:,} sent, {found['lost']} lost, {found['double']} double, {found['unknown']} unknown",
                "none lost, none double" if where == "read_model" else "none lost",
                wrong == 0,
            )
        )
    return out


def _times(summary: dict[str, float]) -> str:
    return f"p50 {summary['p50_ms']:.0f} ms, p99 {summary['p99_ms']:.0f} ms, max {summary['max_ms']:.0f} ms"


WORKLOAD = Workload("surge", "The morning of the whole country", run, rows)
