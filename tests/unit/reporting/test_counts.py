"""Punches stored per terminal, many terminals a document."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kit.projector.shards import Shards
from services.reporting.presence import counts

AT = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


def written(*batches: Shards) -> list[dict[str, Any]]:
    """The documents that the updates of these writers make."""
    documents: dict[str, dict[str, Any]] = {}
    update: Any
    for batch in batches:
        for _, updates in batch.writes():
            for update in updates:
                document = documents.setdefault(update._filter["_id"], {"_id": update._filter["_id"]})
                for path, value in (update._doc["$inc"] | update._doc["$max"]).items():
                    *above, last = path.split(".")
                    inner = document
                    for name in above:
                        inner = inner.setdefault(name, {})
                    known = inner.get(last)
                    inner[last] = value if known is None else known + value if last == "stored" else max(known, value)
    return list(documents.values())


def test_a_terminal_is_counted_across_writers_and_batches() -> None:
    one, other = Shards(0), Shards(6)
    counts.add(one, "KNJ1", 2, AT)
    counts.add(one, "KNJ2", 1, AT)
    counts.add(other, "KNJ1", 3, AT - timedelta(hours=1))
    shards = written(one, other)
    assert counts.stored(shards, ["KNJ1", "KNJ2", "KNJ3"]) == {"KNJ1": (5, AT), "KNJ2": (1, AT)}
    assert sum(shard["stored"] for shard in shards) == 6
    assert {shard["_id"] for shard in shards} <= set(counts.ids(["KNJ1", "KNJ2"]))


@pytest.mark.parametrize("device", ["a.b", "$set", "a.b.$[]", "%2E", "a%b", "\x00", "ä ö", "."])
def test_no_id_of_a_terminal_means_anything_in_the_name_of_a_field(device: str) -> None:
    shards = Shards(0)
    counts.add(shards, device, 1, AT)
    (document,) = written(shards)
    (field,) = document["devices"]
    assert not set(field) & set(".$\x00")
    assert counts.stored([document], [device, "other"]) == {device: (1, AT)}


def test_terminals_are_spread() -> None:
    assert len({counts.total(f"KNJ{number:05d}") for number in range(2_600)}) == counts.TOTALS
