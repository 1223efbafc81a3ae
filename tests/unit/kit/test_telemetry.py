"""Trace context by hand: what is sampled, what is followed, what is linked, and that it never costs when it is off."""

import json
from timeit import repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from kit import telemetry
from kit.telemetry import current_ids, current_traceparent, entry, extract, link_from, span
from tests.unit.kit.spans import recorded

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
SPAN = "00f067aa0ba902b7"
SAMPLED = f"00-{TRACE}-{SPAN}-01"
UNSAMPLED = f"00-{TRACE}-{SPAN}-00"


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


def names(exporter: InMemorySpanExporter) -> list[str]:
    return [one.name for one in exporter.get_finished_spans()]


def test_nothing_is_recorded_without_a_collector(exporter: InMemorySpanExporter) -> None:
    telemetry.configure("test", None)
    with span("a"), entry("b"):
        assert current_traceparent() == ""


def test_outside_of_any_trace_there_are_no_ids() -> None:
    assert current_ids() == ("", "")
    assert current_traceparent() == ""


def test_a_child_belongs_to_the_span_around_it(exporter: InMemorySpanExporter) -> None:
    with recorded(exporter), span("outer") as outer, span("inner", SpanKind.PRODUCER, attributes={"n": 1}):
        header = current_traceparent()
    inner = exporter.get_finished_spans()[0]
    assert inner.parent is not None
    assert inner.parent.span_id == outer.get_span_context().span_id
    assert inner.kind is SpanKind.PRODUCER
    assert inner.attributes == {"n": 1}
    assert header == f"00-{inner.context.trace_id:032x}-{inner.context.span_id:016x}-01"


def test_the_context_ends_with_the_block(exporter: InMemorySpanExporter) -> None:
    with recorded(exporter):
        with span("a"):
            pass
        assert current_ids() == ("", "")


def test_who_starts_a_trace_decides_for_everybody_behind(exporter: InMemorySpanExporter) -> None:
    with recorded(exporter, ratio=0.0), entry("request"):
        telemetry.configure("test", None, ratio=1.0, exporter=exporter)
        with span("inside"):
            assert current_traceparent() == ""
    assert names(exporter) == []


@pytest.mark.parametrize(("header", "expected"), [(SAMPLED, ["process"]), (UNSAMPLED, [])])
@pytest.mark.parametrize("ratio", [0.0, 1.0])
def test_a_remote_parent_decides_whatever_our_ratio(
    exporter: InMemorySpanExporter, header: str, expected: list[str], ratio: float
) -> None:
    with recorded(exporter, ratio), span("process", parent=extract(header)):
        assert current_ids()[0] == TRACE
        with span("below"):
            pass
    assert names(exporter)[-1:] == expected
    assert len(names(exporter)) == 2 * len(expected)


def test_about_the_configured_share_of_new_traces_is_recorded(exporter: InMemorySpanExporter) -> None:
    with recorded(exporter, ratio=0.25):
        for _ in range(4000):
            with span("root"):
                pass
    assert 800 <= len(names(exporter)) <= 1200  # 1000 expected, seven standard deviations of 27 to each side


def test_a_batch_is_a_trace_of_its_own_that_links_to_those_in_it(exporter: InMemorySpanExporter) -> None:
    with recorded(exporter, ratio=0.0):
        links = [link_from(header) for header in (SAMPLED, UNSAMPLED, "", "nonsense")]
        with span("process attendance.punches", SpanKind.CONSUMER, links=links):
            assert current_ids()[0] != TRACE
    [batch] = exporter.get_finished_spans()
    assert batch.parent is None
    assert [f"{link.context.trace_id:032x}" for link in batch.links] == [TRACE]


def test_a_batch_without_a_sampled_record_is_sampled_by_the_ratio(exporter: InMemorySpanExporter) -> None:
    with recorded(exporter, ratio=0.0), span("process", links=[link_from(UNSAMPLED)]):
        pass
    assert names(exporter) == []


def test_a_huge_batch_keeps_a_bounded_number_of_links_and_looks_no_further(exporter: InMemorySpanExporter) -> None:
    headers = iter([SAMPLED] * 5000)
    with recorded(exporter), span("process", links=map(link_from, headers)):
        pass
    assert len(exporter.get_finished_spans()[0].links) == 128
    assert len(list(headers)) == 5000 - 128


def test_an_error_is_named_but_not_quoted_and_goes_on(exporter: InMemorySpanExporter) -> None:
    with recorded(exporter), pytest.raises(ValueError, match="Siti"), span("fold"):
        raise ValueError("Siti Contoh, 199003152015031999")
    [failed] = exporter.get_finished_spans()
    assert failed.status.status_code is StatusCode.ERROR
    assert failed.attributes == {"error.type": "ValueError"}
    assert "Siti" not in failed.to_json()


def test_an_entry_always_has_an_id_and_continues_a_valid_one() -> None:
    telemetry.shutdown()
    with entry("GET"):
        fresh = current_ids()
    with entry("GET", traceparent=SAMPLED):
        assert current_ids() == (TRACE, SPAN)
        assert current_traceparent() == SAMPLED, "a hop that records nothing passes the header on"
    assert len(fresh[0]) == 32
    assert fresh != ("", "")
    with entry("GET", traceparent="nonsense"):
        assert current_ids()[0] not in ("", TRACE, fresh[0])


def test_an_entry_below_another_one_is_a_trace_of_its_own(exporter: InMemorySpanExporter) -> None:
    with recorded(exporter), entry("first"):
        outer = current_ids()[0]
        with entry("second"):
            assert current_ids()[0] != outer
    assert all(one.parent is None for one in exporter.get_finished_spans())


@pytest.mark.parametrize(
    "header",
    [
        "",
        "00",
        f"00-{TRACE}-{SPAN}",
        f"00-{TRACE}-{SPAN}-1",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01-extra",
        f" 00-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01\n",
        f"00-{TRACE[:-1]}g-{SPAN}-01",
    ],
)
def test_a_malformed_header_is_no_context(header: str) -> None:
    # W3C Trace Context section 3.2: ids of zeros, version ff and upper case are invalid.
    assert extract(header) is None
    assert link_from(header) is None


@pytest.mark.parametrize("header", [f"01-{TRACE}-{SPAN}-01", f"cc-{TRACE}-{SPAN}-01-what-the-future-holds"])
def test_a_later_version_is_read_as_far_as_it_is_known(header: str) -> None:
    assert link_from(header) is not None


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=80))
def test_no_header_crashes_a_reader(header: str) -> None:
    with entry("GET", traceparent=header):
        assert len(current_ids()[0]) == 32
    link_from(header)


def test_resources_name_the_service(exporter: InMemorySpanExporter) -> None:
    telemetry.configure("reporting", None, ratio=1.0, exporter=exporter, version="1.2")
    with span("a"):
        pass
    telemetry.shutdown()
    attributes = json.loads(exporter.get_finished_spans()[0].to_json())["resource"]["attributes"]
    assert (attributes["service.name"], attributes["service.version"]) == ("reporting", "1.2")


def test_paths_that_are_not_sampled_make_few_calls(exporter: InMemorySpanExporter) -> None:
    """Not a timed test: a path that is not sampled is compared with one that is, by a wide margin."""

    def one() -> None:
        with span("a"):
            pass

    with recorded(exporter, ratio=0.0), entry("request"):
        unsampled = min(repeat(one, number=300, repeat=5))
    with recorded(exporter, ratio=1.0):
        sampled = min(repeat(one, number=300, repeat=5))
    assert unsampled * 3 < sampled
