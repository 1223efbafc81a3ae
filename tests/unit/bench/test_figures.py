"""Figures: percentiles that were seen, medians over paired runs, growth after the warm-up, the published page."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import machine, results
from bench.__main__ import WORKLOADS
from bench.measure import Times, medians
from bench.processes import Sampler
from bench.projector.view import compare
from bench.workload import Result, Row, Workload


def times(*values: float) -> Times:
    found = Times()
    for value in values:
        found.add(value)
    return found


def test_percentiles_are_observations() -> None:
    hundred = times(*(number / 1000 for number in range(100, 0, -1)))
    summary = hundred.summary()
    assert (summary["p50_ms"], summary["p90_ms"], summary["p99_ms"], summary["max_ms"]) == (50, 90, 99, 100)
    assert hundred.since(99).summary()["count"] == 1


@given(st.lists(st.floats(0, 10), min_size=1), st.floats(0, 1))
def test_a_percentile_is_never_invented(values: list[float], share: float) -> None:
    assert times(*values).percentile(share) in {round(value * 1000, 2) for value in values}


def test_progress_looks_at_the_newest_only() -> None:
    assert times(9.0, 9.0, 0.001, 0.002).percentile(0.99, last=2) == 2


def test_nothing_observed_is_said_so() -> None:
    assert Times().summary() == {"count": 0}
    assert Times().percentile(0.99) == 0.0


def test_medians_go_through_nested_figures() -> None:
    runs = [{"rate": rate, "name": "x", "answers": {"p99_ms": rate * 2}} for rate in (3.0, 1.0, 2.0)]
    assert medians(runs) == {"rate": 2.0, "name": "x", "answers": {"p99_ms": 4.0}}
    assert medians([]) == {}


@pytest.mark.parametrize(
    ("weights", "growth"), [([300, 100, 100, 100, 100, 100], 0), ([50, 100, 110, 120, 130, 140], 40)]
)
def test_growth_begins_after_the_warm_up(weights: list[float], growth: float) -> None:
    sampler = Sampler({}, warm_up=1.0)
    sampler.memory["one"] = [(float(second), weight) for second, weight in enumerate(weights)]
    sampler._cpu["one"] = (0.0, 0.0)
    assert sampler._one("one")["growth_percent"] == growth


def test_this_process_weighs_something() -> None:
    with Sampler({"me": os.getpid()}, every=0.01) as sampler:
        sum(range(100_000))
    assert sampler.summary()["me"]["rss_mb_most"] > 1


class View(dict[str, Any]):
    """A database of one collection."""

    def __missing__(self, name: str) -> "View":
        return self

    def find(self, *_: Any) -> list[dict[str, Any]]:
        return [
            {"_id": "a|1", "punches": [{"id": "1"}, {"id": "2"}, {"id": "2"}]},
            {"_id": "c|1", "punches": [{"id": "9"}]},
        ]


def test_a_view_is_compared_punch_by_punch() -> None:
    wanted = {"a|1": {"1", "2", "3"}, "b|1": {"4"}}
    found = compare(View(), "days", wanted)  # type: ignore[arg-type]
    assert found == {"lost": 2, "double": 1, "unknown": 1, "employee_days": 2}


FAKE = Workload(
    "fake", "A title", lambda _: {}, lambda result: [Row("rate", f"{result['rate']}/s", "≥ 5/s", result["rate"] >= 5)]
)


@pytest.mark.parametrize(("rate", "mark"), [(7, "held"), (3, "**missed**")])
def test_the_page_shows_the_newest_result_and_whether_the_goal_was_held(tmp_path: Path, rate: int, mark: str) -> None:
    for day, value in ((1, 100), (2, rate)):
        now = datetime(2026, 11, day, 3, tzinfo=UTC)
        results.write(FAKE, "python -m bench fake", {"rate": value}, folder=tmp_path, now=now)
    page = results.page({"fake": FAKE}, tmp_path).read_text()
    assert f"| rate | {rate}/s | ≥ 5/s | {mark} |" in page
    assert "`python -m bench fake`, 2026-11-02" in page


def test_a_variant_stands_beside_the_plain_result(tmp_path: Path) -> None:
    for day, variant, value in ((1, "", 1), (1, "rate-9", 9), (2, "", 2)):
        now = datetime(2026, 11, day, tzinfo=UTC)
        results.write(FAKE, "x", {"rate": value}, variant=variant, folder=tmp_path, now=now)
    page = results.page({"fake": FAKE}, tmp_path).read_text()
    assert [page.count(f"| {value}/s |") for value in (1, 2, 9)] == [0, 1, 1], page


def test_a_result_names_machine_and_versions_but_no_place_of_it(tmp_path: Path) -> None:
    path = results.write(FAKE, "x", {}, folder=tmp_path, now=datetime(2026, 11, 1, tzinfo=UTC))
    kept = json.loads(path.read_text())
    assert kept["machine"]["kafka"].startswith("4.")
    assert kept["machine"]["mongod"]
    assert {"aiokafka", "motor", "pydantic"} <= kept["machine"]["libraries"].keys()
    assert str(Path.home()) not in path.read_text()
    assert "kafka_2" not in machine.line(kept["machine"])


def test_every_workload_is_published_under_its_name() -> None:
    assert list(WORKLOADS) == [
        "surge",
        "intake",
        "receipts",
        "days",
        "projector",
        "history",
        "cards",
        "reports",
        "entries",
        "mixed",
        "year",
        "startup",
        "pages",
    ]
    empty: Result = {}
    for workload in WORKLOADS.values():
        with pytest.raises(KeyError):
            workload.rows(empty)
