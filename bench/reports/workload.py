"""The month report of an agency of 5,000: its 155,000 assessed days folded from the topic by one process (which folds
them into the presence view as well), then its pages asked for, and the whole of it taken as a workbook. The pages must
not cost the days."""

import asyncio
from random import Random
from time import perf_counter
from typing import Any

import httpx
import uvloop

from bench.clients import Clients
from bench.openloop import steadily
from bench.options import Options
from bench.population import Population
from bench.reports.month import MONTH, OFFICES, TOP, days, people, publish, units
from bench.system import System
from bench.workload import Result, Row, Workload, say
from contracts.topics import TOPICS
from deploy.local.services import REPORTING_API
from deploy.local.settings import HOST
from kit.kafka import ensure_topics
from kit.mongo import connect_uri
from kit.projector.reading import wait_for
from services.reporting.months.store import VIEW

REPORT = f"/api/reporting/v1/reports/attendance/months/{MONTH}"
RATE = 20
PAGE_MS, WORKBOOK_SECONDS = 300, 5.0
DATABASE = "reporting"
PARTS = ("kafka", "mongod", "reporting", "projector")


def run(options: Options) -> Result:
    """One system with nothing but the broker, the database and reporting."""
    population = Population(options.size(5_000, 60), terminals=1, units=options.size(300, 6))
    with System(options.data / "reports", parts=PARTS, keep=options.keep) as system:
        return uvloop.run(_measure(system, population, options))


async def _measure(system: System, population: Population, options: Options) -> Result:
    await asyncio.to_thread(system.start, "kafka", "mongod")
    await ensure_topics(system.bootstrap, TOPICS, replication=1)
    say(f"{population.people} people with {MONTH} on the topics")
    known = await publish(system.bootstrap, [*units(population), *people(population)])
    began = perf_counter()
    ends = await publish(system.bootstrap, days(population))
    published = perf_counter() - began
    told = sum(ends.values())
    client = connect_uri(system.mongo_uri, "bench")
    try:
        starting = asyncio.create_task(asyncio.to_thread(system.start, "projector"))  # healthy when it has caught up
        view = {at: end for at, end in known.items() if at[0] == "directory.employees"}
        await wait_for(client[DATABASE], VIEW, view, timeout=120, pause=0.002)
        began = perf_counter()
        await wait_for(client[DATABASE], VIEW, ends, timeout=900, pause=0.002)
        folded = perf_counter() - began
        await starting
    finally:
        client.close()
    say(f"{told:,} days folded in {folded:.1f} s (published in {published:.1f} s)")
    await asyncio.to_thread(system.start, "reporting")
    return {
        "people": population.people,
        "days": told,
        "folded_seconds": round(folded, 2),
        "days_per_second": round(told / folded),
        "page": await _pages(system, options),
        "workbook": await _workbooks(system, options.repeats(5, 1)),
    }


def _port(system: System) -> int:
    return REPORTING_API + system.settings.service_offset


async def _pages(system: System, options: Options) -> Result:
    """Of the agency and of its offices in turn, first pages."""
    clients, chance = Clients(HOST, _port(system)), Random(1)  # noqa: S311 - repeatable
    wanted = [TOP, *(f"office-{number}" for number in range(OFFICES))]

    async def ask(number: int) -> bool:
        unit = TOP if number % 2 == 0 else chance.choice(wanted)
        answer = await clients.get(REPORT, {"unit": unit, "limit": "50"}, token=system.token)
        return answer is not None and answer.status == 200

    try:
        seconds = options.duration(30, 2)
        return (await steadily(RATE, seconds, ask, warm_up=min(3.0, seconds))).summary()
    finally:
        clients.close()


async def _workbooks(system: System, times: int) -> Result:
    """The whole agency, one after the other; the first notes everybody as read."""
    taken: list[float] = []
    size = 0
    headers = {"Authorization": f"Bearer {system.token}"}
    base = f"http://{HOST}:{_port(system)}"
    async with httpx.AsyncClient(base_url=base, headers=headers, trust_env=False, timeout=120) as http:
        for _ in range(times):
            began = perf_counter()
            answer = await http.get(f"{REPORT}.xlsx", params={"unit": TOP})
            answer.raise_for_status()
            taken.append(round(perf_counter() - began, 2))
            size = len(answer.content)
    say(f"workbooks in {taken} s")
    return {"seconds": taken, "longest": max(taken), "bytes": size}


def rows(result: dict[str, Any]) -> list[Row]:
    """The published lines."""
    page, book = result["page"], result["workbook"]
    what = f"{result['people']:,} people"
    held = page["p99_ms"] < PAGE_MS and not page["refused"]
    measured = f"p50 {page['p50_ms']:.1f} ms, p99 {page['p99_ms']:.1f} ms"
    return [
        Row(f"assessed days folded into months, {what}", f"{result['days_per_second']:,}/s of {result['days']:,}"),
        Row(f"a page of the month report, {RATE}/s, {what}", measured, f"p99 < {PAGE_MS} ms", held),
        Row(
            f"the whole month as a workbook, {what}",
            f"{book['longest']:.1f} s the longest, {book['bytes'] / 1e6:.1f} MB",
            f"< {WORKBOOK_SECONDS:.0f} s",
            book["longest"] < WORKBOOK_SECONDS,
        ),
    ]


WORKLOAD = Workload("reports", "The month report of an agency", run, rows)
