"""The script of a morning: which terminal prints what and when, with everything that happens to terminals. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from bench.morning.arrival import END, START, Arrival, arrival
from bench.morning.city import CityTerminal
from bench.morning.clock import Wall, shown
from bench.terminals.wire import ENTER, FACE, FINGER, UNDEFINED, face_line, finger_line
from services.attendance.punches.rules import punch_id

FACE_SHARE = 0.45
LOST_ACKNOWLEDGEMENTS = 4
BACKLOG_MINUTES = 900
BACK_ONLINE = 8 * 60 + 27  # minutes of the day: when the terminal that was offline is heard again
LEFT_YESTERDAY = 25
STRANGER = "ASING0000001"
UNKNOWN_PIN = "990000001"


class Step(NamedTuple):
    """`seconds` since midnight of the simulated morning; `day` is the date that is printed; `identity` the punch's id,
    empty for what must be held; `first` names the person who is seen for the first time."""

    seconds: int
    serial: str
    line: bytes
    day: str
    identity: str = ""
    first: str = ""


@dataclass(slots=True)
class Script:
    """What will be sent. `accepted` are the ids that must become punches, with their terminal; held lines are not among
    them. The terminal `offline` is heard again at BACK_ONLINE; each of `deaf` loses one acknowledgement."""

    steps: list[Step] = field(default_factory=list)
    accepted: dict[str, str] = field(default_factory=dict)
    people: int = 0
    late: int = 0
    doubles: int = 0
    held: int = 0
    offline: str = ""
    deaf: frozenset[str] = frozenset()
    strangers: list[Step] = field(default_factory=list)


def write(terminals: Sequence[CityTerminal], walls: Mapping[str, Wall], chance: Random) -> Script:
    """`walls` has the clock of each zone. The same arguments give the same script."""
    script = Script()
    faces = {terminal.serial for terminal in terminals if chance.random() < FACE_SHARE}
    offline = max(terminals, key=lambda terminal: len(terminal.pins))
    script.offline = offline.serial
    for terminal, pin, employee, came in _arrivals(terminals, chance):
        wall = walls[terminal.zone]
        script.people += 1
        script.late += came.late
        script.doubles += came.again is not None
        for seconds in (came.seconds, *((came.seconds + came.again,) if came.again else ())):
            first = employee if seconds == came.seconds else ""
            _punch(script, terminal.serial in faces, terminal.serial, pin, wall(seconds), seconds, first)
    _incidents(script, terminals, walls, chance)
    _yesterday(script, offline, walls[offline.zone], offline.serial in faces, chance)
    script.steps.sort(key=lambda step: (step.seconds, step.serial))
    return script


def _arrivals(terminals: Sequence[CityTerminal], chance: Random) -> list[tuple[CityTerminal, str, str, Arrival]]:
    """Everybody once, at one of the terminals that know them."""
    known: dict[str, list[tuple[CityTerminal, str]]] = defaultdict(list)
    for terminal in terminals:
        for pin, employee in terminal.pins:
            known[employee].append((terminal, pin))
    found = []
    for employee in sorted(known):
        terminal, pin = chance.choice(known[employee])
        came = arrival(chance)
        if came is not None:
            found.append((terminal, pin, employee, came))
    return found


def _punch(script: Script, face: bool, serial: str, pin: str, at: datetime, seconds: int, first: str = "") -> None:
    text = shown(at)
    line = face_line(pin, text) if face else finger_line(pin, text)
    status, verify = (UNDEFINED, FACE) if face else (ENTER, FINGER)
    identity = punch_id(serial, pin, text, str(status), str(verify))
    script.accepted[identity] = serial
    script.steps.append(Step(seconds, serial, line, text[:10], identity, first))


def _incidents(script: Script, terminals: Sequence[CityTerminal], walls: Mapping[str, Wall], chance: Random) -> None:
    """An unknown PIN, a cut line, a terminal nobody has approved, acknowledgements that get lost."""
    usual = [terminal for terminal in terminals if terminal.serial != script.offline] or list(terminals)
    one, other = chance.sample(usual, 2) if len(usual) > 1 else (usual * 2)[:2]
    at = 7 * 3600 + 12 * 60
    text = shown(walls[one.zone](at))
    script.steps.append(Step(at, one.serial, finger_line(UNKNOWN_PIN, text), text[:10]))
    at += 180
    text = shown(walls[other.zone](at))
    script.steps.append(Step(at, other.serial, f"1004\t{text}\n".encode(), text[:10]))
    script.held = 2
    for number in range(5):
        at = 7 * 3600 + 20 * 60 + 45 * number
        text = shown(walls[usual[0].zone](at))
        script.strangers.append(Step(at, STRANGER, finger_line(str(700 + number), text), text[:10]))
    busy = sorted(usual, key=lambda terminal: (-len(terminal.pins), terminal.serial))[: 3 * LOST_ACKNOWLEDGEMENTS]
    script.deaf = frozenset(t.serial for t in chance.sample(busy, min(LOST_ACKNOWLEDGEMENTS, len(busy))))


def _yesterday(script: Script, offline: CityTerminal, wall: Wall, face: bool, chance: Random) -> None:
    """The terminal that was offline holds what people did since it was last heard: their leaving, the day before."""
    lost_contact = wall(BACK_ONLINE * 60) - timedelta(minutes=BACKLOG_MINUTES)
    for pin, _ in offline.pins[:LEFT_YESTERDAY]:
        at = lost_contact + timedelta(seconds=chance.randrange(2 * 3600))
        _punch(script, face, offline.serial, pin, at, START * 60)


def duration() -> int:
    """Simulated seconds of the whole morning."""
    return (END - START) * 60
