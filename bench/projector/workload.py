"""The projector beside its limits and its peers, in paired alternating runs on the same topic."""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

import uvloop

from bench.measure import medians
from bench.options import Options
from bench.projector.live import feed
from bench.projector.ours import Workers
from bench.projector.punches import TOPIC, load
from bench.projector.view import Generation, compare, ends, expected
from bench.seeding import connect
from bench.system import System
from bench.waiting import until_blocking
from bench.watch import Watch
from bench.workload import Result, Row, Workload, say
from contracts.topics import ATTENDANCE_PUNCHES, TOPICS
from deploy.local.program import ROOT
from kit.kafka import ensure_topics

DATABASE = "bench_reporting"
RATE = 500
GUARANTEES = {
    "kinerja": "effectively once: position, documents and totals in one transaction, fenced",
    "faststream": "at least once: the offset is committed after the write; a day may be folded twice, ids absorb that",
    "quix": "exactly once inside Kafka, at least once into MongoDB; its state absorbs repetitions",
}
PEERS = {"faststream": (), "quix": ("--commit-interval", "0.1")}  # arguments when live


class Contest:
    """All contenders on one broker and database."""

    def __init__(self, system: System, total: int, wanted: dict[str, set[str]]) -> None:
        self._system = system
        self._total = total
        self._wanted = wanted
        self._client = connect(system.mongo_uri)
        self._ends = ends(total, ATTENDANCE_PUNCHES.partitions)
        self._number = 0
        self._fed = 0  # live punches that lie on the topic behind the loaded ones

    def next(self) -> Generation:
        """Fresh collections."""
        self._number += 1
        generation = Generation(self._client[DATABASE], self._number)
        generation.prepare()
        return generation

    def kinerja(self, count: int) -> Result:
        """`count` processes of the product drain the topic."""
        generation = self.next()
        workers = self._workers(generation, count)
        workers.rehearse(self._ends)
        with workers:
            ended = generation.wait_folded(self._total, 600, workers.alive)
            seconds = ended - generation.claimed()
            figures = workers.figures()
        found = self._checked(generation)
        return {"events_per_second": round(self._total / seconds), "seconds": seconds, "processes": figures, **found}

    def peer(self, name: str) -> Result:
        """A peer drains it."""
        generation = self.next()
        with tempfile.TemporaryDirectory(dir=self._system.data) as state:
            told = json.loads(self._run(self._peer(name, generation, state, "--expect", str(self._total))))
        found = self._checked(generation)
        seconds = told["last"] - told["first"]
        return {"events_per_second": round(told["events"] / seconds), "seconds": seconds, **_own(told), **found}

    def consume(self) -> Result:
        """Fetch only."""
        told = json.loads(
            self._run(self._raw("consume", "--kafka", self._system.bootstrap, "--expect", str(self._total)))
        )
        return {"records_per_second": round(told["events"] / (told["last"] - told["first"]))}

    def insert(self, parts: int) -> Result:
        """Insert the documents of a finished view with `parts` processes."""
        generation = self.next()
        with self._workers(generation, 1) as workers:
            generation.wait_folded(self._total, 600, workers.alive)
        db, target = generation.db, f"raw_v{generation.number}"
        db.create_collection(target)
        options = ("--mongo", self._system.mongo_uri, "--database", DATABASE, "--source", generation.days)
        commands = [
            self._raw("insert", *options, "--target", target, "--part", str(part), "--parts", str(parts))
            for part in range(parts)
        ]
        running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for command in commands]
        told = [json.loads(process.communicate(timeout=300)[0]) for process in running]
        generation.drop()
        seconds = max(one["last"] for one in told) - min(one["first"] for one in told)
        return {"documents_per_second": round(sum(one["events"] for one in told) / seconds)}

    def live_kinerja(self, warm_up: float, seconds: float) -> Result:
        """One process, caught up, then punches at a steady rate."""
        generation = self.next()
        with self._workers(generation, 1) as workers:
            generation.wait_folded(self._total + self._fed, 600, workers.alive)
            before = workers.figures()[0]["cpu_seconds"]
            found = self._feed(generation, warm_up, seconds)
            found["cpu_percent"] = round(100 * (workers.figures()[0]["cpu_seconds"] - before) / (warm_up + seconds), 1)
        generation.drop()
        return found

    def live_peer(self, name: str, warm_up: float, seconds: float) -> Result:
        """The same with a peer; it is caught up when a first punch shows."""
        generation = self.next()
        with tempfile.TemporaryDirectory(dir=self._system.data) as state:
            process = subprocess.Popen(
                self._peer(name, generation, state, *PEERS[name]),
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            try:
                self._caught_up(generation)
                found = self._feed(generation, warm_up, seconds)
            finally:
                process.communicate(timeout=60)
        generation.drop()
        return found

    def _workers(self, generation: Generation, count: int) -> Workers:
        return Workers(generation, self._system.mongo_uri, self._system.bootstrap, count, self._system.data / "workers")

    def _peer(self, name: str, generation: Generation, state: str, *more: str) -> list[str]:
        return [
            *(sys.executable, "-m", f"bench.projector.peers.{name}_days"),
            *("--kafka", self._system.bootstrap, "--mongo", self._system.mongo_uri, "--database", DATABASE),
            *("--generation", str(generation.number), "--state", state, *more),
        ]

    @staticmethod
    def _raw(*arguments: str) -> list[str]:
        return [sys.executable, "-m", "bench.projector.raw", *arguments]

    @staticmethod
    def _run(command: Sequence[str]) -> str:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
        if done.returncode:
            raise RuntimeError(f"{command[2]} ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout.splitlines()[-1]

    def _checked(self, generation: Generation) -> dict[str, int]:
        found = compare(generation.db, generation.days, self._wanted)
        generation.drop()
        return found

    def _caught_up(self, generation: Generation) -> None:
        days = generation.db[generation.days]
        until_blocking(
            lambda: days.estimated_document_count() >= len(self._wanted), seconds=300, what="the peer", pause=0.5
        )

    def _feed(self, generation: Generation, warm_up: float, seconds: float) -> Result:
        watch = Watch(self._system.mongo_uri, DATABASE, generation.days)
        try:
            times, sent = uvloop.run(feed(self._system.bootstrap, watch, rate=RATE, warm_up=warm_up, seconds=seconds))
        finally:
            watch.close()
        self._fed += sent
        return {"rate": RATE, "freshness": times.summary()}


def _own(told: dict[str, Any]) -> dict[str, Any]:
    return {"processes": [{"rss_mb_peak": told["rss_mb_peak"], "cpu_seconds": told["cpu_seconds"]}]}


def run(options: Options) -> Result:
    """All drains first, in turn, then all that is live."""
    total = options.size(300_000, 20_000)
    warm_up, seconds = (2.0, 3.0) if options.small else (10.0, options.duration(60, 3))
    with System(options.data / "projector", parts={"kafka", "mongod"}, keep=options.keep) as system:
        system.start()
        asyncio.run(ensure_topics(system.bootstrap, TOPICS, replication=1))
        say(f"loading {total:,} records on {TOPIC}")
        asyncio.run(load(system.bootstrap, total))
        contest = Contest(system, total, expected(total))
        drains: dict[str, list[Result]] = {}
        for number in range(options.repeats()):
            for name, drain in _drains(contest, forwards=number % 2 == 0):
                drains.setdefault(name, []).append(drain())
                say(f"run {number + 1}: {name}: {_short(drains[name][-1])}")
        live: dict[str, list[Result]] = {}
        for number in range(options.repeats()):
            order = ["kinerja", *PEERS] if number % 2 == 0 else [*reversed(PEERS), "kinerja"]
            for name in order:
                found = (
                    contest.live_kinerja(warm_up, seconds)
                    if name == "kinerja"
                    else contest.live_peer(name, warm_up, seconds)
                )
                live.setdefault(name, []).append(found)
                say(f"run {number + 1}: {name} live at {RATE}/s: {found['freshness']}")
    return {
        "records": total,
        "drain": {name: {"median": medians(runs), "runs": runs} for name, runs in drains.items()},
        "live": {name: {"median": medians(runs), "runs": runs} for name, runs in live.items()},
        "guarantees": GUARANTEES,
    }


def _drains(contest: Contest, *, forwards: bool) -> list[Any]:
    found = [
        ("consume only", contest.consume),
        ("kinerja, 1 process", lambda: contest.kinerja(1)),
        ("faststream", lambda: contest.peer("faststream")),
        ("kinerja, 2 processes", lambda: contest.kinerja(2)),
        ("quix", lambda: contest.peer("quix")),
        ("insert only, 1 process", lambda: contest.insert(1)),
        ("insert only, 2 processes", lambda: contest.insert(2)),
    ]
    return found if forwards else found[::-1]


def _short(result: Result) -> str:
    return ", ".join(f"{name} {value:,}" for name, value in result.items() if isinstance(value, int | float))


def _peak(runs: Sequence[Result]) -> str:
    each = zip(*([one["rss_mb_peak"] for one in run["processes"]] for run in runs), strict=True)
    return " + ".join(f"{max(peaks):.0f}" for peaks in each)


def rows(result: Result) -> list[Row]:
    """The published lines."""
    asked = {"kinerja, 1 process": 60_000, "kinerja, 2 processes": 100_000}
    out = []
    for name, found in result["drain"].items():
        middle = found["median"]
        rate = next(value for key, value in middle.items() if key.endswith("_per_second"))
        if "processes" in middle:
            peaks = _peak(found["runs"])
            wrong = sum(run["lost"] + run["double"] + run["unknown"] for run in found["runs"])
            measured = f"{rate:,.0f} events/s, peak {peaks} MB, {wrong} lost or double"
        else:
            measured = f"{rate:,.0f}/s"
        goal = asked.get(name)
        out.append(
            Row(f"drain: {name}", measured, f"≥ {goal:,} events/s" if goal else "", rate >= goal if goal else None)
        )
    for name, found in result["live"].items():
        fresh = found["median"]["freshness"]
        held = fresh["p50_ms"] < 5 and fresh["p99_ms"] < 30 if name == "kinerja" else None
        out.append(
            Row(
                f"fresh at {RATE}/s: {name}",
                f"p50 {fresh['p50_ms']:.1f} ms, p99 {fresh['p99_ms']:.1f} ms",
                "p50 < 5 ms, p99 < 30 ms" if name == "kinerja" else "",
                held,
            )
        )
    out += [Row(f"guarantee: {name}", text) for name, text in result["guarantees"].items()]
    return out


WORKLOAD = Workload("projector", "From a loaded topic to the employee-day view", run, rows)
