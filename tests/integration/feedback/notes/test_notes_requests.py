"""Requests for feedback over HTTP on a real database: asked, counted, answered, declined, opened again."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from tests.integration.feedback.notes.conftest import ANI, BUDI, CICI, DEDI, HEAD, MONDAY, STRANGER, Office, post

pytestmark = pytest.mark.integration


async def waiting(office: Office, who: str = BUDI) -> tuple[list[str], int]:
    items = (await office.get("/feedback-requests", who))["items"]
    return [one["id"] for one in items], (await office.get("/feedback-requests/waiting", who))["waiting"]


async def mine(office: Office, who: str = ANI) -> list[Any]:
    found: list[Any] = (await office.get(f"/employees/{who}/feedback-requests", who))["items"]
    return found


async def test_a_request_is_answered_by_a_note(office: Office) -> None:
    asked = await office.request(words="Bagaimana laporan saya?", activity_id="act-1")
    assert (asked["status"], asked["employee"]) == ("open", {"id": ANI, "name": "Ani Lestari"})
    office.clock[0] = MONDAY + timedelta(minutes=1)
    second = await office.request(DEDI)
    assert await waiting(office) == ([asked["id"], second["id"]], 2)
    note = await office.feedback(request_id=asked["id"], activity_id="act-1")
    assert await waiting(office) == ([second["id"]], 1)
    (own,) = await mine(office)
    assert (own["status"], own["note_id"], own["words"]) == ("answered", note["id"], "Bagaimana laporan saya?")
    assert await office.counts(ANI) == {"requested": 1, "received": 1}
    refused = await office.feedback(request_id=asked["id"], status=409)
    assert "sudah dijawab" in refused["detail"]
    refused = await office.feedback(BUDI, ANI, 422, request_id=second["id"])
    assert refused["errors"][0]["pointer"] == "/body/request_id", "of somebody else"


async def test_one_at_a_time_for_the_same_thing(office: Office) -> None:
    first = await office.request()
    assert "masih menunggu" in (await office.request(status=409))["detail"]
    things: list[Any] = [{"activity_id": "act-1"}, {"date": "2026-11-20"}]
    for thing in things:
        await office.request(**thing)
        await office.request(status=409, **thing)
    await office.request(status=422, date="2026-11-24")
    await office.decline(first["id"])
    await office.request()
    assert await office.counts(ANI) == {"requested": 4}


async def test_the_same_asked_at_once_is_one_request(office: Office) -> None:
    path = f"/employees/{ANI}/feedback-requests"
    answers = await asyncio.gather(*(office.ask("POST", path, ANI, json={}) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, *[409] * 5]
    assert len(await mine(office)) == 1
    assert await office.counts(ANI) == {"requested": 1}


async def test_without_a_superior_there_is_nobody_to_ask(office: Office) -> None:
    refused = await office.request(HEAD, 409)
    assert "tidak menyebut atasan Anda" in refused["detail"]
    assert await mine(office, HEAD) == []
    assert await office.facts() == []


async def test_declined_with_words_that_the_employee_reads(office: Office) -> None:
    asked = await office.request()
    await office.decline(asked["id"], words="\u200b ", status=422)
    assert (await office.decline(asked["id"]))["status"] == "declined"
    (own,) = await mine(office)
    assert (own["status"], own["declined_words"]) == ("declined", "Sudah dibahas.")
    await office.decline(asked["id"], status=409)
    assert await waiting(office) == ([], 0)


async def test_answered_and_declined_at_once_is_one_of_both(office: Office) -> None:
    asked = await office.request()
    body = {"value": "loyal", "tone": "good", "request_id": asked["id"]}
    answers = await asyncio.gather(
        office.ask("POST", f"/employees/{ANI}/feedback", BUDI, json=body),
        office.ask("POST", f"/feedback-requests/{asked['id']}/decline", BUDI, json={"words": "Sudah dibahas."}),
    )
    assert sorted(answer.status_code for answer in answers) in ([200, 409], [201, 409])
    answered = answers[0].status_code == 201
    assert await office.counts(ANI) == ({"requested": 1} | ({"received": 1} if answered else {}))
    assert (await mine(office))[0]["status"] == ("answered" if answered else "declined")


async def test_a_request_waits_again_when_its_note_is_taken_back(office: Office) -> None:
    asked = await office.request()
    note = await office.feedback(request_id=asked["id"])
    await office.withdraw(note["id"])
    assert await waiting(office) == ([asked["id"]], 1)
    await office.request(status=409)

    note = await office.feedback(request_id=asked["id"])
    again = await office.request()
    await office.withdraw(note["id"])
    assert await waiting(office) == ([again["id"]], 1)
    became = {one["id"]: one["status"] for one in await mine(office)}
    assert became == {asked["id"]: "lapsed", again["id"]: "open"}
    assert await office.counts(ANI) == {"requested": 2}


async def test_they_wait_for_the_superior_of_today_and_whoever_acts(office: Office) -> None:
    asked = await office.request()
    for who in (ANI, STRANGER):
        assert (await office.ask("GET", "/feedback-requests", who)).status_code == 403, "nobody's superior"
        assert (await office.get("/feedback-requests/waiting", who))["waiting"] == 0
    await office.decline(asked["id"], HEAD, 404)  # the superior's superior
    await office.decline("unknown", BUDI, 404)

    acting = post(BUDI, "seksi-1", None, kind="plt", valid_from=date(2026, 11, 23))
    await office.place(CICI, "Cici Anisah", "seksi-2", HEAD, acting)
    assert await waiting(office, CICI) == ([asked["id"]], 1)

    await office.place(ANI, "Ani Lestari", "seksi-2", HEAD)  # from now on
    assert (await waiting(office, CICI), await waiting(office, HEAD)) == (([], 0), ([asked["id"]], 1))
    await office.decline(asked["id"], BUDI, 404)
    await office.decline(asked["id"], HEAD)


async def test_requests_are_read_by_nobody_else(office: Office) -> None:
    await office.request()
    for role in ("bkpsdm", "auditor", "operator", "integration"):
        assert (await office.ask("GET", "/feedback-requests", None, role)).status_code == 403
    for who in (BUDI, CICI):
        assert (await office.ask("GET", f"/employees/{ANI}/feedback-requests", who)).status_code == 403
