"""When a drain was how far, and whether its memory was flat."""

from typing import Any

import pytest

from bench.year.drain import folded
from bench.year.marks import Folded, memory_of, reached_at
from bench.year.workload import rows


def seen(*looks: tuple[float, int]) -> Folded:
    found = Folded()
    for at, records in looks:
        found.note(at, records)
    return found


@pytest.mark.parametrize(("records", "at"), [(0, 1.0), (50, 1.5), (100, 2.0), (250, 3.5), (400, 5.0)])
def test_a_mark_lies_between_the_looks_beside_it(records: int, at: float) -> None:
    assert reached_at(seen((1.0, 0), (2.0, 100), (3.0, 200), (5.0, 400)), records) == pytest.approx(at)


def test_a_mark_that_was_never_reached_is_an_error() -> None:
    with pytest.raises(ValueError, match="never"):
        reached_at(seen((1.0, 5)), 6)


@pytest.mark.parametrize(("last", "growth"), [(110.0, 0.0), (121.0, 10.0)])
def test_memory_grows_from_the_second_quarter_on(last: float, growth: float) -> None:
    samples = [
        (float(at), weight) for at, weight in enumerate([60, 80, 100, 100, 110, 110, 115, 115, last, last, last])
    ]
    found = memory_of(samples, 1.0, [3.5, 5.5, 7.5, 10.0])
    assert found["growth_percent"] == pytest.approx(growth)
    assert (found["start_mb"], found["by_quarter_mb"][3], found["most_mb"]) == (80, last, max(115, last))


def test_too_few_samples_say_nothing_of_growth() -> None:
    assert memory_of([(0.0, 90.0)], 0.0, [1.0, 2.0, 3.0, 4.0])["growth_percent"] is None


def test_what_is_folded_is_added_up_over_partitions() -> None:
    def at(**offsets: int) -> dict[str, Any]:
        return {"next": [{"topic": topic, "offset": offset} for topic, offset in offsets.items()]}

    class Rows:
        def find(self, query: Any, _: Any) -> list[dict[str, Any]]:
            return [at(punches=3, notes=1), at(punches=4)] if query == {"view": "presence_v7"} else []

    db: Any = {"checkpoints": Rows()}
    assert folded(db, "_v7") == {"punches": 7, "notes": 1}


@pytest.mark.parametrize(("growth", "differing", "held"), [(4.0, [], True), (6.0, ["days/x"], False), (None, [], True)])
def test_a_drain_holds_when_memory_is_flat_and_nothing_differs(
    growth: float | None, differing: list[str], held: bool
) -> None:
    one = {
        "count": 1,
        "events": 10,
        "by_topic": {"punches": 10},
        "seconds": 1.0,
        "events_per_second": 10,
        "by_quarter": [10, 10, 10, 10],
        "memory": {"p": {"start_mb": 1, "by_quarter_mb": [1, 1, 1, 1], "most_mb": 1, "growth_percent": growth}},
        "processes": {"p": {"cpu_percent": 1}},
        "documents": 5,
        "differing": differing,
    }
    loaded = {"events": 10, "seconds": 1.0}
    found = rows({"days": 1, "people": 1, "loaded": loaded, "database_cache_gb": 1.0, "passes": [one]})
    told = {row.what: row.held for row in found}
    assert told["1 process: memory of p"] is (None if growth is None else held)
    assert told["1 process: against the view in use"] is held
