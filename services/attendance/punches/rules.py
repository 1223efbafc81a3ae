"""From an attendance line to a `PunchRecorded` fact, or to a line held for a person. Pure: the clock is an argument.

Sources: devices.md section 0 (dedupe key, direction), 1.3 (codes), 1.7 (clock and zone).
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from json import dumps
from typing import Literal, NamedTuple

from contracts.events.attendance import Direction, Flag, Method, PunchRecorded, Source
from kit.journal import Fact
from services.attendance.enrolments.rules import Holder, holder_at
from services.attendance.punches.instants import Instant, instant_of_line, utc_offset_seconds
from services.attendance.punches.lines import Attlog, PunchLine

Reason = Literal["malformed", "absurd_date", "unknown_pin"]

FUTURE_SECONDS = 600  # devices.md section 1.7, rule 3
LATE_SECONDS = 120  # more than this behind, in a batch that is not live, is a late arrival and never drift

DIRECTIONS: Mapping[str, Direction] = {
    "0": "in",
    "1": "out",
    "2": "break_out",
    "3": "break_in",
    "4": "overtime_in",
    "5": "overtime_out",
}
METHODS: Mapping[str, Method] = {
    "1": "finger",
    "2": "pin",
    "3": "password",
    "4": "card",
    "15": "face",
    "21": "vein",
    "25": "palm",
    **dict.fromkeys(map(str, (*range(5, 15), *range(16, 21), *range(22, 25), *range(26, 30))), "combined"),
}


class Origin(NamedTuple):
    """Where lines come from: the terminal as registered. `go_live` is the first local date that can be true."""

    serial: str
    site_id: str
    zone: str
    go_live: str


class Arrival(NamedTuple):
    """How lines came: when (aware), what way, live or as backlog, on a clock known to be off, in doubtful columns."""

    received: datetime
    source: Source
    live: bool = False
    drifting: bool = False
    ambiguous: bool = False


class HeldLine(NamedTuple):
    """A line that waits for a person. `pin` and `local_time` are empty when the line could not be read."""

    line: bytes
    reason: Reason
    problem: str
    pin: str = ""
    local_time: str = ""
    status: str = ""
    verify: str = ""
    offset: int | None = None


class Assessment(NamedTuple):
    """What became of a body.

    `days` are the local dates its lines speak of; `latest` the newest instant believed, `last` that of the last line,
    believed or not: the terminal's clock. `offset` is the UTC offset the terminal last stated, in seconds, None when
    it states none; `mismatched` says that it is not the site's.
    """

    facts: list[Fact]
    held: list[HeldLine]
    days: list[str]
    latest: Instant | None
    last: Instant | None
    offset: int | None
    mismatched: bool


def punch_id(serial: str, pin: str, local_time: str, status: str, verify: str) -> str:
    """The deterministic id of a punch: the same by push, re-send and file (dedupe key of devices.md section 0)."""
    return blake2b(f"{serial}\t{pin}\t{local_time}\t{status}\t{verify}".encode(), digest_size=16).hexdigest()


def ambiguous_punch_id(serial: str, pin: str, local_time: str) -> str:
    """The id where status and verify cannot be told apart (5-column files): two such lines of one second are one."""
    return blake2b(f"{serial}\t{pin}\t{local_time}".encode(), digest_size=16).hexdigest()


def assess(attlog: Attlog, origin: Origin, holders: Mapping[str, Holder], arrival: Arrival) -> Assessment:
    """Judge every line of a body. `holders` has the enrolment of each PIN that is known at this terminal."""
    received = int(arrival.received.timestamp())
    place = _place(origin, arrival.source)
    plain = arrival.live and not (arrival.drifting or arrival.ambiguous)
    facts: list[Fact] = []
    held = [HeldLine(bad.line, "malformed", bad.problem) for bad in attlog.malformed]
    days: set[str] = set()
    latest = last = None
    offset, mismatched = None, False
    for line in attlog.lines:
        try:
            last = at = instant_of_line(line.local_time, origin.zone, line.offset)
        except ValueError:
            held.append(_hold(line, "absurd_date", "di luar kalender"))
            continue
        days.add(at.local_date)
        if at.local_date < origin.go_live or at.epoch > received + FUTURE_SECONDS:
            held.append(_hold(line, "absurd_date", _absurd(at, origin.go_live)))
            continue
        entry = holders.get(line.pin)
        employee = entry if type(entry) is str else holder_at(entry, line.local_time)
        if employee is None:
            held.append(_hold(line, "unknown_pin", "PIN ini belum terdaftar di mesin"))
            continue
        flags = () if plain and line.offset is None else _flags(line, at, origin, arrival, received)
        if line.offset is not None:
            offset, mismatched = line.offset, "tz_mismatch" in flags
        facts.append(fact_of(line, at, employee, origin.serial, place, flags))
        if latest is None or at.epoch > latest.epoch:
            latest = at
    return Assessment(facts, held, sorted(days), latest, last, offset, mismatched)


def fact_of(line: PunchLine, at: Instant, employee: str, serial: str, place: str, flags: tuple[Flag, ...]) -> Fact:
    """The journal fact of one accepted punch. `place` is the JSON of everything that all lines of a body share.

    The JSON is written by hand, field by field in the order of `PunchRecorded`: a tenth of the cost of the model on
    the busiest path of the product; a property test holds it equal to `PunchRecorded(...).to_json()`.
    """
    pin, local_time, status, verify, _, _ = line
    if "ambiguous_columns" in flags:
        identity, status, verify = ambiguous_punch_id(serial, pin, local_time), "", ""
    else:
        identity = punch_id(serial, pin, local_time, status, verify)
    utc, local_date, _ = at
    data = (
        f'{{"punch_id":"{identity}","employee_id":{_quoted(employee)},"occurred_at":"{utc}",'
        f'"local_date":"{local_date}"{place}{_evidence(status, verify, flags)}}}'
    )
    return Fact(identity, PunchRecorded.TYPE, employee, utc, data.encode())


def _absurd(at: Instant, go_live: str) -> str:
    if at.local_date < go_live:
        return f"sebelum mesin mulai dipakai ({go_live})"
    return "lebih lambat dari saat diterima"


def _hold(line: PunchLine, reason: Reason, problem: str) -> HeldLine:
    text = line.line.encode("utf-8", "surrogatepass")
    return HeldLine(text, reason, problem, line.pin, line.local_time, line.status, line.verify, line.offset)


def _flags(line: PunchLine, at: Instant, origin: Origin, arrival: Arrival, received: int) -> tuple[Flag, ...]:
    late = not arrival.live and received - at.epoch > LATE_SECONDS
    flags: list[Flag] = []
    if line.offset is not None and line.offset != utc_offset_seconds(origin.zone, datetime.fromisoformat(at.utc)):
        flags.append("tz_mismatch")
    if arrival.drifting and arrival.live:
        flags.append("clock_drift")
    if late:
        flags.append("late_arrival")
    if arrival.ambiguous:
        flags.append("ambiguous_columns")
    return tuple(flags)


@lru_cache(maxsize=16_384)
def _quoted(text: str) -> str:
    return dumps(text, ensure_ascii=False)


@lru_cache(maxsize=16_384)
def _place(origin: Origin, source: Source) -> str:
    zone, site, serial = _quoted(origin.zone), _quoted(origin.site_id), _quoted(origin.serial)
    return f',"zone":{zone},"site_id":{site},"device_id":{serial},"source":"{source}"'


@lru_cache(maxsize=1_024)
def _evidence(status: str, verify: str, flags: tuple[Flag, ...]) -> str:
    listed = ",".join(f'"{flag}"' for flag in flags)
    direction, method = DIRECTIONS.get(status, "unknown"), METHODS.get(verify, "unknown")
    return f',"direction":"{direction}","method":"{method}","flags":[{listed}]'
