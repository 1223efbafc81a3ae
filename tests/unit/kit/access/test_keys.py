"""Keys are fetched when they are needed, kept, and found again after a rotation; forged ids cost the issuer nothing."""

from collections.abc import Iterator

import httpx
import pytest

from kit.access.keys import FRESH_SECONDS, LEAST_SECONDS, IssuerAway, Keys
from tests.stack.issuer import Issuer


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with Issuer() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def test_fetched_once_for_many(issuer: Issuer, clock: Clock) -> None:
    keys = Keys(issuer.url, clock=clock)
    for _ in range(5):
        assert (await keys.find("first")) is not None
    assert issuer.asked == 1


async def test_unknown_ids_are_looked_up_rarely(issuer: Issuer, clock: Clock) -> None:
    keys = Keys(issuer.url, clock=clock)
    for number in range(50):
        assert await keys.find(f"forged-{number}") is None
    assert issuer.asked == 1
    clock.now += LEAST_SECONDS
    assert await keys.find("forged-again") is None
    assert issuer.asked == 2


async def test_a_new_key_is_found_and_the_old_one_stays_good(issuer: Issuer, clock: Clock) -> None:
    keys = Keys(issuer.url, clock=clock)
    assert await keys.find("first") is not None
    issuer.rotate("second")
    clock.now += LEAST_SECONDS
    assert await keys.find("second") is not None
    assert await keys.find("first") is not None
    assert issuer.asked == 2


async def test_a_key_that_was_withdrawn_is_forgotten_in_time(issuer: Issuer, clock: Clock) -> None:
    keys = Keys(issuer.url, clock=clock)
    await keys.find("first")
    issuer.keys.remove(issuer.rotate("second"))
    clock.now += FRESH_SECONDS
    assert await keys.find("first") is None


async def test_an_issuer_that_goes_away_leaves_its_keys(issuer: Issuer, clock: Clock) -> None:
    answering = True

    def answer(request: httpx.Request) -> httpx.Response:
        if not answering:
            raise httpx.ConnectError("gone", request=request)
        return httpx.Response(200, json=issuer.answer(request.url.path))

    keys = Keys(issuer.url, transport=httpx.MockTransport(answer), clock=clock)
    assert await keys.find("first") is not None
    answering = False
    clock.now += FRESH_SECONDS
    assert await keys.find("first") is not None
    assert await keys.find("another") is None


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"issuer": "https://elsewhere.example", "jwks_uri": "https://elsewhere.example/keys"}),
        httpx.Response(302, headers={"Location": "https://elsewhere.example/"}),
    ],
)
async def test_an_issuer_that_talks_nonsense_is_away(clock: Clock, answer: httpx.Response) -> None:
    keys = Keys("http://issuer.test", transport=httpx.MockTransport(lambda _: answer), clock=clock)
    with pytest.raises(IssuerAway):
        await keys.find("first")


async def test_the_keys_may_lie_elsewhere(issuer: Issuer, clock: Clock) -> None:
    keys = Keys("https://public.example/realms/kinerja", f"{issuer.url}/keys", clock=clock)
    assert await keys.find("first") is not None


async def test_a_key_for_encryption_signs_nothing(issuer: Issuer, clock: Clock) -> None:
    shown = {**issuer.key.public(), "use": "enc"}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json={"keys": [shown]}))
    assert await Keys(issuer.url, "http://issuer.test/keys", transport=transport, clock=clock).find("first") is None
