"""Totals across partitions: one change per total and batch, summed by whoever reads."""

from datetime import datetime

import pytest
from pymongo import UpdateOne

from kit.projector.shards import Shards, shard_id, shard_ids, stem, summed

EARLY, LATE = datetime(2026, 11, 23, 0, 25), datetime(2026, 11, 23, 9, 5)  # noqa: DTZ001 - as stored


def test_a_shard_is_named_by_its_writer_and_written_as_one_change() -> None:
    made = Shards(7)
    made.add("unit_days", "u1|2026-11-23", {"unit": "u1"}, {"present": 1, "punches": 1}, {"last_at": LATE})
    made.add("unit_days", "u1|2026-11-23", {"unit": "u1"}, {"present": -1, "punches": 2}, {"last_at": EARLY})
    assert dict(made.writes()) == {
        "unit_days": [
            UpdateOne(
                {"_id": "u1|2026-11-23|p07"},
                {"$setOnInsert": {"unit": "u1"}, "$inc": {"punches": 3}, "$max": {"last_at": LATE}},
                upsert=True,
            )
        ]
    }


def test_a_total_that_did_not_change_after_all_is_not_written() -> None:
    made = Shards(0)
    made.add("unit_days", "u1", {"unit": "u1"}, {"present": 1})
    made.add("unit_days", "u1", {"unit": "u1"}, {"present": -1})
    assert list(made.writes()) == []


def test_what_moved_is_known_by_the_total_not_by_the_shard() -> None:
    made = Shards(3)
    made.add("unit_days", "u1", {"unit": "u1"}, {"present": 1})
    assert list(made.changes("unit_days")) == ["u1"]
    assert not made.changes("site_days")


@pytest.mark.parametrize("writer", [0, 11])
def test_writers_never_share_a_shard(writer: int) -> None:
    assert shard_id("y", writer) == f"y|p{writer:02d}"
    assert shard_ids("y")[writer] == shard_id("y", writer)
    assert len(set(shard_ids("y"))) == len(shard_ids("y"))


def test_shards_of_a_total_stand_together_and_apart_from_all_others() -> None:
    totals = ["a", "a|2026-11-23", "a|p", "a-", "ab", "p00"]
    ids = sorted(one for total in totals for one in shard_ids(total))
    stems = [stem(one) for one in ids]
    assert stems == sorted(stems)
    assert len(set(stems)) == len(totals)


def test_a_sum_has_neither_zeros_nor_instants_nor_names() -> None:
    shards = [
        {"_id": "u|p00", "unit": "u", "present": 3, "arrivals": {"0725": 2, "0730": 1}, "last_at": EARLY},
        {"_id": "u|p06", "unit": "u", "present": -1, "arrivals": {"0730": -1}, "last_at": LATE},
    ]
    assert summed(shards) == {"present": 2, "arrivals.0725": 2}
    assert summed([]) == {}
