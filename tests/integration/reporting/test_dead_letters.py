"""A record that cannot be folded: the people it concerns are marked, the operator sees it, a replay clears the mark."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from urllib.parse import urlencode

import httpx
import pytest

from contracts.events.attendance import PunchRecorded
from contracts.topics import BY_TYPE
from deploy.local.ports import free_ports
from kit.kafka import partition_of, producer, retry_until_started
from services.reporting.deadletters import commands
from services.reporting.deadletters.sender import Sender
from tests.integration.reporting.spine import Spine, employee_state, punch_of, site_state, unit_state, until_true

pytestmark = pytest.mark.integration
DAY = "2026-11-23"
SEVEN = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


async def command(running: Spine, *words: str) -> None:
    """As typed after `dead-letters`."""
    parser = ArgumentParser()
    commands.arguments(parser)
    await commands.run(running.settings, parser.parse_args(words))


async def send(running: Spine, punch: PunchRecorded, **wrong: str) -> None:
    """A record on the topic of punches that our own writers would not produce."""
    topic = BY_TYPE[punch.TYPE]
    key = punch.employee_id.encode()
    value = json.dumps(json.loads(punch.to_json()) | wrong).encode()
    sender = producer(running.kafka, "test")
    await retry_until_started(sender)
    try:
        headers = [("ce_type", punch.TYPE.encode()), ("ce_id", b"x")]
        at = partition_of(key, topic.partitions)
        await sender.send_and_wait(topic.name, value, key, at, headers=headers)
    finally:
        await sender.stop()


async def incomplete(running: Spine, employee: str) -> list[str]:
    """The dead letters that an employee's day names."""
    answer = await running.raw(f"/employees/{employee}/days/{DAY}")
    letters: list[str] = answer.json().get("incomplete", [])
    return letters


async def test_the_whole_life_of_a_dead_letter(running: Spine, capsys: pytest.CaptureFixture[str]) -> None:
    await running.told(
        unit_state("dl-u"),
        site_state("dl-s"),
        employee_state("dl-joko", "dl-u", "dl-s"),
        employee_state("dl-kiki", "dl-u", "dl-s"),
    )
    before = (await running.get("/presence"))["completeness"]["incomplete_employees"]
    good = punch_of("dl-joko", SEVEN, "dl-s")
    await send(running, good, zone="Mars/Base")
    await until_true(lambda: incomplete(running, "dl-joko"))

    [letter] = await incomplete(running, "dl-joko")
    people = (await running.get("/presence/people", unit="dl-u", date=DAY))["items"]
    assert {one["employee_id"]: one["incomplete"] for one in people} == {"dl-joko": True, "dl-kiki": False}
    assert (await running.get("/presence"))["completeness"]["incomplete_employees"] == before + 1
    # The record behind it is not held up.
    await running.told(punch_of("dl-joko", SEVEN.replace(hour=1), "dl-s"))

    await command(running, "list")
    assert letter in (listed := capsys.readouterr().out)
    assert "Mars" in listed
    await command(running, "show", letter)
    shown = json.loads(capsys.readouterr().out)
    assert json.loads(shown["value"])["zone"] == "Mars/Base"
    assert shown["headers"]["ce_type"] == PunchRecorded.TYPE

    # What is poison again stays where it was.
    await command(running, "replay", letter)
    await running.told(punch_of("dl-joko", SEVEN.replace(hour=2), "dl-s"))
    assert await incomplete(running, "dl-joko") == [letter]

    # As if the program had been mended.
    await running.db["dead_letters"].update_one({"_id": letter}, {"$set": {"value": good.to_json()}})
    await command(running, "replay", letter)

    async def clear() -> bool:
        return not await incomplete(running, "dl-joko")

    await until_true(clear)
    day = (await running.raw(f"/employees/dl-joko/days/{DAY}")).json()
    assert (day["first_at"], day["count"]) == ("2026-11-23T00:00:00Z", 3)
    assert (await running.get("/presence"))["completeness"]["incomplete_employees"] == before
    with pytest.raises(SystemExit, match="waits"):
        await command(running, "replay", letter)


async def test_a_letter_that_is_given_up_leaves_its_mark(running: Spine, capsys: pytest.CaptureFixture[str]) -> None:
    await send(running, punch_of("dl-lina", SEVEN, "dl-s"), occurred_at="never")
    await until_true(lambda: incomplete(running, "dl-lina"))
    [letter] = await incomplete(running, "dl-lina")
    await command(running, "drop", letter, "--reason", "a test device")
    capsys.readouterr()
    await command(running, "list")
    assert letter not in capsys.readouterr().out
    assert await incomplete(running, "dl-lina") == [letter]
    with pytest.raises(SystemExit):
        await command(running, "drop", letter, "--reason", "again")
    with pytest.raises(SystemExit, match="no dead letter"):
        await command(running, "show", "never heard of")


async def letter_of(running: Spine, employee: str) -> str:
    """The one letter that leaves somebody incomplete."""
    await until_true(lambda: incomplete(running, employee))
    [letter] = await incomplete(running, employee)
    return letter


async def post(running: Spine, path: str, body: dict[str, object]) -> httpx.Response:
    return await running.http.post(f"/api/reporting/v1/dead-letters{path}", json=body)


async def test_the_list_says_why_and_where_but_not_what(running: Spine) -> None:
    for number in range(3):
        await send(running, punch_of(f"dl-list-{number}", SEVEN, "dl-s"), zone="Mars/Base")
    letters = [await letter_of(running, f"dl-list-{number}") for number in range(3)]

    first = await running.get("/dead-letters", limit=2)
    assert (first["counts"]["waiting"] >= 3, first["views"]) == (True, ["presence_v1"])
    found, page = first["items"], first
    while page["next_cursor"]:
        page = await running.get("/dead-letters", limit=2, cursor=page["next_cursor"])
        found += page["items"]
    assert [one["id"] for one in found if one["id"] in letters] == letters[::-1], "newest first, each once"
    assert len({one["id"] for one in found}) == len(found) == first["counts"]["waiting"]
    one = next(one for one in found if one["id"] == letters[0])
    assert (one["view"], one["event"], one["replaying"], one["refusals"]) == (
        "presence_v1",
        PunchRecorded.TYPE,
        False,
        1,
    )
    assert "dl-list" not in str(found), "whose it is, is for the operator who opens it"
    assert (await running.get("/dead-letters", view="reads_v1"))["items"] == []
    await running.get("/dead-letters", status=422, cursor="no-cursor")


async def test_a_letter_opened_replayed_refused_again_and_folded_at_last(running: Spine) -> None:
    good = punch_of("dl-open", SEVEN, "dl-s")
    await send(running, good, zone="Mars/Base")
    letter = await letter_of(running, "dl-open")

    opened = await running.get(f"/dead-letters/{letter}")
    assert (opened["key"], opened["is_json"], opened["value"]["zone"]) == ("dl-open", True, "Mars/Base")
    assert {"name": "ce_type", "value": PunchRecorded.TYPE} in opened["headers"]
    assert (opened["incomplete"], opened["replays"], opened["dropped"]) == (["dl-open"], [], None)
    noted = await running.db["own_reads"].find_one({"_id": {"$regex": "^dl-open\\|"}, "operation": "get_dead_letter"})
    assert noted is not None, "whose record it is can see who has looked"

    answer = await post(running, "/replay", {"ids": [letter, "presence_v1:nothing:0:0"]})
    assert answer.json() == {"put_back": [letter], "not_waiting": ["presence_v1:nothing:0:0"]}

    async def refused() -> bool:
        return bool((await running.get(f"/dead-letters/{letter}"))["refusals"] == 2)

    await until_true(refused)
    again = await running.get(f"/dead-letters/{letter}")
    assert (again["status"], again["replaying"]) == ("waiting", False)
    assert [(one["by"], one["acknowledged"]) for one in again["replays"]] == [("installation", True)]
    assert again["refused_at"] > again["first_seen"]

    # As if the program had been mended.
    await running.db["dead_letters"].update_one({"_id": letter}, {"$set": {"value": good.to_json()}})
    await post(running, "/replay", {"ids": [letter]})

    async def folded() -> bool:
        return bool((await running.get(f"/dead-letters/{letter}"))["status"] == "replayed")

    await until_true(folded)
    ended = await running.get(f"/dead-letters/{letter}")
    assert (ended["incomplete"], len(ended["replays"]), ended["ended_at"] is None) == ([], 2, False)
    assert (await post(running, "/replay", {"ids": [letter]})).json()["not_waiting"] == [letter]


async def test_a_letter_is_given_up_by_somebody_for_a_reason(running: Spine) -> None:
    await send(running, punch_of("dl-drop", SEVEN, "dl-s"), occurred_at="never")
    letter = await letter_of(running, "dl-drop")
    assert (await post(running, f"/{letter}/drop", {"reason": "ya    "})).status_code == 422
    dropped = await post(running, f"/{letter}/drop", {"reason": "Mesin uji coba."})
    assert (dropped.json()["status"], dropped.json()["why"]) == ("dropped", "Mesin uji coba.")
    assert (await post(running, f"/{letter}/drop", {"reason": "Sekali lagi."})).status_code == 409
    assert (await post(running, "/presence_v1:nothing:0:0/drop", {"reason": "Tidak ada."})).status_code == 404
    await running.get("/dead-letters/presence_v1:nothing:0:0", status=404)
    shown = await running.get(f"/dead-letters/{letter}")
    assert (shown["dropped"]["by"], shown["incomplete"]) == ("installation", ["dl-drop"])
    page = (await running.raw("/dead-letters", status="dropped")).json()
    assert letter in [one["id"] for one in page["items"]]
    asked = urlencode([("id", letter), ("id", "nothing")])
    these = (await running.http.get(f"/api/reporting/v1/dead-letters?{asked}")).json()
    assert ([one["status"] for one in these["items"]], these["next_cursor"]) == (["dropped"], None)


async def test_what_is_no_json_is_shown_escaped(running: Spine) -> None:
    topic = BY_TYPE[PunchRecorded.TYPE]
    sender = producer(running.kafka, "test")
    await retry_until_started(sender)
    try:
        headers = [("ce_type", PunchRecorded.TYPE.encode()), ("ce_id", b"\xff")]
        value = b"\x00\xff<img src=x onerror=alert(1)>\xe2\x80\xae"
        at = partition_of(b"dl-junk", topic.partitions)
        await sender.send_and_wait(topic.name, value, b"dl-junk", at, headers=headers)
    finally:
        await sender.stop()
    opened = await running.get(f"/dead-letters/{await letter_of(running, 'dl-junk')}")
    assert (opened["is_json"], opened["value"]) == (False, None)
    assert opened["text"] == "\\x00\\xff<img src=x onerror=alert(1)>\\u202e"
    assert {"name": "ce_id", "value": "\\xff"} in opened["headers"]


async def test_a_replay_is_not_acknowledged_while_the_broker_is_away(running: Spine) -> None:
    await send(running, punch_of("dl-away", SEVEN, "dl-s"), zone="Mars/Base")
    letter = await letter_of(running, "dl-away")
    (nowhere,) = free_ports(1)
    ours, running.app.state.sender = running.app.state.sender, Sender(f"127.0.0.1:{nowhere}")
    try:
        refused = await post(running, "/replay", {"ids": [letter]})
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/broker-away")
        assert (await running.get(f"/dead-letters/{letter}"))["replaying"] is False
    finally:
        running.app.state.sender = ours
    assert (await post(running, "/replay", {"ids": [letter]})).json()["put_back"] == [letter]
