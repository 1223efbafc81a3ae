"""Journal to Kafka: everything at least once, in order per key, whatever is lost on the way but the journal."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from bson import ObjectId

from contracts.envelope import parse
from contracts.events.attendance import PunchRecorded
from contracts.events.journal import JournalRelayed
from contracts.topics import BY_TYPE
from kit.journal import Journal
from kit.kafka import ensure_topics
from kit.mongo import Document, Session, in_transaction
from kit.relay import Relay
from kit.tables import Table
from tests.integration.kit.facts import START, fact
from tests.integration.kit.heart import Heart, eventually, expected, running
from tests.integration.kit.tally import Ledger

pytestmark = pytest.mark.integration


@pytest.fixture
async def journal(heart: Heart) -> AsyncIterator[Journal]:
    made = Journal(heart.db, "attendance")
    await made.setup()
    return made  # type: ignore[return-value]


def relay(heart: Heart) -> Relay:
    return Relay(heart.client, heart.db, heart.bootstrap, "attendance")


@asynccontextmanager
async def relaying(heart: Heart) -> AsyncIterator[Relay]:
    """A relay that follows: what is recorded from now on comes by the stream, not by reading the journal too."""
    made = relay(heart)
    async with running(made.run()):
        await eventually(lambda: made.caught_up, "the relay follows")
        yield made


async def published(heart: Heart) -> list[str]:
    return [parse(record.headers).id for record in await heart.records()]


async def relayed(heart: Heart, punches: Iterable[str], *, seconds: float = 20) -> list[str]:
    """Wait until all of these are on the topic; returns everything that is."""
    wanted = set(punches)

    async def all_there() -> list[str] | None:
        now = await published(heart)
        return now if wanted <= set(now) else None

    found: list[str] = await eventually(all_there, f"{sorted(wanted)} on the topic", seconds=seconds, pause=0.1)
    return found


async def saved(heart: Heart, entry: ObjectId) -> None:
    """Wait until the relay has saved a position at or behind this entry."""
    row = await heart.db["events"].find_one({"_id": entry})
    assert row is not None

    async def behind() -> bool:
        state = await heart.db["relay"].find_one({"_id": "attendance"})
        return state is not None and state["recorded"] is not None and state["recorded"] >= row["recorded"]

    await eventually(behind, "the relay's position")


async def test_a_punch_goes_from_the_journal_to_the_view(heart: Heart, journal: Journal) -> None:
    said = [(f"person-{n % 5}", f"p{n}") for n in range(100)]
    async with running(relay(heart).run(), heart.projector(Ledger()).run()):
        for who, punch in said:
            await journal.append([fact(punch, who)])
        await relayed(heart, (punch for _, punch in said))
        await heart.folded(await heart.ends(), view="ledger_v1")
    assert await heart.people() == expected(said)


async def test_the_record_says_all_a_consumer_must_know(heart: Heart, journal: Journal) -> None:
    async with running(relay(heart).run()):
        identity = await journal.append([fact("p1", "person-7")])
        await relayed(heart, ["p1"])
    (record,) = await heart.records()
    entry = await heart.db["events"].find_one({"_id": identity})
    assert entry is not None
    envelope = parse(record.headers)
    assert record.headers[0][0] == "ce_type"
    assert (envelope.type, envelope.source) == (PunchRecorded.TYPE, "/kinerja/attendance")
    assert (envelope.subject, record.key) == ("person-7", b"person-7")
    assert (envelope.time, envelope.recorded) == (START, entry["recorded"])
    assert record.timestamp == int(entry["recorded"].timestamp() * 1000)
    assert PunchRecorded.model_validate_json(record.value).punch_id == "p1"


async def test_order_holds_per_key_over_groups_and_batches(heart: Heart, journal: Journal) -> None:
    async def one(who: int) -> None:
        for n in range(40):
            await journal.append([fact(f"{who}:{n}", f"person-{who}")])

    async with relaying(heart):
        await asyncio.gather(*(one(who) for who in range(8)))
        await relayed(heart, (f"{who}:{n}" for who in range(8) for n in range(40)))
    by_key: dict[str, list[str]] = {}
    for record in await heart.records():
        by_key.setdefault(record.key.decode(), []).append(parse(record.headers).id)
    assert by_key == {f"person-{who}": [f"{who}:{n}" for n in range(40)] for who in range(8)}


async def test_a_restart_goes_on_from_the_token(heart: Heart, journal: Journal) -> None:
    for n in range(3):
        async with relaying(heart):
            last = await journal.append([fact(f"up-{n}")])
            await relayed(heart, [f"up-{n}"])
            await saved(heart, last)
        await journal.append([fact(f"down-{n}")])
    async with running(relay(heart).run()):
        everything = [f"{when}-{n}" for n in range(3) for when in ("up", "down")]
        found = await relayed(heart, everything)
    assert found == everything, "nothing lost, and after orderly stops nothing twice"


async def test_positions_on_a_topic_that_is_no_more_hold_nobody_up(heart: Heart, journal: Journal) -> None:
    async with relaying(heart):
        last = await journal.append([fact("a")])
        await relayed(heart, ["a"])
        await saved(heart, last)
    gone = {"topic": "attendance.of.an.earlier.version", "partition": 0, "next_offset": 5}
    await heart.db["relay"].update_one({"_id": "attendance"}, {"$push": {"positions": gone}})
    async with relaying(heart):
        await journal.append([fact("b")])
        assert await relayed(heart, ["b"]) == ["a", "b"]


async def test_facts_of_a_transaction_are_relayed_once_it_commits_and_never_when_it_does_not(
    heart: Heart, journal: Journal
) -> None:
    async def failing(session: Session) -> None:
        await journal.append([fact("never")], session=session)
        raise LookupError("the edit was refused")

    async def working(session: Session) -> None:
        await journal.append([fact("kept")], session=session)

    async with relaying(heart):
        with pytest.raises(LookupError):
            await in_transaction(heart.client, failing)
        await in_transaction(heart.client, working)
        await journal.append([fact("last")])
        assert await relayed(heart, ["kept", "last"]) == ["kept", "last"]


async def test_without_its_state_it_reads_the_whole_journal(heart: Heart, journal: Journal) -> None:
    await journal.append([], entry={"raw": b"a request that held no punch"})
    async with relaying(heart):
        last = await journal.append([fact("a")])
        await relayed(heart, ["a"])
        await saved(heart, last)
    await journal.append([fact("b")])
    await journal.append([], entry={"raw": b"a request that held no punch"})
    await heart.db["relay"].delete_many({})
    async with running(relay(heart).run()):
        await journal.append([fact("c")])
        found = await relayed(heart, ["a", "b", "c"])
    assert found[:2] == ["a", "a"]
    assert found.index("b") < found.index("c")


async def test_what_fills_several_batches_of_a_partition_keeps_its_order(heart: Heart, journal: Journal) -> None:
    """262,144 bytes a batch; a record may be larger than that."""
    said = [f"p{n}" for n in range(1_500)]
    facts = [fact(punch) for punch in said]
    large = replace(facts[700], data=facts[700].data + b" " * 800_000)
    async with relaying(heart):
        await journal.append([*facts[:700], large, *facts[701:]])
        assert await relayed(heart, said) == said
        last = await journal.append([fact("p1500")])
        await saved(heart, last)
        row = await heart.db["relay"].find_one({"_id": "attendance"})
    assert row is not None
    assert max(at["next_offset"] for at in row["positions"]) == 1_501


async def lost_token(heart: Heart) -> Document:
    """The token of an event that this journal's stream does not find: as if the oplog had moved past it."""
    elsewhere = heart.db["elsewhere"]
    async with elsewhere.watch() as stream:
        await elsewhere.insert_one({})
        token: Document = (await stream.next())["_id"]
    return token


async def test_a_token_that_is_too_old_is_replaced_by_the_journal_with_an_overlap(
    heart: Heart, journal: Journal
) -> None:
    """The oplog has moved on: the stream cannot resume, but the journal is still there."""
    now = datetime.now(UTC)
    long_ago = Journal(heart.db, "attendance", clock=lambda: now - timedelta(days=2))
    await long_ago.append([fact("long ago")])
    async with running(relay(heart).run()):
        last = await journal.append([fact("a")])
        await relayed(heart, ["long ago", "a"])
        await saved(heart, last)
    old = await lost_token(heart)
    late = Journal(heart.db, "attendance", clock=lambda: now - timedelta(seconds=60))
    await late.append([fact("stamped before, stored after")])
    await journal.append([fact("b")])
    await heart.db["relay"].update_one({"_id": "attendance"}, {"$set": {"token": old}})
    async with running(relay(heart).run()):
        found = await relayed(heart, ["stamped before, stored after", "b"])
    assert found.count("long ago") == 1, "only what may have been missed is sent again"
    state = await heart.db["relay"].find_one({"_id": "attendance"})
    assert state is not None
    assert state["token"] != old


async def test_a_batch_the_broker_will_never_take_from_this_producer_is_sent_by_a_new_one(
    heart: Heart, journal: Journal
) -> None:
    """A gap in an idempotent producer's numbers is refused for ever (OutOfOrderSequenceNumber)."""
    async with relaying(heart) as made:
        await journal.append([fact("a")])
        await relayed(heart, ["a"])
        (record,) = await heart.records()
        manager = made._producer._txn_manager
        manager.increment_sequence_number(TopicPartition(record.topic, record.partition), 5)
        await journal.append([fact("b")])
        await journal.append([fact("c")])
        assert await relayed(heart, ["a", "b", "c"]) == ["a", "b", "c"]


async def test_an_acknowledgement_without_a_place_gives_no_watermark(
    heart: Heart, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The broker had the batch already and no longer knows where (DuplicateSequenceNumber): offset -1."""
    async with relaying(heart) as made:
        send = made._producer.send_batch
        placeless = iter([True])

        async def once_without_place(*arguments: Any, **named: Any) -> Any:
            sent = await send(*arguments, **named)
            if arguments[1] != heart.punches.name or not next(placeless, False):
                return sent
            answer = asyncio.get_running_loop().create_future()
            answer.set_result((await sent)._replace(offset=-1))
            return answer

        monkeypatch.setattr(made._producer, "send_batch", once_without_place)
        last = await journal.append([fact("a")])
        await saved(heart, last)
    assert await published(heart) == ["a", "a"]
    state = await heart.db["relay"].find_one({"_id": "attendance"})
    assert state is not None
    ends = {at: end for at, end in (await heart.ends()).items() if end}
    assert {(row["topic"], row["partition"]): row["next_offset"] for row in state["positions"]} == ends


async def remake(heart: Heart) -> None:
    """Delete the topic and create it again, empty: what a broker does whose disk was lost."""
    admin = AIOKafkaAdminClient(bootstrap_servers=heart.bootstrap)
    await admin.start()
    await admin.delete_topics([heart.punches.name])

    async def gone() -> bool:
        return heart.punches.name not in await admin.list_topics()

    await eventually(gone, "the topic is deleted")
    await admin.close()
    await ensure_topics(heart.bootstrap, [heart.punches], replication=1)


@pytest.mark.parametrize("relay_runs", [False, True], ids=["while the relay is down", "under a running relay"])
async def test_what_the_broker_lost_is_published_again_from_the_journal(
    heart: Heart, journal: Journal, relay_runs: bool
) -> None:
    said = [(f"person-{n % 6}", f"p{n}") for n in range(60)]
    for who, punch in said[:40]:
        await journal.append([fact(punch, who)])
    if relay_runs:
        async with running(relay(heart).run()):
            await relayed(heart, (punch for _, punch in said[:40]))
            await remake(heart)
            for who, punch in said[40:]:
                await journal.append([fact(punch, who)])
            await relayed(heart, (punch for _, punch in said), seconds=60)
        return
    async with running(relay(heart).run()):
        await relayed(heart, (punch for _, punch in said[:40]))
    await remake(heart)
    async with running(relay(heart).run()):
        await relayed(heart, (punch for _, punch in said[:40]), seconds=60)


@pytest.mark.parametrize("filled", [False, True], ids=["still empty", "filled past our position"])
async def test_a_view_reads_a_topic_again_that_was_made_anew(heart: Heart, journal: Journal, filled: bool) -> None:
    """Offsets start again at 0, below the view's positions: what is there now must count, and nothing twice."""
    said = [(f"person-{n % 6}", f"p{n}") for n in range(60)]
    for who, punch in said[:40]:
        await journal.append([fact(punch, who)])
    for _ in range(2):  # twice: the topic then holds more than the journal, as after any crash of a relay
        async with running(relay(heart).run()):
            await relayed(heart, (punch for _, punch in said[:40]))
        await heart.db["relay"].update_one({"_id": "attendance"}, {"$set": {"token": None}})
    async with running(heart.projector(Ledger()).run()):
        await heart.folded(await heart.ends(), view="ledger_v1")
    before = await heart.ends()
    await remake(heart)
    for who, punch in said[40:]:
        await journal.append([fact(punch, who)])
    async with AsyncExitStack() as stack:
        if filled:
            async with running(relay(heart).run()):
                await relayed(heart, (punch for _, punch in said), seconds=60)
            more = await heart.say(*((f"person-{n % 6}", f"p{n % 60}") for n in range(120)))
            assert all(more[at] > end for at, end in before.items())
            await stack.enter_async_context(running(heart.projector(Ledger()).run()))
        else:
            await stack.enter_async_context(running(heart.projector(Ledger()).run(), relay(heart).run()))

        async def whole() -> bool:
            return await heart.total() == len(said)

        await eventually(whole, "the view is whole", seconds=60)
    assert {who: sorted(punches) for who, punches in (await heart.people()).items()} == {
        who: sorted(punches) for who, punches in expected(said).items()
    }


async def test_the_watermark_tells_how_far_the_journal_is_published(heart: Heart, journal: Journal) -> None:
    marks: Table[JournalRelayed] = Table(heart.bootstrap, BY_TYPE[JournalRelayed.TYPE], JournalRelayed)
    await marks.start()
    async with running(relay(heart).run()):
        identity = await journal.append([fact(f"p{n}", f"person-{n}") for n in range(9)])
        entry = await heart.db["events"].find_one({"_id": identity})
        assert entry is not None

        def past() -> JournalRelayed | None:
            mark = marks.get("attendance")
            return mark if mark and mark.relayed_to >= entry["recorded"] else None

        mark: JournalRelayed = await eventually(past, "a watermark past the entry")
        assert {(p.topic, p.partition): p.next_offset for p in mark.positions} == {
            at: end for at, end in (await heart.ends()).items() if end
        }
    await marks.stop()
