"""Guessing: from one address it ends at once, from very many it finds nothing; what is right goes through elsewhere."""

import pytest

from kit.problems import Problem
from services.feedback.ratings import codes
from services.feedback.ratings.guard import MISSES_A_MINUTE, Unknown
from tests.integration.feedback.conftest import MONDAY, Town

pytestmark = pytest.mark.integration
GUESSES = 100_000


async def test_an_address_that_guesses_is_shut_out_also_with_a_right_code(town: Town) -> None:
    issued = await town.code(await town.service())
    answers = [await town.public("/codes", {"code": codes.new()}, address="198.51.100.1") for _ in range(10)]
    assert {answer.status_code for answer in answers} == {404}
    for path, more in (("/codes", {}), ("/ratings", {"stars": 1})):
        refused = await town.public(path, {"code": issued["code"], **more}, address="198.51.100.1")
        assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-attempts")
        assert 50 <= int(refused.headers["retry-after"]) <= 60
    assert (await town.public("/codes", {"code": issued["code"]}, address="198.51.100.2")).status_code == 200


async def test_only_the_last_hop_is_believed(town: Town) -> None:
    """What the citizen's own program says before it would give a new address for every guess."""
    for number in range(10):
        told = f"10.0.0.{number}, 198.51.100.9"
        assert (await town.public("/codes", {"code": codes.new()}, address=told)).status_code == 404
    assert (await town.public("/codes", {"code": codes.new()}, address="10.9.9.9, 198.51.100.9")).status_code == 429


async def test_a_hundred_thousand_guesses_find_none(town: Town) -> None:
    """As the public routes ask, below HTTP: a thousand codes are out, every guess comes from another address."""
    service = await town.service()
    desk, guard = town.parts.ratings.desk, town.parts.ratings.guard
    row = {
        "used": False,
        "expires_at": MONDAY.replace(year=2027),
        "service_id": service,
        "unit_id": "u",
        "counter": None,
    }
    out = [codes.new() for _ in range(1_000)]
    await town.parts.db["codes"].insert_many([{"_id": codes.digest(code), **row} for code in out])
    looked = refused = 0
    for number in range(GUESSES):
        try:
            with guard.attempt(f"2001:db8:{number >> 16:x}:{number & 0xFFFF:x}::1"):
                await desk.look(codes.new())
        except Unknown:
            looked += 1
        except Problem as problem:
            assert problem.status == 429  # noqa: PT017 - a hundred thousand times
            refused += 1
        else:
            pytest.fail("a code was guessed")
    assert looked + refused == GUESSES
    assert looked >= MISSES_A_MINUTE
    assert refused > GUESSES / 2
