"""The working set: loaded once, changed in memory, one write per document."""

from collections.abc import Iterator
from typing import Any

from pymongo import InsertOne, ReplaceOne

from kit.projector.documents import LOAD_AT_ONCE, Documents, Touched, load
from kit.projector.shards import Shards


class Collections:
    """Stands for a database: answers `find` by id and remembers what was asked."""

    def __init__(self, **stored: list[dict[str, Any]]) -> None:
        self.stored = stored
        self.asked: list[tuple[str, Any]] = []

    def __getitem__(self, name: str) -> "Found":
        return Found(self, name)


class Found:
    """One collection of it."""

    def __init__(self, database: Collections, name: str) -> None:
        self._database, self._name = database, name

    def find(self, query: dict[str, Any], batch_size: int) -> Iterator[dict[str, Any]]:
        self._database.asked.append((self._name, query))
        wanted = query["_id"]["$in"]
        return (dict(row) for row in self._database.stored.get(self._name, []) if row["_id"] in wanted)


v1 = "{}_v1".format


def documents(database: Collections | None = None) -> Documents:
    stands_for: Any = database or Collections()
    return Documents(stands_for, v1, Shards(0))


def test_one_query_loads_what_all_partitions_ask_for() -> None:
    database: Any = Collections(days_v1=[{"_id": "a", "n": 1}, {"_id": "b", "n": 2}, {"_id": "d", "n": 4}])
    first, second = documents(database), documents(database)
    load(
        database,
        v1,
        [(first, iter([{"days": ["a", "b", "a", "c"]}])), (second, iter([{"days": ["d"], "people": []}]))],
    )
    assert database.asked == [("days_v1", {"_id": {"$in": ["a", "b", "c", "d"]}})]
    assert first.get("days", "a") == {"_id": "a", "n": 1}
    assert first.get("days", "c") is None
    assert first.get("days", "d") is None
    assert first.get("people", "a") is None
    assert second.get("days", "d") == {"_id": "d", "n": 4}


def test_a_second_stage_knows_what_the_first_has_found() -> None:
    database: Any = Collections(days_v1=[{"_id": "a"}], people_v1=[{"_id": "p"}, {"_id": "q"}])
    made, other = documents(database), documents(database)

    def stages() -> Iterator[Touched]:
        yield {"days": ["a", "b"]}
        yield {"people": ["p"] if made.get("days", "b") is None and made.get("days", "a") else []}

    load(database, v1, [(made, stages()), (other, iter([{"days": ["c"]}]))])
    assert database.asked == [("days_v1", {"_id": {"$in": ["a", "b", "c"]}}), ("people_v1", {"_id": {"$in": ["p"]}})]
    assert made.get("people", "p")


def test_very_many_are_loaded_in_several_queries() -> None:
    database: Any = Collections()
    load(database, v1, [(documents(), iter([{"days": (str(number) for number in range(LOAD_AT_ONCE * 2 + 1))}]))])
    assert [len(query["_id"]["$in"]) for _, query in database.asked] == [LOAD_AT_ONCE, LOAD_AT_ONCE, 1]


def test_what_is_changed_in_memory_is_not_loaded_over() -> None:
    made = documents(database := Collections(days_v1=[{"_id": "a", "n": 1}]))
    load(database, v1, [(made, iter([{"days": ["a"]}]))])  # type: ignore[arg-type]
    day = made.get("days", "a")
    assert day is not None
    day["n"] = 5
    made.put("days", day)
    made.load_where("days", {"_id": {"$in": ["a"]}})
    assert made.get("days", "a") == {"_id": "a", "n": 5}


def test_a_document_is_written_once_whatever_happened_to_it() -> None:
    made = documents(database := Collections(days_v1=[{"_id": "old", "n": 1}]))
    load(database, v1, [(made, iter([{"days": ["old", "new"]}]))])  # type: ignore[arg-type]
    for n in range(3):
        made.put("days", {"_id": "old", "n": n})
        made.put("days", {"_id": "new", "n": n})
    assert dict(made.writes()) == {
        "days": [ReplaceOne({"_id": "old"}, {"_id": "old", "n": 2}), InsertOne({"_id": "new", "n": 2})]
    }
    assert made.changed("days").keys() == {"old", "new"}


def test_what_was_only_read_is_not_written() -> None:
    made = documents(database := Collections(days_v1=[{"_id": "a"}]))
    load(database, v1, [(made, iter([{"days": ["a"]}]))])  # type: ignore[arg-type]
    assert list(made.writes()) == []
