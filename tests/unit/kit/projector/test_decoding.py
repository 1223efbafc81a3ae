"""Bytes to validated data: what is good is kept in order, what is not is named, nothing is invented."""

import pytest
from prometheus_client import REGISTRY
from typing_extensions import TypedDict

from kit.projector.decoding import Decoded, Decoder
from tests.unit.kit.projector.records import Record, record

THING, OTHER = "id.test.thing.v1", "id.test.other.v1"


class Thing(TypedDict):
    """A small event."""

    n: int


class Other(TypedDict):
    """Another one."""

    text: str


class Nested(TypedDict):
    """An event with a list in it."""

    a: list[int]


def decode(*records: Record) -> Decoded:
    return Decoder({THING: Thing, OTHER: Other}).decode(records)


def skipped(reason: str) -> float:
    return REGISTRY.get_sample_value("projector_skipped_records_total", {"reason": reason}) or 0.0


def test_runs_of_several_types_keep_the_order_of_the_log() -> None:
    rows = [record(THING, {"n": 1}), record(THING, {"n": 2}), record(OTHER, {"text": "x"}), record(THING, {"n": 3})]
    out = decode(*rows)
    assert out.kinds == [THING, THING, OTHER, THING]
    assert out.events == [{"n": 1}, {"n": 2}, {"text": "x"}, {"n": 3}]
    assert out.records == rows
    assert out.poison == []


@pytest.mark.parametrize(
    "value", [b"", b"{", b"\xff\xfe", b"null", b"[]", b'{"n":"many"}', b"{}", b'{"n":1}{"n":2}'], ids=repr
)
def test_poison_inside_a_run_costs_only_itself(value: bytes) -> None:
    bad = record(THING, value, offset=1)
    out = decode(record(THING, {"n": 0}), bad, record(THING, {"n": 2}, offset=2))
    assert out.events == [{"n": 0}, {"n": 2}]
    assert [row.offset for row in out.records] == [0, 2]
    assert [row for row, _ in out.poison] == [bad]


def test_a_record_that_holds_two_events_is_one_poison_record() -> None:
    out = decode(record(THING, b'{"n":1},{"n":2}'))
    assert out.events == []
    assert len(out.poison) == 1


def test_halves_that_would_join_to_valid_json_are_each_poison() -> None:
    # Joined by commas into one array these three are three events, none of which anybody sent.
    rows = [record(THING, b'{"a":[1'), record(THING, b"2]}"), record(THING, b'{"a":[3]},{"a":[4]}')]
    out = Decoder({THING: Nested}).decode(rows)
    assert out.events == []
    assert [row for row, _ in out.poison] == rows


def test_the_reason_says_where_and_never_repeats_the_input() -> None:
    out = decode(record(THING, {"n": "Budi 198503152010011002"}))
    reason = out.poison[0][1]
    assert reason.startswith("n: ")
    assert "1985" not in reason


def test_an_unknown_type_is_skipped_and_counted_not_refused() -> None:
    before = skipped("type")
    out = decode(record("id.test.thing.v2", {"n": 1}), record(THING, {"n": 2}), record("id.test.thing.v2", b"junk"))
    assert out.events == [{"n": 2}]
    assert out.poison == []
    assert skipped("type") - before == 2


def test_a_tombstone_is_skipped_and_counted() -> None:
    before = skipped("tombstone")
    out = decode(record(THING, {"n": 1}), record(THING, None, offset=1), record(THING, {"n": 2}, offset=2))
    assert [row.offset for row in out.records] == [0, 2]
    assert out.poison == []
    assert skipped("tombstone") - before == 1


@pytest.mark.parametrize("headers", [(), (("content-type", b"application/json"),), (("ce_type", None),)], ids=repr)
def test_a_record_without_a_type_is_poison(headers: tuple[tuple[str, bytes | None], ...]) -> None:
    bare = record(None, {"n": 1}, before=headers)
    out = decode(record(THING, {"n": 0}), bare)
    assert out.events == [{"n": 0}]
    assert out.poison == [(bare, "header ce_type is missing")]


def test_the_type_is_found_behind_other_headers_too() -> None:
    odd = record(THING, {"n": 2}, before=(("traceparent", b"00-x"), ("ce_id", b"7")))
    twice = record(THING, {"n": 3}, before=(("ce_id", b"8"),))
    out = decode(record(THING, {"n": 1}), odd, twice, record(THING, {"n": 4}))
    assert [event["n"] for event in out.events] == [1, 2, 3, 4]


def test_a_type_that_is_no_text_is_an_unknown_type() -> None:
    before = skipped("type")
    assert decode(record(None, {"n": 1}, before=(("ce_type", b"\xff\xfe"),))).poison == []
    assert skipped("type") - before == 1
