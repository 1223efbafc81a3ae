"""A small compacted topic in memory: whole when ready, followed afterwards, and not broken by what cannot be read."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from prometheus_client import REGISTRY

from contracts.events.directory import SiteChanged
from contracts.topics import DIRECTORY_SITES, Topic
from kit import kafka as clients
from kit.tables import Table
from tests.integration.kit.heart import Heart, eventually

pytestmark = pytest.mark.integration

TYPE = SiteChanged.TYPE.encode()
Pair = tuple[str, SiteChanged | None]


def site(identity: str, name: str) -> SiteChanged:
    return SiteChanged(
        site_id=identity,
        code=identity,
        name=name,
        zone="Asia/Jakarta",
        valid_from=date(2020, 1, 1),
        changed_at=datetime(2026, 11, 23, tzinfo=UTC),
    )


@pytest.fixture
async def topic(heart: Heart) -> Topic:
    made = replace(DIRECTORY_SITES, name=f"{heart.punches.name}.sites", partitions=2)
    await clients.ensure_topics(heart.bootstrap, [made], replication=1)
    return made


async def put(heart: Heart, topic: Topic, key: str, value: bytes | None, kind: bytes = TYPE) -> None:
    raw = key.encode()
    partition = clients.partition_of(raw, topic.partitions)
    await heart.producer.send_and_wait(topic.name, value, raw, partition, headers=[("ce_type", kind)])


async def test_it_is_whole_when_ready_and_follows_changes_and_deletions(heart: Heart, topic: Topic) -> None:
    for n in range(50):
        await put(heart, topic, f"s{n}", site(f"s{n}", "old").to_json())
    await put(heart, topic, "s7", site("s7", "new").to_json())
    await put(heart, topic, "s8", None)
    table = Table(heart.bootstrap, topic, SiteChanged)
    seen: list[Pair] = []
    table.on_change(lambda key, state: seen.append((key, state)))
    await table.start()
    assert table.ready.is_set()
    assert len(table) == 49
    assert (row := table.get("s7")) is not None
    assert row.name == "new"
    assert table.get("s8") is None
    assert {row.site_id for row in table.values()} == {f"s{n}" for n in range(50)} - {"s8"}
    assert [state and state.name for key, state in seen if key == "s7"] == ["old", "new"]
    seen.clear()
    await put(heart, topic, "s9", site("s9", "newer").to_json())
    await put(heart, topic, "s10", None)
    await eventually(lambda: len(seen) == 2, "the changes")
    assert dict(seen) == {"s9": site("s9", "newer"), "s10": None}
    await table.stop()


async def test_an_empty_topic_is_ready_at_once(heart: Heart, topic: Topic) -> None:
    table = Table(heart.bootstrap, topic, SiteChanged)
    await table.start()
    assert table.ready.is_set()
    assert len(table) == 0
    await table.stop()


async def test_what_cannot_be_read_leaves_the_last_state_and_is_counted(heart: Heart, topic: Topic) -> None:
    def rejected() -> float:
        return REGISTRY.get_sample_value("table_rejected_total", {"topic": topic.name}) or 0.0

    await put(heart, topic, "s1", site("s1", "good").to_json())
    await put(heart, topic, "s1", b'{"site_id":')
    await put(heart, topic, "s3", b"of another type", kind=b"id.go.kinerja.directory.site.changed.v2")
    await put(heart, topic, "s4", site("s4", "behind it").to_json())
    table = Table(heart.bootstrap, topic, SiteChanged)
    await table.start()
    assert {row.site_id: row.name for row in table.values()} == {"s1": "good", "s4": "behind it"}
    assert rejected() == 1
    await table.stop()
