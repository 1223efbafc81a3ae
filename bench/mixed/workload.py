"""1,000 events a second of all three streams, everything running, the demo city of 5,000 people with a month behind it:
how long until a card, a unit's view and an open page show a single one of them."""

import asyncio
import os
import time
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import uvloop

from bench import city
from bench.clients import Clients
from bench.mixed import town
from bench.mixed.crowd import Crowd
from bench.mixed.desks import Desks, Tokens
from bench.mixed.probes import Probes
from bench.mixed.rows import rows
from bench.mixed.single import laid, sends
from bench.mixed.town import Person
from bench.mixed.views import Views
from bench.morning.city import Api
from bench.offsets import FACTS, Counting
from bench.openloop import Ask, steadily
from bench.options import Options
from bench.processes import Sampler
from bench.system import System
from bench.workload import Result, Workload, say
from deploy.local.services import FEEDBACK
from tests.stack.issuer import Issuer

RATE = 1_000
MIX = {"punch": 0.80, "activity": 0.06, "decision": 0.02, "rating": 0.06, "note": 0.02}
"""Shares of the rate by what is done. Two of them are two events each: a decision is one of the employee's day and one
of the superior's, a note one of each side. So the shares come to one: 0.80 + 0.06 + 2 x 0.02 + 0.06 + 2 x 0.02."""
ZONE = "Asia/Jakarta"
PUNCHES, SETTLE_SECONDS = "attendance.punches", 20.0


def run(options: Options) -> Result:
    """Load the city and its past, then everything at once."""
    rate, seconds = options.rate or options.size(RATE, 100), options.duration(180, 10)
    warm, days, people = options.size(20, 3), options.size(30, 3), options.size(5_000, 30)
    with Issuer() as issuer, System(options.data / "mixed", keep=options.keep, issuer=issuer.url) as system:
        system.start()
        say(f"a past of {days} days of {people:,} people")
        uvloop.run(city.load(system, ["--days", str(days), "--people", str(people)]))
        sampler = Sampler({**system.pids(), "generator": os.getpid()}, warm_up=warm)
        found = uvloop.run(_measured(system, issuer, rate, float(warm), seconds, sampler))
    return {"rate": rate, "seconds": seconds, "past_days": days, **found, "processes": sampler.summary()}


async def _measured(system: System, issuer: Issuer, rate: int, warm: float, seconds: float, sampler: Sampler) -> Result:
    host, edge = system.settings.host, (system.settings.host, system.settings.edge)
    api = Api(f"http://{host}:{edge[1]}", system.token)
    try:
        found = await town.read(api, int(warm + seconds) + 5)
    finally:
        await api.close()
    say(f"{len(found.others):,} people for the load, {len(found.probed):,} for the probes")
    tokens, now = Tokens(issuer), datetime.now(ZoneInfo(ZONE))
    for person in (*found.others, *found.probed):
        tokens.of(person.id)
    made = await laid(system, found, int(rate * MIX["rating"] * (warm + seconds)) + 10, int(warm + seconds) + 10)
    officers, looking = Clients(host, edge[1]), Clients(host, edge[1], many=40)
    citizens = Clients(host, FEEDBACK + system.settings.service_offset)
    desks = Desks(officers, citizens, tokens, iter(made[0]), now.date())
    month = {"from": str((now - timedelta(days=30)).date()), "to": str(now.date())}
    reader = issuer.token("bkpsdm", employee_id=found.others[0].id)
    views = Views(looking, edge, tokens, reader, found.quarter, month)
    crowd = Crowd(found.terminals, found.others, system.doors[0])
    probes = Probes(views, found.probed, sends(desks, system.doors[0], made[1]))
    try:
        await crowd.connect()
        await views.open()
        async with Counting(system.bootstrap) as counting:
            before = (await counting.held())[PUNCHES]
            with sampler:
                load, punches, shown, reached = await asyncio.gather(
                    _entries(desks, found.others, rate, seconds, warm),
                    crowd.punch(rate * MIX["punch"], seconds, warm_up=warm),
                    probes.run(seconds, warm_up=warm),
                    _reached(counting, warm, seconds),
                )
            sent = crowd.sent + probes.sent["punch"]
            arrived = await counting.wait(PUNCHES, before + sent, seconds=SETTLE_SECONDS) - before
        asked_again = await views.close()
    finally:
        crowd.stop()
        for clients in (officers, looking, citizens):
            clients.close()
    return {
        "people": len(found.others) + len(found.probed),
        "punches_each": round(crowd.sent / len(found.others), 1),
        "punches": {"sent": sent, "on_the_topic": arrived},
        "load": {"punch": punches, **load},
        "probes": shown,
        "asked_again": asked_again,
        **reached,
    }


async def _entries(desks: Desks, people: list[Person], rate: int, seconds: float, warm: float) -> dict[str, Any]:
    """Everything but punches, each kind at its own rate."""

    def someone(number: int, step: int) -> Person:
        return people[number * step % len(people)]

    asks: dict[str, Ask] = {
        "activity": lambda number: desks.record(someone(number, 2_741), decided=True),
        "decision": lambda _: desks.decide(),
        "rating": lambda _: desks.rate(),
        "note": lambda number: desks.note(someone(number, 1_709)),
    }
    outcomes = await asyncio.gather(
        *(steadily(rate * MIX[kind], seconds, ask, warm_up=warm) for kind, ask in asks.items())
    )
    return {kind: outcome.summary() for kind, outcome in zip(asks, outcomes, strict=True)}


async def _reached(counting: Counting, warm: float, seconds: float) -> Result:
    """What came onto the topics between the warm-up and the end, by the broker's own count."""
    await asyncio.sleep(warm)
    before, began = await counting.held(), time.perf_counter()
    await asyncio.sleep(began + seconds - time.perf_counter())
    after, spent = await counting.held(), time.perf_counter() - began
    came = {topic: count for topic, count in (after - before).items() if count}
    say(f"on the topics in {spent:.1f} s: {came}")
    return {"events_per_second": round(sum(came.get(topic, 0) for topic in FACTS) / spent, 1), "events": came}


WORKLOAD = Workload("mixed", "All three streams at once", run, rows)
