"""Idempotent commands on a real database: once, whatever is sent twice, at once, after a crash or with another body."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from prometheus_client import REGISTRY
from pydantic import BaseModel

from kit import problems
from kit.idempotency import Answer, Attempt, Command, Idempotency, IdempotencyKey, Superseded
from kit.mongo import Client, Database, Session, connect_uri, in_transaction
from kit.problems import Problem

pytestmark = pytest.mark.integration

KEY = "0b9a7f0e-key"


@pytest.fixture
async def client(mongo_uri: str) -> AsyncIterator[Client]:
    connected = connect_uri(mongo_uri, "test")
    yield connected
    connected.close()


@pytest.fixture
def db(client: Client, database_name: str) -> Database:
    return client[database_name]


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def keys(db: Database, clock: Clock) -> Idempotency:
    made = Idempotency(db, patience=timedelta(milliseconds=100), clock=clock)
    await made.setup()
    return made


class Work:
    """Counts how often it was done; holds until released when asked to."""

    def __init__(self, *, held: bool = False) -> None:
        self.done = 0
        self.begun = asyncio.Event()
        self.release = asyncio.Event()
        if not held:
            self.release.set()

    async def __call__(self, attempt: Attempt) -> Answer:
        self.begun.set()
        await self.release.wait()
        self.done += 1
        return Answer(201, b'{"number":%d}' % self.done, headers={"Location": f"/things/{self.done}"})


def _counted(outcome: str) -> float:
    return REGISTRY.get_sample_value("idempotent_requests_total", {"outcome": outcome}) or 0.0


async def test_the_same_command_is_done_once_and_answered_the_same(keys: Idempotency) -> None:
    work, replayed = Work(), _counted("replayed")
    first = await keys.once(Command("POST /things", KEY, "{}"), work)
    again = await keys.once(Command("POST /things", KEY, "{}"), work)
    assert work.done == 1
    assert first == (Answer(201, b'{"number":1}', headers={"Location": "/things/1"}), False)
    assert again == (first[0], True)
    assert _counted("replayed") == replayed + 1


@pytest.mark.parametrize(("scope", "key"), [("POST /others", KEY), ("POST /things", "another-key")])
async def test_another_route_or_key_is_another_command(keys: Idempotency, scope: str, key: str) -> None:
    work = Work()
    await keys.once(Command("POST /things", KEY, "{}"), work)
    await keys.once(Command(scope, key, "{}"), work)
    assert work.done == 2


async def test_the_same_key_with_another_body_is_refused(keys: Idempotency) -> None:
    work = Work()
    await keys.once(Command("POST /things", KEY, '{"a":1}'), work)
    with pytest.raises(Problem) as refused:
        await keys.once(Command("POST /things", KEY, '{"a":2}'), work)
    assert (refused.value.status, refused.value.slug) == (409, "idempotency-key-reused")
    assert work.done == 1


async def test_of_many_at_once_one_works_and_all_get_its_answer(db: Database, clock: Clock) -> None:
    keys, work = Idempotency(db, patience=timedelta(seconds=10), clock=clock), Work(held=True)
    sent = [asyncio.create_task(keys.once(Command("POST /things", KEY, "{}"), work)) for _ in range(20)]
    await work.begun.wait()
    work.release.set()
    answers = await asyncio.gather(*sent)
    assert work.done == 1
    assert {answer.body for answer, _ in answers} == {b'{"number":1}'}
    assert sorted(replayed for _, replayed in answers) == [False] + [True] * 19


async def test_who_waits_too_long_is_told_to_come_back(keys: Idempotency) -> None:
    work = Work(held=True)
    first = asyncio.create_task(keys.once(Command("POST /things", KEY, "{}"), work))
    await work.begun.wait()
    with pytest.raises(Problem) as told:
        await keys.once(Command("POST /things", KEY, "{}"), work)
    assert (told.value.status, told.value.slug) == (409, "idempotency-in-progress")
    assert told.value.headers == {"Retry-After": "1"}
    work.release.set()
    assert (await first)[0].status == 201


async def test_a_command_that_failed_may_be_sent_again(keys: Idempotency) -> None:
    async def fails(attempt: Attempt) -> Answer:
        raise Problem(409, "no", "Tidak", "belum bisa")

    with pytest.raises(Problem, match="belum bisa"):
        await keys.once(Command("POST /things", KEY, "{}"), fails)
    work = Work()
    assert (await keys.once(Command("POST /things", KEY, "{}"), work))[0].status == 201


async def test_a_command_that_was_cancelled_may_be_sent_again(keys: Idempotency) -> None:
    work = Work(held=True)
    first = asyncio.create_task(keys.once(Command("POST /things", KEY, "{}"), work))
    await work.begun.wait()
    first.cancel()
    await asyncio.wait([first])
    assert (await keys.once(Command("POST /things", KEY, "{}"), Work()))[0].status == 201


async def test_a_dead_process_is_followed_when_its_lease_runs_out(keys: Idempotency, clock: Clock) -> None:
    work = Work(held=True)
    dead = asyncio.create_task(keys.once(Command("POST /things", KEY, "{}"), work))
    await work.begun.wait()
    clock.now += timedelta(seconds=29)
    with pytest.raises(Problem, match="idempotency-in-progress"):
        await keys.once(Command("POST /things", KEY, "{}"), Work())
    clock.now += timedelta(seconds=2)
    answer, replayed = await keys.once(Command("POST /things", KEY, "{}"), Work())
    assert (answer.body, replayed) == (b'{"number":1}', False)
    work.release.set()  # it was only slow: what it did must not be taken for the answer
    with pytest.raises(Superseded):
        await dead
    assert (await keys.once(Command("POST /things", KEY, "{}"), Work()))[0] == answer


async def test_only_one_takes_over(keys: Idempotency, db: Database, clock: Clock) -> None:
    dead = Work(held=True)
    first = asyncio.create_task(keys.once(Command("POST /things", KEY, "{}"), dead))
    await dead.begun.wait()
    clock.now += timedelta(seconds=31)
    work = Work()
    patient = Idempotency(db, patience=timedelta(seconds=10), clock=clock)
    answers = await asyncio.gather(*(patient.once(Command("POST /things", KEY, "{}"), work) for _ in range(10)))
    assert work.done == 1
    assert {answer.body for answer, _ in answers} == {b'{"number":1}'}
    first.cancel()
    await asyncio.wait([first])


async def test_work_and_answer_in_one_transaction_are_exact(
    keys: Idempotency, db: Database, client: Client, clock: Clock
) -> None:
    things = db["things"]
    await things.create_index("name")  # collections are not created inside a transaction

    begun = asyncio.Event()

    def writing(*, slow: asyncio.Event | None = None) -> Any:
        async def work(attempt: Attempt) -> Answer:
            answer = Answer(201, b"{}")
            begun.set()
            if slow is not None:
                await slow.wait()

            async def write(session: Session) -> None:
                await things.insert_one({"name": "x"}, session=session)
                await attempt.finish(answer, session)

            await in_transaction(client, write)
            return answer

        return work

    slow = asyncio.Event()
    late = asyncio.create_task(keys.once(Command("POST /things", KEY, "{}"), writing(slow=slow)))
    await begun.wait()
    clock.now += timedelta(seconds=31)
    await keys.once(Command("POST /things", KEY, "{}"), writing())
    slow.set()
    with pytest.raises(Superseded):
        await late
    assert await things.count_documents({}) == 1


async def test_answers_expire(keys: Idempotency, clock: Clock) -> None:
    await keys.once(Command("POST /things", KEY, "{}"), Work())
    stored = await keys.collection.find_one({})
    assert stored is not None
    assert stored["expires"] == clock.now + timedelta(days=1)
    assert (await keys.collection.index_information())["expires"]["expireAfterSeconds"] == 0


class Thing(BaseModel):
    name: str


@pytest.fixture
async def http(keys: Idempotency) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    problems.install(app)
    made: list[Thing] = []

    @app.post("/things", response_model=Thing)
    async def add_thing(request: Request, thing: Thing, key: IdempotencyKey) -> Response:
        async def work(attempt: Attempt) -> Answer:
            made.append(thing)
            return Answer.of(Thing(name=f"{thing.name} {len(made)}"), status=201, headers={"ETag": '"1"'})

        return await keys.respond(request, key, work)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as found:
        yield found


async def test_a_route_answers_a_repetition_and_says_so(http: httpx.AsyncClient) -> None:
    first = await http.post("/things", json={"name": "a"}, headers={"Idempotency-Key": KEY})
    again = await http.post("/things", json={"name": "a"}, headers={"Idempotency-Key": KEY})
    assert (first.status_code, first.json(), first.headers["etag"]) == (201, {"name": "a 1"}, '"1"')
    assert "idempotency-replayed" not in first.headers
    assert (again.status_code, again.content, again.headers["etag"]) == (201, first.content, '"1"')
    assert again.headers["idempotency-replayed"] == "true"


async def test_a_route_refuses_a_command_without_a_usable_key(http: httpx.AsyncClient) -> None:
    for headers in ({}, {"Idempotency-Key": "short"}, {"Idempotency-Key": "with a space"}):
        answer = await http.post("/things", json={"name": "a"}, headers=headers)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/header/Idempotency-Key"


async def test_a_route_tells_a_reused_key_from_a_repetition(http: httpx.AsyncClient) -> None:
    await http.post("/things", json={"name": "a"}, headers={"Idempotency-Key": KEY})
    answer = await http.post("/things", json={"name": "b"}, headers={"Idempotency-Key": KEY})
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
