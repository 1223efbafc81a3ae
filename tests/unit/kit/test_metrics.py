"""The catalogue of metrics: named by the rules, described, bounded, and really measured."""

import ast
import re
from pathlib import Path

import pytest
from prometheus_client import REGISTRY, Counter, Gauge, Histogram, generate_latest

from kit import metrics
from kit.metrics import CATALOGUE, Described

SOURCES = Path(__file__).parents[3]
CONSTANTS = {name: value for name, value in vars(metrics).items() if isinstance(value, Counter | Gauge | Histogram)}

# Labels whose values grow with people, terminals or requests: each value is a time series for ever.
UNBOUNDED = {"id", "employee", "employee_id", "device", "device_id", "serial", "unit", "unit_id", "path", "url", "user",
             "key", "offset", "client", "trace_id"}  # fmt: skip


every_metric = pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.name)


def test_every_metric_is_in_the_catalogue_once() -> None:
    names = [one.name for one in CATALOGUE]
    assert len(names) == len(set(names)) == len(CONSTANTS)


@every_metric
def test_a_metric_is_exposed_under_the_name_it_is_described_by(one: Described) -> None:
    assert f"# HELP {one.name} " in generate_latest(REGISTRY).decode()


@every_metric
def test_a_metric_says_what_it_means_and_in_which_unit(one: Described) -> None:
    assert one.meaning.endswith(".")
    assert one.unit
    assert (one.kind == "counter") == one.name.endswith("_total")
    if one.unit == "s":
        assert re.search(r"_seconds(_total)?$", one.name), "the unit is in the name (Prometheus naming)"
    for label in one.labels:
        assert re.fullmatch(r"[a-z_]+", label)


@every_metric
def test_no_label_grows_without_bound(one: Described) -> None:
    assert not set(one.labels) & UNBOUNDED


@every_metric
def test_partitions_are_on_gauges_only_so_that_they_can_go_away(one: Described) -> None:
    assert "partition" not in one.labels or one.kind == "gauge"


@every_metric
def test_buckets_grow_and_say_why(one: Described) -> None:
    assert (one.kind == "histogram") == bool(one.buckets)
    assert list(one.buckets) == sorted(set(one.buckets))
    assert bool(one.why) == bool(one.buckets)


def test_what_is_described_is_measured() -> None:
    used = {
        node.attr
        for folder in ("kit", "services")
        for path in (SOURCES / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "metrics"
    }
    assert used & CONSTANTS.keys(), "nothing is measured: this test looks in the wrong place"
    assert CONSTANTS.keys() - used == set()
