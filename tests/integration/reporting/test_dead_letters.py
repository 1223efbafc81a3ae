"""A record that cannot be folded: the people it concerns are marked, the operator sees it, a replay clears the mark."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime

import pytest

from contracts.events.attendance import PunchRecorded
from contracts.topics import BY_TYPE
from kit.kafka import partition_of, producer, retry_until_started
from services.reporting.deadletters import commands
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
