"""Activities recorded at 200 a second and ratings given at 300, each alone and both at once, with everything
running."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import uvloop

from bench import city
from bench.clients import Clients
from bench.entries import codes
from bench.measure import medians
from bench.openloop import Ask, steadily
from bench.options import Options
from bench.system import System
from bench.workload import Result, Row, Workload, say
from deploy.local.services import FEEDBACK
from services.feedback.ratings.store import Subject
from tests.stack.issuer import Issuer

KINDS = {"activity": (200, 100), "rating": (300, 150)}
"""What is recorded: how many a second, and its p99 in milliseconds."""
AT_ONCE = 5_000


def run(options: Options) -> Result:
    """Each alone, then both at once, several times."""
    seconds, rounds = options.duration(20, 2), options.repeats(3, 1)
    with Issuer() as issuer, System(options.data / "entries", keep=options.keep, issuer=issuer.url) as system:
        system.start()
        uvloop.run(city.load(system, ["--days", "3", "--people", "100"]))
        found = [uvloop.run(_round(system, issuer, seconds, number)) for number in range(rounds)]
    return {"median": medians(found), "rounds": found}


async def _round(system: System, issuer: Issuer, seconds: float, number: int) -> Result:
    host, door = system.settings.host, FEEDBACK + system.settings.service_offset
    officers, citizens = Clients(host, system.settings.edge), Clients(host, door)
    edge = f"http://{host}:{system.settings.edge}"
    async with httpx.AsyncClient(base_url=edge, trust_env=False, timeout=30) as http:
        asks = {
            "activity": await _activities(system, issuer, http, officers),
            "rating": await _ratings(system, http, citizens, seconds),
        }
    try:
        warm = min(3.0, seconds)
        alone = {
            kind: (await steadily(KINDS[kind][0], seconds, ask, warm_up=warm)).summary() for kind, ask in asks.items()
        }
        both = await asyncio.gather(
            *(steadily(KINDS[kind][0], seconds, ask, warm_up=warm) for kind, ask in asks.items())
        )
    finally:
        officers.close()
        citizens.close()
    together = {kind: outcome.summary() for kind, outcome in zip(asks, both, strict=True)}
    say(f"round {number + 1}: alone {alone}, together {together}")
    return {"alone": alone, "together": together}


async def _activities(system: System, issuer: Issuer, http: httpx.AsyncClient, officers: Clients) -> Ask:
    headers = {"Authorization": f"Bearer {system.token}"}
    people: list[str] = []
    cursor = None
    while len(people) < AT_ONCE and (cursor or not people):
        params = {"limit": "500"} | ({"cursor": cursor} if cursor else {})
        page = (await http.get("/api/reporting/v1/presence/people", params=params, headers=headers)).json()
        people += [one["employee_id"] for one in page["items"]]
        cursor = page["next_cursor"]
    tokens = {who: issuer.token("pegawai", employee_id=who) for who in people}
    today = str((datetime.now(UTC) - timedelta(days=1)).date())
    sent = iter(range(10**9))

    async def ask(_number: int) -> bool:
        number = next(sent)
        body = {"date": today, "what": f"Memeriksa berkas nomor {number}", "minutes": 15}
        who = people[number % len(people)]
        answer = await officers.post(
            f"/api/appraisal/v1/employees/{who}/activities",
            body,
            {"Authorization": f"Bearer {tokens[who]}", "Idempotency-Key": uuid4().hex},
        )
        return answer is not None and answer.status == 201

    return ask


async def _ratings(system: System, http: httpx.AsyncClient, citizens: Clients, seconds: float) -> Ask:
    headers = {"Authorization": f"Bearer {system.token}"}
    services = (await http.get("/api/feedback/v1/services", headers=headers)).json()["items"]
    people: list[Any] = (
        await http.get("/api/reporting/v1/presence/people", params={"limit": "200"}, headers=headers)
    ).json()["items"]
    pairs = enumerate(services)
    subjects = [
        Subject(one["id"], one["unit_id"], None, people[number % len(people)]["employee_id"]) for number, one in pairs
    ]
    made = await codes.laid(system.mongo_uri, subjects, int(2 * KINDS["rating"][0] * (seconds + 3)) + 10)
    left = iter(made)

    async def ask(number: int) -> bool:
        body = {
            "code": next(left),
            "stars": 1 + number % 5,
            "reasons": ["quick"],
            "text": "Cepat." if number % 3 else "",
        }
        # Citizens have addresses of their own; the edge, which would tell them, sees one machine here.
        address = f"10.{number % 250}.{number // 250 % 250}.7"
        answer = await citizens.post("/api/feedback/v1/public/ratings", body, {"X-Forwarded-For": address})
        return answer is not None and answer.status == 201

    return ask


def rows(result: Result) -> list[Row]:
    """The published lines."""
    out = []
    for how, found in result["median"].items():
        for kind, (rate, most) in KINDS.items():
            one = found[kind]
            measured = f"p50 {one['p50_ms']:.1f} ms, p99 {one['p99_ms']:.1f} ms"
            if one["refused"]:
                measured += f", {one['refused']:,.0f} of {one['count']:,.0f} refused"
            held = one["p99_ms"] < most and not one["refused"]
            out.append(Row(f"{kind}, {rate}/s, {how}", measured, f"p99 < {most} ms", held))
    return out


WORKLOAD = Workload("entries", "Activities and ratings as they are recorded", run, rows)
