"""Whatever arrives: no crash, no lost line, one identity per punch."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.events.attendance import PunchRecorded
from services.attendance.commands.results import read_results
from services.attendance.devices.privacy import scrub
from services.attendance.devices.tables import count_lines, operations, read_options
from services.attendance.devices.target import read_target
from services.attendance.imports.layouts import PRESETS, detect, read_lines
from services.attendance.punches.intake import split
from services.attendance.punches.lines import read_attlog
from services.attendance.punches.rules import Arrival, Origin, assess

ORIGIN = Origin("KNJ1", "site-1", "Asia/Makassar", "2015-01-02")
NOW = datetime(2026, 3, 2, tzinfo=UTC)

times = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.strftime("%Y-%m-%d %H:%M:%S"))  # noqa: DTZ001
pins = st.text("0123456789AZaz", min_size=1, max_size=24)
codes = st.integers(0, 255).map(str)
fields = st.one_of(times, pins, codes, st.text(max_size=12), st.just(""))
almost = st.lists(fields, min_size=1, max_size=12).map("\t".join)
real = st.tuples(pins, times, codes, codes).map("\t".join)
texts = st.lists(st.one_of(almost, real, st.just("")), max_size=12).map("\n".join).map(lambda text: text.encode())
bodies = st.one_of(st.binary(max_size=400), texts, texts.map(lambda body: body + b"\xff\xc4\xe3"))


@given(bodies)
def test_no_line_is_lost(body: bytes) -> None:
    assert read_attlog(body).total == count_lines(body)


@given(bodies, st.booleans(), st.booleans())
def test_every_line_is_a_fact_or_held(body: bytes, live: bool, ambiguous: bool) -> None:
    attlog = read_attlog(body)
    holders = {line.pin: f"emp-{line.pin}" for line in attlog.lines[::2]}
    found = assess(attlog, ORIGIN, holders, Arrival(NOW, "terminal", live=live, ambiguous=ambiguous))
    assert len(found.facts) + len(found.held) == attlog.total
    for fact in found.facts:
        event = PunchRecorded.model_validate_json(fact.data)
        assert fact.data == event.to_json()
        assert (fact.id, fact.key) == (event.punch_id, event.employee_id)
        assert event.local_date.isoformat() in found.days


@given(texts, st.randoms())
def test_the_id_depends_on_the_punch_alone(body: bytes, random: object) -> None:
    attlog = read_attlog(body)
    holders = {line.pin: "emp" for line in attlog.lines}
    first = assess(attlog, ORIGIN, holders, Arrival(NOW, "terminal", live=True))
    later = assess(attlog, ORIGIN, holders, Arrival(NOW + timedelta(hours=9), "file"))
    assert [fact.id for fact in first.facts] == [fact.id for fact in later.facts]


@given(st.lists(real, min_size=2, max_size=12, unique=True))
def test_different_punches_have_different_ids(rows: list[str]) -> None:
    attlog = read_attlog("\n".join(rows).encode())
    holders = {line.pin: "emp" for line in attlog.lines}
    found = assess(attlog, ORIGIN, holders, Arrival(datetime(2101, 1, 1, tzinfo=UTC), "terminal"))
    assert len({fact.id for fact in found.facts}) == len(
        {line[:4] for line in attlog.lines if line.local_time >= "2015-01-02"}
    )


@given(bodies)
def test_files_lose_no_line_either(content: bytes) -> None:
    detect(content.decode("latin-1").split("\n"))
    for layout in PRESETS.values():
        found, _ = read_lines(content, layout)
        assert found.total == count_lines(content.replace(b"\xef\xbb\xbf", b""))


@given(st.binary(max_size=600))
def test_parts_are_the_body(body: bytes) -> None:
    assert b"".join(split(body)) == body


@given(st.binary(max_size=300))
def test_nothing_a_terminal_sends_can_raise(body: bytes) -> None:
    scrubbed = scrub(body)
    assert scrub(scrubbed) == scrubbed
    count_lines(body), operations(body), read_options(body), read_results(body)
    read_target(body.decode("latin-1"), body)
