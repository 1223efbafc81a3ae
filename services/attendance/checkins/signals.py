"""What a check-in looks like beside those before it: signs that a position was made up. Pure.

Thresholds stand beside each sign; none of them is a verdict. Flights between islands are ordinary journeys here.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from services.attendance.checkins.models import Doubt
from services.attendance.checkins.places import metres

LOOK_BACK = 10
REPEATED = 3  # earlier days with the same position to the sixth decimal: a real receiver never gives that
CONSTANT = 5
CELL_METRES = 1_600  # two cells' centres can be this far apart although the phone has hardly moved
FLIGHT_METRES, ROAD_KMH, FLIGHT_KMH = 100_000, 200, 1_000
BOOT_SECONDS = 120


class Trace(NamedTuple):
    """What is kept of a check-in to compare later ones with. `mark` is a keyed digest of the exact position."""

    at: datetime
    day: str
    install: str
    boot: str
    booted: float
    mark: str | None = None
    cell: tuple[float, float] | None = None
    accuracy: float | None = None


def signals(now: Trace, before: Sequence[Trace]) -> list[Doubt]:
    """Everything to be said about `now` beside the last check-ins of the same employee, newest first."""
    doubts = [_travel(now, before), _repeated(now, before), _constant(now, before), _boot(now, before)]
    return [doubt for doubt in doubts if doubt is not None]


def _travel(now: Trace, before: Sequence[Trace]) -> Doubt | None:
    last = next((one for one in before if one.cell is not None), None)
    if last is None or last.cell is None or now.cell is None:
        return None
    way = metres(*last.cell, *now.cell) - CELL_METRES
    hours = abs((now.at - last.at).total_seconds()) / 3600
    limit = ROAD_KMH if way < FLIGHT_METRES else FLIGHT_KMH
    if way <= 0 or way / 1000 <= limit * hours:
        return None
    detail = f"Berjarak {round(way / 1000)} km dari presensi sebelumnya, {round(hours * 60)} menit berselang."
    return Doubt(code="impossible_travel", grade="strong", detail=detail, amount=round(way / 1000))


def _repeated(now: Trace, before: Sequence[Trace]) -> Doubt | None:
    days = {one.day for one in before if one.mark is not None and one.mark == now.mark} - {now.day}
    if now.mark is None or len(days) < REPEATED:
        return None
    detail = f"Koordinatnya sama persis dengan presensi pada {len(days)} hari lain."
    return Doubt(code="repeated_coordinates", grade="doubt", detail=detail, amount=len(days))


def _constant(now: Trace, before: Sequence[Trace]) -> Doubt | None:
    same = [one for one in before[:CONSTANT] if one.accuracy is not None and one.accuracy == now.accuracy]
    if now.accuracy is None or len(same) < CONSTANT:
        return None
    detail = f"Ketelitian lokasinya selalu sama (±{now.accuracy:g} m) pada {len(same) + 1} presensi berturut-turut."
    return Doubt(code="constant_accuracy", grade="note", detail=detail, amount=len(same) + 1)


def _boot(now: Trace, before: Sequence[Trace]) -> Doubt | None:
    """Within one start of the phone, the start was at one moment, whatever the wall clock said."""
    same = next((one for one in before if (one.install, one.boot) == (now.install, now.boot)), None)
    if same is None or abs(same.booted - now.booted) <= BOOT_SECONDS:
        return None
    seconds = round(abs(same.booted - now.booted))
    detail = "Jam dalam ponsel tidak cocok dengan presensi lain sejak ponsel dinyalakan."
    return Doubt(code="clock_mismatch", grade="doubt", detail=detail, amount=seconds)
