"""The year of the demo city, 3.6 million events of all three streams, drained from empty: how fast, in how much memory,
and whether what comes out is what was there."""

import uvloop

from bench import city, seeding
from bench.offsets import Counting
from bench.options import Options
from bench.projector.ours import Workers
from bench.projector.view import Generation
from bench.system import System
from bench.workload import Result, Row, Workload, say
from bench.year.drain import drained
from bench.year.marks import FLAT_PERCENT
from kit.mongo import connect_uri
from kit.projector import rebuild
from services.reporting.presence.folds import Presence

DATABASE, IN_USE = "reporting", 1
FIRST_INSTANCE = 10  # the system's own projectors go on as members of the same groups


def run(options: Options) -> Result:
    """Load it the way everything goes, then drain it with one process, and with as many as asked for."""
    days, people = options.size(365, 6), options.people or options.size(5_000, 30)
    counts = [1] + ([options.projectors] if options.projectors and options.projectors > 1 else [])
    with System(options.data / "year", keep=options.keep) as system:
        system.start()
        say(f"a past of {days} days of {people:,} people")
        loaded = uvloop.run(city.load(system, ["--days", str(days), "--people", str(people)]))
        passes = [_pass(system, number, count, options) for number, count in enumerate(counts, start=IN_USE + 1)]
        return {
            "days": days,
            "people": people,
            "loaded": loaded,
            "database_cache_gb": system.settings.cache_gb,
            "passes": passes,
        }


def _pass(system: System, number: int, count: int, options: Options) -> Result:
    """Into generation `number` with `count` processes; it is dropped again when it was compared."""
    client = seeding.connect(system.mongo_uri)
    try:
        generation = Generation(client[DATABASE], number)
        held = uvloop.run(_held(system.bootstrap))
        say(f"{count} process{'es' if count > 1 else ''}: {sum(held.values()):,} events from the first on")
        workers = Workers(
            generation,
            system.mongo_uri,
            system.bootstrap,
            count,
            system.data / f"drain-{count}",
            first_instance=FIRST_INSTANCE,
        )
        with workers:
            found = drained(workers, generation, held, every=0.1 if options.small else 1.0)
            say(f"{found['events_per_second']:,} events/s; comparing every document with the view in use")
            compared = uvloop.run(_compared(system.mongo_uri, number))
        uvloop.run(_dropped(system.mongo_uri, number))
        return {"count": count, **found, **compared}
    finally:
        client.close()


async def _held(bootstrap: str) -> dict[str, int]:
    """What the view's topics hold."""
    async with Counting(bootstrap, Presence().topics()) as counting:
        return dict(await counting.held())


async def _compared(uri: str, number: int) -> Result:
    """Every document, and what the shards of every total come to, as `rebuild` compares before it switches."""
    client = connect_uri(uri, "bench")
    try:
        outcome = await rebuild.compare(client[DATABASE], Presence(), IN_USE, number)
        return {"documents": outcome.documents, "differing": outcome.differing}
    finally:
        client.close()


async def _dropped(uri: str, number: int) -> None:
    client = connect_uri(uri, "bench")
    try:
        await rebuild.retire(client[DATABASE], Presence(), number)
    finally:
        client.close()


def rows(result: Result) -> list[Row]:
    """The published lines."""
    loaded = result["loaded"]
    out = [
        Row(
            f"{result['days']} days of {result['people']:,} people loaded",
            f"{loaded['events']:,.0f} events, {loaded['events'] / loaded['seconds']:,.0f}/s, into every view",
        ),
        Row("database cache", f"{result['database_cache_gb']:.0f} GB"),
    ]
    for one in result["passes"]:
        name = f"{one['count']} process{'es' if one['count'] > 1 else ''}"
        topics = ", ".join(f"{topic} {count:,}" for topic, count in sorted(one["by_topic"].items()))
        quarters = ", ".join(f"{rate:,}" for rate in one["by_quarter"])
        out.append(Row(f"{name}: from empty to all", f"{one['events']:,} events in {one['seconds']:.0f} s: {topics}"))
        out.append(Row(f"{name}: rate", f"{one['events_per_second']:,} events/s; by quarter {quarters}"))
        out += [_memory(f"{name}: memory of {part}", used) for part, used in one["memory"].items()]
        busiest = ", ".join(f"{part} {used['cpu_percent']:.0f} %" for part, used in one["processes"].items())
        out.append(Row(f"{name}: share of one core", busiest))
        differing = one["differing"]
        measured = f"{one['documents']:,} compared, {len(differing)} differ" + (": " if differing else "")
        measured += ", ".join(differing[:3])
        out.append(Row(f"{name}: against the view in use", measured, "all equal", not differing))
    return out


def _memory(what: str, used: Result) -> Row:
    quarters = ", ".join(f"{weight:.0f}" for weight in used["by_quarter_mb"])
    growth = used["growth_percent"]
    told = "" if growth is None else f" ({growth:+.1f} % from the second quarter to the last)"
    measured = f"start {used['start_mb']:.0f} MB, by quarter {quarters}, most {used['most_mb']:.0f} MB{told}"
    return Row(
        what, measured, f"flat: at most {FLAT_PERCENT:.0f} %", None if growth is None else growth <= FLAT_PERCENT
    )


WORKLOAD = Workload("year", "A year drained from empty", run, rows)
