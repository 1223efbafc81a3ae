"""Three clocks: the phone's wall clock neither helps nor hurts (devices.md section 5). Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.attendance.checkins.models import CheckIn, Doubt

SKEW = timedelta(seconds=120)
LATE = timedelta(seconds=120)


@dataclass(frozen=True, slots=True)
class Moment:
    """When it was, how long it waited on the phone, and what is to be said of it."""

    at: datetime
    waited: timedelta
    doubts: tuple[Doubt, ...]


def moment_of(sent: CheckIn, received: datetime) -> Moment:
    """The server's clock less what the phone's monotonic clock has counted since; only after a restart in between is
    the wall clock all there is, and then a person decides."""
    wall = sent.captured_at.astimezone(received.tzinfo)
    if sent.queued and sent.elapsed_since_capture_ms is None:
        at = min(wall, received)
        restarted = Doubt(
            code="unverifiable_time",
            grade="doubt",
            detail="Aplikasi dimulai ulang sebelum presensi ini terkirim, sehingga hanya jam ponsel yang diketahui.",
        )
        doubts = [restarted]
        if wall - received > SKEW:
            doubts.append(_skew(wall - received))
    else:
        at = received - timedelta(milliseconds=sent.elapsed_since_capture_ms or 0)
        doubts = [_skew(wall - at)] if abs(wall - at) > SKEW else []
    waited = received - at
    if waited > LATE:
        doubts.append(_late(waited))
    return Moment(at, waited, tuple(doubts))


def _skew(by: timedelta) -> Doubt:
    seconds = round(by.total_seconds())
    way = "lebih cepat" if seconds > 0 else "lebih lambat"
    detail = f"Jam ponsel {way} {_length(abs(seconds))}; yang dipakai adalah waktu server."
    return Doubt(code="clock_skew", grade="note", detail=detail, amount=seconds)


def _late(waited: timedelta) -> Doubt:
    seconds = round(waited.total_seconds())
    detail = f"Terkirim {_length(seconds)} setelah presensi dilakukan."
    return Doubt(code="late_arrival", grade="note", detail=detail, amount=seconds)


def _length(seconds: int) -> str:
    if seconds < 2 * 3600:
        return f"{round(seconds / 60)} menit"
    return f"{round(seconds / 3600)} jam" if seconds < 48 * 3600 else f"{round(seconds / 86_400)} hari"
