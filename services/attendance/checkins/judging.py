"""A check-in with everything known about it, to what is recorded. Pure."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b, sha256
from typing import Any
from zoneinfo import ZoneInfo

from contracts.events.attendance import Flag, PunchRecorded
from kit.journal import Fact
from services.attendance.checkins.clocks import LATE, Moment
from services.attendance.checkins.models import CheckIn, Doubt, Place, Point, Review
from services.attendance.checkins.places import cell, doubts_of, find, place_of
from services.attendance.checkins.signals import Trace, signals
from services.attendance.devices.models import Site

DEVICE = "app:phone"  # published of all phones: which one it was stays here


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known beside the check-in itself. `owners` are the employees whose own installation it came from, `bound`
    whether the employee has one at all; `before` are earlier check-ins, newest first."""

    employee_id: str
    own: Site | None
    sites: Iterable[Site]
    kiosk_site: Site | None
    owners: frozenset[str]
    bound: bool
    before: Sequence[Trace]
    key: bytes


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is recorded: where, with which doubts, and what later check-ins are compared with."""

    site: Site
    place: Place
    doubts: tuple[Doubt, ...]
    trace: Trace
    point: Point | None

    @property
    def review(self) -> Review:
        """Whether a person has to look."""
        return "open" if needs_person(self.doubts) else "none"


def needs_person(doubts: Iterable[Doubt]) -> bool:
    """Notes do not; everything above does."""
    return any(doubt.grade != "note" for doubt in doubts)


def punch_id_of(employee_id: str, client_event_id: str) -> str:
    """The key is the phone's own, so it counts within the employee only."""
    return blake2b(f"phone\t{employee_id}\t{client_event_id}".encode(), digest_size=16).hexdigest()


def judge(sent: CheckIn, moment: Moment, known: Circumstances) -> Judgement | None:
    """None when no site can be named: no code, no position within a site, and no workplace."""
    location, kiosk = sent.location, known.kiosk_site
    if kiosk is not None:
        found = find(location, kiosk, ()) if location is not None else None
        site: Site | None = kiosk
    else:
        found = find(location, known.own, known.sites) if location is not None else None
        site = (found.site if found is not None else None) or known.own
    if site is None:
        return None
    trace = _trace(sent, moment, site, known)
    doubts = [
        *moment.doubts,
        *doubts_of(location, found, kiosk is not None),
        *_code_late(moment, kiosk),
        *_installation(known),
        *signals(trace, known.before),
    ]
    point = Point(lat=location.lat, lon=location.lon) if location is not None and needs_person(doubts) else None
    return Judgement(site, place_of(location, found, kiosk is not None), tuple(doubts), trace, point)


def fact_of(row: dict[str, Any]) -> Fact:
    """The punch as published: that it is doubted, never why."""
    flags: tuple[Flag, ...] = ("late_arrival",) if any(one["code"] == "late_arrival" for one in row["doubts"]) else ()
    if row["review"] == "open":
        flags = (*flags, "under_review")
    event = PunchRecorded(
        punch_id=row["_id"],
        employee_id=row["employee_id"],
        occurred_at=row["occurred_at"],
        local_date=row["local_date"],
        zone=row["zone"],
        site_id=row["site_id"],
        device_id=DEVICE,
        source="app",
        direction="in" if row["kind"] == "check_in" else "out",
        method="app",
        flags=flags,
    )
    return Fact.of(event, event_id=event.punch_id, key=event.employee_id, time=event.occurred_at)


def local_date(at: datetime, site: Site) -> str:
    """The calendar day at a site."""
    return at.astimezone(ZoneInfo(site.zone)).date().isoformat()


def digest(key: bytes, *parts: bytes) -> str:
    """Of content that must be recognised but cannot be kept: keyed, so that trying all positions finds nothing."""
    return hmac.digest(key, b"\t".join(parts), sha256).hex()


def _trace(sent: CheckIn, moment: Moment, site: Site, known: Circumstances) -> Trace:
    location = sent.location
    exact = f"{location.lat:.6f},{location.lon:.6f}".encode() if location is not None else None
    return Trace(
        at=moment.at,
        day=local_date(moment.at, site),
        install=sent.device.install_id,
        boot=sent.boot_id,
        booted=moment.at.timestamp() - sent.elapsed_realtime_ms / 1000,
        mark=digest(known.key, known.employee_id.encode(), exact) if exact is not None else None,
        cell=cell(location) if location is not None else None,
        accuracy=location.accuracy_m if location is not None else None,
    )


def _code_late(moment: Moment, kiosk: Site | None) -> list[Doubt]:
    """A photograph of a code, sent with a made-up wait, would look like this."""
    if kiosk is None or moment.waited <= LATE:
        return []
    minutes = round(moment.waited.total_seconds() / 60)
    detail = f"Kode kios baru terkirim {minutes} menit setelah ditampilkan."
    return [Doubt(code="code_late", grade="doubt", detail=detail, amount=minutes)]


def _installation(known: Circumstances) -> list[Doubt]:
    others = known.owners - {known.employee_id}
    if others:
        detail = "Ponsel ini terdaftar sebagai ponsel presensi pegawai lain."
        return [Doubt(code="shared_phone", grade="strong", detail=detail)]
    if known.employee_id not in known.owners:
        detail = "Ponsel ini bukan ponsel presensi yang terdaftar."
        if not known.bound:
            detail = "Ponsel presensi belum terdaftar."
        return [Doubt(code="other_phone", grade="doubt", detail=detail)]
    return []
