"""From a punch to its assessed day: a month from cold, live beside everything else, and while a rule changes.

A first punch changes what is said of a day while its shift can still be come to: run it in the city's office hours.
"""

import asyncio
import os
from datetime import UTC, date, datetime, timedelta
from typing import Any

import uvloop

from bench import seeding
from bench.days import change, cold, corrected
from bench.days.live import Probes, punching
from bench.mixed import town
from bench.mixed.crowd import Crowd
from bench.mixed.town import Person
from bench.morning import city
from bench.morning.city import Api, CityTerminal
from bench.options import Options
from bench.processes import Sampler
from bench.surge.pace import scattered
from bench.system import System
from bench.workload import Result, Row, Workload, say
from deploy.local.demo_city import load_when_empty
from kit.mongo import Client, connect_uri
from tests.stack.issuer import Issuer

LIVE, BESIDE_A_CHANGE = 500.0, 100.0
WARM_UP = 10.0
CALENDAR_DAYS = 45  # of which some 31 are working days: two punches a day, 310,000 of 5,000 people


def run(options: Options) -> Result:
    """The city, then a month from cold, then live, then a rule that changes what a month came to."""
    days, people = options.size(CALENDAR_DAYS, 5), options.size(5_000, 100)
    seconds = options.duration(120, 5)
    with Issuer() as issuer, System(options.data / "days", keep=options.keep, issuer=issuer.url) as system:
        system.start()
        if not uvloop.run(load_when_empty(system.settings, system.secrets, say, lambda _name, _line: None)):
            raise RuntimeError(f"the demo city could not be loaded: see {system.data}")
        client = seeding.connect(system.mongo_uri)
        from_cold = cold.run(system, client, ["--days", str(days), "--people", str(people)])
        say(f"from cold: {from_cold['days_per_second']:,.0f} employee-days/s")
        client.close()
        live = uvloop.run(_live(system, issuer, options, seconds))
    return {"seconds": seconds, "cold": from_cold, **live}


async def _live(system: System, issuer: Issuer, options: Options, seconds: float) -> Result:
    api = Api(f"http://{system.settings.host}:{system.settings.edge}", system.token)
    try:
        terminals = await city.read(api)
        found = town.people(terminals, await api.pages("/api/directory/v1/employees", limit=500))
    finally:
        await api.close()
    client = connect_uri(system.mongo_uri, "bench")
    everybody = [found[number] for number in scattered(len(found))]
    part = len(everybody) // 4
    try:
        sampler = Sampler({**system.pids(), "generator": os.getpid()}, warm_up=WARM_UP)
        with sampler:
            say(f"{LIVE:.0f} punches/s for {seconds:.0f} s")
            alone = await _punched(system, client, terminals, everybody[2 * part :], everybody[:part], LIVE, seconds)
        say("corrections, one after the other")
        led = [person for person in everybody if person.superior][: options.size(50, 5)]
        approved = await corrected.run(system, client["attendance"], issuer, led)
        say(f"a rule changes, {BESIDE_A_CHANGE:.0f} punches/s beside it")
        since = (datetime.now(UTC) - timedelta(days=options.size(31, 5))).date()
        begun = asyncio.create_task(_changed_after(WARM_UP, system, client, issuer.token("bkpsdm"), since))
        beside = await _punched(
            system, client, terminals, everybody[2 * part :], everybody[part : 2 * part], BESIDE_A_CHANGE, 60.0
        )
        return {
            "live": alone,
            "processes": sampler.summary(),
            "corrections": approved,
            "change": await begun,
            "beside_a_change": beside,
        }
    finally:
        client.close()


async def _changed_after(pause: float, system: System, client: Client, token: str, since: date) -> Result:
    await asyncio.sleep(pause)
    return await change.run(system, client["attendance"], token, since)


async def _punched(
    system: System,
    client: Client,
    terminals: list[CityTerminal],
    people: list[Person],
    probed: list[Person],
    rate: float,
    seconds: float,
) -> Result:
    crowd = Crowd(terminals, people, system.doors[0])
    probes = Probes(system, client["attendance"], probed)
    try:
        await crowd.connect()
        return await punching(crowd, probes, rate, seconds, WARM_UP)
    finally:
        crowd.stop()
        probes.close()


def rows(result: Result) -> list[Row]:
    """The published lines."""
    from_cold, changed = result["cold"], result["change"]
    out = [
        Row(
            f"{from_cold['employee_days']:,} employee-days of {from_cold['punches']:,} punches, one process, from cold",
            f"{from_cold['days_per_second']:,.0f} employee-days/s, {from_cold['seconds']:.0f} s",
            "≥ 3,000 employee-days/s",
            from_cold["days_per_second"] >= 3_000,
        ),
        Row("from cold: share of one core", _shares(from_cold["processes"])),
    ]
    for name, phase in (("live", result["live"]), ("while a rule changes", result["beside_a_change"])):
        what = f"{name}, {phase['rate']:.0f} punches/s for {phase['seconds']:.0f} s"
        out.append(Row(f"{what}: acknowledged", _times(phase["acknowledged"])))
        for key, said in (("assessed", "to its assessed day"), ("in_read_model", "to the read model of reporting")):
            out.append(Row(f"{what}: first punch {said}", _times(phase[key]), "p99 < 1 s", _held(phase[key])))
    out.append(Row("live: share of one core", _shares(result["processes"])))
    approved = result["corrections"]
    held = bool(approved["count"]) and not approved["missed"] and approved["max_ms"] < 2_000
    out.append(Row("a correction, from its approval to the day", _times(approved), "< 2 s", held))
    out.append(
        Row(
            "another hour of beginning since a month ago: everybody assessed anew",
            f"{changed['seconds']:.0f} s, {changed['days_told']:,} days told",
            "< 60 s",
            changed["seconds"] < 60,
        )
    )
    return out


def _held(found: dict[str, Any]) -> bool:
    return bool(found["count"]) and not found["missed"] and found["p99_ms"] < 1_000


def _times(found: dict[str, Any]) -> str:
    if not found["count"]:
        return "none"
    never = f", {found['missed']} never" if found.get("missed") else ""
    return (
        f"p50 {found['p50_ms']:.0f} ms, p99 {found['p99_ms']:.0f} ms, max {found['max_ms']:.0f} ms "
        f"of {found['count']:,}{never}"
    )


def _shares(processes: dict[str, dict[str, Any]]) -> str:
    used = {name: one["cpu_percent"] for name, one in processes.items() if one}
    return ", ".join(f"{name} {share:.0f} %" for name, share in sorted(used.items(), key=lambda item: -item[1]))


WORKLOAD = Workload("days", "From a punch to its assessed day", run, rows)
