"""The database killed (-9) under notes of feedback: nobody is told that something is kept which is not."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.feedback.notes.conftest import ANI, BUDI, CICI, PERIOD, opened
from tests.stack import Stack
from tests.stack.issuer import Issuer

pytestmark = [pytest.mark.integration, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def dying(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A database of this module's own, to be killed."""
    where: Path = tmp_path_factory.mktemp("dying")
    with Stack.infrastructure(where, heap_mb=256, cache_gb=0.25) as stack:
        yield stack


async def test_away_is_said_and_nothing_is_kept(dying: Stack, notes_issuer: Issuer) -> None:
    await asyncio.to_thread(dying.wait, "mongod")
    async with opened(dying.mongo_uri, "feedback", notes_issuer) as office:
        note = await office.feedback()
        body = {"value": "loyal", "tone": "good"}
        key = {"Idempotency-Key": "sent-again-until-it-is-taken"}
        commands: tuple[tuple[str, str, str, Any], ...] = (
            ("POST", f"/employees/{ANI}/feedback", BUDI, body),
            ("POST", f"/employees/{ANI}/praise", CICI, {"value": "loyal", "shown": "unit"}),
            ("POST", f"/employees/{ANI}/feedback-requests", ANI, {}),
            ("PUT", f"/employees/{ANI}/notes/{note['id']}/answer", ANI, {"words": "Terima kasih"}),
        )
        await asyncio.to_thread(dying.kill9, "mongod")
        for method, path, who, sent in commands:
            answer = await office.ask(method, path, who, json=sent, headers=key)
            assert (answer.status_code, answer.headers.get("retry-after")) == (503, "1"), path
        assert (await office.ask("GET", f"/employees/{ANI}/notes", ANI, params=PERIOD)).status_code == 503

        await asyncio.to_thread(dying.start, "mongod")
        for _ in range(60):
            answer = await office.ask("POST", f"/employees/{ANI}/feedback", BUDI, json=body, headers=key)
            if answer.status_code == 201:
                break
            assert answer.status_code == 503
            await asyncio.sleep(0.5)
        assert {one["value"] for one in (await office.notes())["items"]} == {"loyal", "akuntabel"}
        assert await office.counts(ANI) == {"received": 2}, "neither praised, nor asked, nor answered"
