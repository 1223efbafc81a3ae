"""One device process at its limit: with one punch in each request, then with a hundred."""

import os
from typing import Any

import uvloop
from pymongo import MongoClient

from bench import seeding
from bench.intake.saturation import saturate
from bench.measure import medians
from bench.options import Options
from bench.population import Population
from bench.processes import Sampler
from bench.system import System
from bench.workload import Result, Row, Workload, say
from kit.mongo import Document

PEOPLE = 50_000
# lines in a request, connections, what is asked
SHAPES = ((1, 100, 5_000), (100, 16, 60_000))


def run(options: Options) -> Result:
    """The shapes in turn, several times; afterwards the journal must hold at least what was acknowledged."""
    population = Population(options.size(PEOPLE, 2_000), 200)
    seconds, warm_up = options.duration(20, 2), 1.0 if options.small else 5.0
    with System(options.data / "intake", parts={"mongod", "devices"}, keep=options.keep) as system:
        system.start("mongod")
        client = seeding.connect(system.mongo_uri)
        seeding.attendance(client["attendance"], population, say)
        system.start("devices")
        runs: dict[str, list[Result]] = {}
        acknowledged = 0
        for number in range(options.repeats()):
            for lines, connections, _ in SHAPES if number % 2 == 0 else SHAPES[::-1]:
                found = _one(system, population, options, lines, connections, warm_up, seconds)
                acknowledged += found.pop("acknowledged_lines")
                runs.setdefault(str(lines), []).append(found)
                say(f"run {number + 1}, {lines} a request: {found['punches_per_second']:,.0f} punches/s")
        stored = _stored(client)
    return {
        "shapes": {name: {"median": medians(found), "runs": found} for name, found in runs.items()},
        "connections": {str(lines): connections for lines, connections, _ in SHAPES},
        "acknowledged": acknowledged,
        "stored": stored,
    }


def _one(
    system: System,
    population: Population,
    options: Options,
    lines: int,
    connections: int,
    warm_up: float,
    seconds: float,
) -> dict[str, Any]:
    sampler = Sampler({**system.pids(), "generator": os.getpid()})
    with sampler:
        found = uvloop.run(
            saturate(
                population,
                system.doors[0],
                lines=lines,
                connections=connections,
                warm_up=warm_up,
                seconds=seconds,
                keep_alive=not options.close,
            )
        )
    used = {
        name: {key: one[key] for key in ("cpu_percent", "rss_mb_most") if key in one}
        for name, one in sampler.summary().items()
    }
    return {**found, "processes": used}


def _stored(client: "MongoClient[Document]") -> int:
    stages: list[dict[str, Any]] = [
        {"$match": {"facts.0": {"$exists": True}}},
        {"$group": {"_id": None, "facts": {"$sum": {"$size": "$facts"}}}},
    ]
    return int(next(iter(client["attendance"]["events"].aggregate(stages)), {"facts": 0})["facts"])


def rows(result: Result) -> list[Row]:
    """The published lines."""
    out = []
    for lines, connections, asked in SHAPES:
        middle = result["shapes"][str(lines)]["median"]
        answers = middle["answers"]
        rate = middle["punches_per_second"]
        unit = "req/s" if lines == 1 else "punches/s"
        out.append(Row(f"{lines} a request", f"{rate:,.0f} {unit}", f"≥ {asked:,} {unit}", rate >= asked))
        out.append(
            Row(
                f"{lines} a request: answer, {connections} connections",
                f"p50 {answers['p50_ms']:.1f} ms, p99 {answers['p99_ms']:.1f} ms",
                "p99 < 60 ms at saturation",
                answers["p99_ms"] < 60,
            )
        )
        shares = ", ".join(f"{name} {used['cpu_percent']:.0f} %" for name, used in middle["processes"].items())
        out.append(Row(f"{lines} a request: share of one core", shares))
    held = result["stored"] >= result["acknowledged"]
    measured = f"{result['acknowledged']:,} acknowledged, {result['stored']:,} in the journal"
    out.append(Row("durable before the answer", measured, "every acknowledged line", held))
    return out


WORKLOAD = Workload("intake", "One device process at its limit", run, rows)
