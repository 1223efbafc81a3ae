"""A rating: counted once, said without who, released in groups; and nothing in the database tells whose it was."""

import asyncio
import json
import uuid
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from contracts.events.feedback import OfficerRated, ServiceRated
from kit.problems import Problem
from services.feedback.app import Parts
from services.feedback.ratings import codes
from services.feedback.ratings.models import Rating
from tests.integration.feedback.conftest import ANI, BUDI, MONDAY, Town

pytestmark = pytest.mark.integration
LATER = MONDAY + timedelta(hours=2)


def stars_of(state: OfficerRated | ServiceRated) -> tuple[int, ...]:
    return state.one, state.two, state.three, state.four, state.five


async def test_a_rating_is_counted_at_once_and_says_nothing_yet(town: Town) -> None:
    service = await town.service()
    await town.rate(service, 5, reasons=["quick", "friendly"])
    await town.rate(service, 2, who=BUDI, reasons=["slow"])
    told: list[ServiceRated] = await town.told(ServiceRated)
    last = told[-1]
    assert [one.version for one in told] == [1, 2]
    assert (last.service_id, last.unit_id, str(last.local_date)) == (service, "u-ktp", "2026-11-23")
    assert (last.ratings, last.released, last.stars, *stars_of(last)) == (2, 0, 0, 0, 0, 0, 0, 0)
    assert await town.told(OfficerRated) == []
    day: Any = await town.parts.db["service_days"].find_one()
    assert "reasons" not in day


async def test_a_group_is_released_whole_to_its_officer_and_its_service_and_later(town: Town) -> None:
    service, other = await town.service(), await town.service(name="Perekaman KK")
    await town.rate(service, 1, who=BUDI)
    for stars in (5, 5, 4, 3):
        await town.rate(service, stars, reasons=["quick"])
    await town.rate(other, 3)
    assert await town.parts.db["timers"].count_documents({}) == 0, "five of an officer, but of two services"
    await town.rate(service, 2, reasons=["slow"])
    assert await town.told(OfficerRated) == [], "not at the instant of the one that makes up the group"
    await town.rate(service, 2)  # one more before the release goes with the others
    assert await town.release(MONDAY - timedelta(seconds=1)) == 0
    assert await town.release(LATER) == 1
    [one] = await town.told(OfficerRated)
    assert (one.employee_id, str(one.local_date), one.version, one.rule) == (ANI, "2026-11-23", 1, "bawaan-2026")
    assert (one.ratings, one.stars, *stars_of(one)) == (6, 21, 0, 2, 1, 1, 2)
    assert one.expected_milli == 21_000, "all that was released of this service is Ani's"
    unit: ServiceRated = (await town.told(ServiceRated))[-1]
    assert (unit.service_id, unit.ratings, unit.released, unit.stars, *stars_of(unit)) == (
        service,
        7,
        6,
        21,
        0,
        2,
        1,
        1,
        2,
    )
    day: Any = await town.parts.db["service_days"].find_one({"service_id": service})
    assert day["reasons"] == {"quick": 4, "slow": 1}
    assert await town.parts.db["held"].count_documents({"employee_id": ANI}) == 1
    assert await town.parts.db["held"].count_documents({"employee_id": BUDI}) == 1
    for _ in range(4):
        await town.rate(service, 5)
    assert await town.release(LATER + timedelta(days=2)) == 0, "four are too few again"
    await town.rate(service, 5)
    assert await town.release(LATER + timedelta(days=3)) == 1
    assert [(str(one.local_date), one.ratings) for one in await town.told(OfficerRated)] == [
        ("2026-11-23", 6),
        ("2026-11-26", 5),
    ]


@pytest.mark.timeout(180)
async def test_whatever_is_looked_at_differs_by_whole_groups(town: Town) -> None:
    """Two officers, two services and paper in an order of chance: no two states of anything that is published, nor an
    officer's beside a service's, tell fewer than a group apart; and nothing is lost."""
    chance = Random(20261123)  # noqa: S311 - the same order every time
    services = [await town.service(), await town.service(name="Perekaman KK")]
    given: Counter[str] = Counter()
    for step in range(90):
        service, who = chance.choice(services), chance.choice([ANI, BUDI])
        stars = chance.randint(1, 5)
        await town.rate(service, stars, who=who)
        given[service] += 1
        if step % 7 == 6:
            await town.release(town.clock[0] + timedelta(hours=chance.choice([0, 1, 30])))
    grown: dict[str, list[Counter[int]]] = defaultdict(list)
    for kind, of in ((OfficerRated, "employee_id"), (ServiceRated, "service_id")):
        before: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        for state in await town.told(kind):
            whose = getattr(state, of)
            now = Counter(dict(enumerate(stars_of(state), 1)))
            more = now - before[whose, str(state.local_date)]
            assert not before[whose, str(state.local_date)] - now, "nothing is ever taken back"
            before[whose, str(state.local_date)] = now
            if more:
                assert more.total() >= 5
                grown[kind.TYPE].append(more)
    groups = [sorted(some.items()) for some in grown[ServiceRated.TYPE]]
    assert sorted(groups) == sorted(sorted(some.items()) for some in grown[OfficerRated.TYPE]), "the same groups"
    waiting = await town.parts.db["held"].count_documents({})
    assert sum(some.total() for some in grown[ServiceRated.TYPE]) + waiting == given.total() == 90
    assert waiting < 4 * 5 + 7, "each group is released when it is one"


async def test_many_at_once_for_one_officer_overlook_none(town: Town) -> None:
    service = await town.service()
    sent = [{"code": (await town.code(service))["code"], "stars": 3} for _ in range(5)]
    answers = await asyncio.gather(*(town.public("/ratings", body) for body in sent))
    assert [answer.status_code for answer in answers] == [201] * 5
    assert await town.release(LATER) == 1
    assert [one.ratings for one in await town.told(OfficerRated)] == [5]


async def test_two_processes_meet_in_the_database_and_count_each_code_once(town: Town) -> None:
    service = await town.service()
    sent = [Rating(code=(await town.code(service))["code"], stars=4) for _ in range(12)]
    second = Parts.of(town.parts.settings, clock=lambda: town.clock[0])
    try:
        desks = (town.parts.ratings.desk, second.ratings.desk)
        asked = [desk.give(rating) for rating in sent for desk in desks]
        told = await asyncio.gather(*asked, return_exceptions=True)
    finally:
        second.client.close()
    assert sorted(isinstance(one, Problem) and one.status == 409 for one in told) == [False] * 12 + [True] * 12
    said = await town.told(ServiceRated)
    assert sorted(one.version for one in said) == list(range(1, len(said) + 1))
    assert max(one.ratings for one in said) == 12
    assert await town.release(LATER) == 1
    assert [one.ratings for one in await town.told(OfficerRated)] == [12]


async def test_nothing_that_is_kept_or_said_tells_who_or_when(town: Town) -> None:
    service = await town.service()
    issued = await town.code(service, reference="A-17")
    digest = codes.digest(issued["code"].replace("-", ""))
    town.clock[0] = MONDAY + timedelta(minutes=17, seconds=23)
    body = {"code": issued["code"], "stars": 1, "reasons": ["pungli"], "text": "Diminta uang."}
    assert (await town.public("/ratings", body, address="203.0.113.99")).status_code == 201
    db = town.parts.db
    assert await db["codes"].find({"_id": digest}).to_list(None) == [
        {"_id": digest, "used": True, "expires_at": datetime(2026, 11, 24, tzinfo=UTC)}
    ]
    [held] = await db["held"].find().to_list(None)
    assert {**held, "_id": ""} == {
        "_id": "",
        "group": f"{ANI}|{service}",
        "employee_id": ANI,
        "service_id": service,
        "unit_id": "u-ktp",
        "stars": 1,
        "reasons": ["pungli"],
    }
    [text] = await db["texts"].find().to_list(None)
    assert set(text) == {"_id", "service_id", "unit_id", "text", "publish_on"}
    assert uuid.UUID(held["_id"]).version == uuid.UUID(text["_id"]).version == 4
    [event] = [json.loads(fact["data"]) async for one in db["events"].find() for fact in one["facts"]]
    assert not {"employee_id", "counter", "text", "code"} & set(event)
    assert event["rated_at"] == "2026-11-23T03:00:00Z", "the hour, not the instant"
    kept = await town.everything()
    assert "203.0.113.99" not in kept
    assert "Diminta" not in "".join(line for line in kept.splitlines() if not line.startswith("texts "))
    # The instant itself is in the journal's own entry alone (`recorded`), which the relay needs (ADR 21).
    assert [line.split()[0] for line in kept.splitlines() if "37, 23" in line] == []


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"stars": 0}, "/body/stars"),
        ({"stars": 6}, "/body/stars"),
        ({"stars": "5"}, "/body/stars"),
        ({"stars": 4.5}, "/body/stars"),
        ({"stars": True}, "/body/stars"),
        ({"reasons": ["quick", "unheard-of"]}, "/body/reasons/1"),
        ({"reasons": ["quick", "quick"]}, "/body"),
        ({"reasons": ["quick", "friendly", "clear", "tidy", "slow", "unclear"]}, "/body/reasons"),
        ({"text": "x" * 1001}, "/body/text"),
        ({"employee_id": "emp-ani"}, "/body/employee_id"),
    ],
)
async def test_what_is_wrong_is_pointed_at_and_the_code_stays(town: Town, more: dict[str, Any], pointer: str) -> None:
    issued = await town.code(await town.service())
    body = {"code": issued["code"], "stars": 3}
    answer = await town.public("/ratings", {**body, **more})
    assert answer.status_code == 422
    assert pointer in [one["pointer"] for one in answer.json()["errors"]]
    assert (await town.public("/ratings", body)).status_code == 201


async def test_a_megabyte_is_refused_before_it_is_read(town: Town) -> None:
    issued = await town.code(await town.service())
    for path in ("/codes", "/ratings"):
        answer = await town.public(path, {"code": issued["code"], "stars": 3, "text": "x" * 1_000_000})
        assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    longest = {"code": issued["code"], "stars": 3, "text": "\N{GRINNING FACE}" * 1000}
    assert (await town.public("/ratings", longest)).status_code == 201, "the longest text fits, however it is written"
