"""A month's card and a month's unit dashboard, each asked for 100 times a second: beside a month of the demo city's
past and beside a year of it, in turn. The cost must be that of the month."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import httpx
import uvloop

from bench import city
from bench.clients import Clients
from bench.measure import medians
from bench.openloop import Ask, steadily
from bench.options import Options
from bench.system import FIRST_PORT, System
from bench.workload import Result, Row, Workload, say

RATE = 100
KINDS = {"card": 50, "unit": 100}
"""What is asked, and its p99 in milliseconds."""
WANTED_RATIO = 1.1
REPORTING = "/api/reporting/v1"


@dataclass
class Side:
    """A system with a past of some length."""

    name: str
    days: int
    system: System
    loaded: dict[str, float]


def run(options: Options) -> Result:
    """Two systems at once, measured by turns."""
    people = options.size(500, 30)
    lengths = {"month": options.size(30, 3), "year": options.size(365, 6)}
    seconds, rounds = options.duration(20, 2), options.repeats(4, 1)
    with ExitStack() as stack:
        sides = [
            _side(stack, options, name, days, people, FIRST_PORT + 200 * number)
            for number, (name, days) in enumerate(lengths.items())
        ]
        found: dict[str, list[Result]] = {side.name: [] for side in sides}
        for number in range(rounds):
            for side in sides if number % 2 == 0 else sides[::-1]:
                measured = uvloop.run(_measure(side.system, seconds, number))
                found[side.name].append(measured)
                say(f"round {number + 1}, {side.days} days: {measured}")
    middle = {name: medians(some) for name, some in found.items()}
    return {
        "people": people,
        "days": lengths,
        "loaded": {side.name: side.loaded for side in sides},
        "median": middle,
        "ratio_p50": {kind: _ratio(middle, kind, "p50_ms") for kind in KINDS},
        "ratio_p99": {kind: _ratio(middle, kind, "p99_ms") for kind in KINDS},
        "rounds": found,
    }


def _side(stack: ExitStack, options: Options, name: str, days: int, people: int, port: int) -> Side:
    system = stack.enter_context(System(options.data / f"cards-{name}", first_port=port, keep=options.keep))
    system.start()
    say(f"{name}: {days} days of {people} people")
    loaded = uvloop.run(city.load(system, ["--days", str(days), "--people", str(people)]))
    return Side(name, days, system, loaded)


async def _measure(system: System, seconds: float, number: int) -> Result:
    edge, chance = f"http://{system.settings.host}:{system.settings.edge}", Random(number)  # noqa: S311 - repeatable
    headers = {"Authorization": f"Bearer {system.token}"}
    async with httpx.AsyncClient(base_url=edge + REPORTING, headers=headers, trust_env=False, timeout=30) as http:
        day = (datetime.now(UTC) - timedelta(days=1)).date()
        month = {"from": str(day.replace(day=1)), "to": str(day)}
        listed = await http.get("/presence/people", params={"limit": 500})
        people = [one["employee_id"] for one in listed.json()["items"]]
        tree = await http.get(f"{edge}/api/directory/v1/units/tree")
        units = [one["id"] for one in tree.json()["items"]]

    clients = Clients(system.settings.host, system.settings.edge)

    def asking(kind: str) -> Ask:
        async def ask(_number: int) -> bool:
            path, query = f"{REPORTING}/employees/{chance.choice(people)}/card", month
            if kind == "unit":
                path, query = f"{REPORTING}/units/card", month | {"unit": chance.choice(units)}
            answer = await clients.get(path, query, token=system.token)
            return answer is not None and answer.status == 200

        return ask

    try:
        return {
            kind: (await steadily(RATE, seconds, asking(kind), warm_up=min(2.0, seconds))).summary() for kind in KINDS
        }
    finally:
        clients.close()


def _ratio(middle: dict[str, Any], kind: str, which: str) -> float:
    return round(float(middle["year"][kind][which] / middle["month"][kind][which]), 3)


def rows(result: Result) -> list[Row]:
    """The published lines."""
    out = []
    for name, days in result["days"].items():
        for kind, most in KINDS.items():
            one = result["median"][name][kind]
            measured = f"p50 {one['p50_ms']:.1f} ms, p99 {one['p99_ms']:.1f} ms"
            what = f"a month's {kind}, {RATE}/s, {days} days of {result['people']} people stored"
            out.append(Row(what, measured, f"p99 < {most} ms", one["p99_ms"] < most and not one["refused"]))
    for kind in KINDS:
        ratio = result["ratio_p50"][kind]
        measured = f"{ratio:.2f} (p99: {result['ratio_p99'][kind]:.2f})"
        out.append(Row(f"ratio of the {kind}s' medians", measured, f"≤ {WANTED_RATIO}", ratio <= WANTED_RATIO))
    for name, loaded in result["loaded"].items():
        rate = loaded["events"] / loaded["seconds"]
        out.append(Row(f"the {name}'s past loaded", f"{loaded['events']:,.0f} events, {rate:,.0f}/s, into every view"))
    return out


WORKLOAD = Workload("cards", "Cards and unit dashboards beside a month and a year", run, rows)
