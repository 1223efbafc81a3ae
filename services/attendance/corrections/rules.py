"""What may be claimed, and the steps of a correction. Pure.

Source of the numbers: the dated table `services/attendance/rules/corrections.yaml`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import Field

from kit.dated import Rule
from services.attendance.corrections.models import Claim, Outcome, Status, What
from services.attendance.schedules.clock import instant

Decider = Literal["superior", "agency"]
LIVE: tuple[Status, ...] = ("waiting", "returned", "approved")
"""Those that another claim may not repeat."""
OPEN: tuple[Status, ...] = ("waiting", "returned")
"""Those that the employee may still change."""
DAY = 24 * 60
DECIDED: tuple[Status, ...] = ("approved", "rejected", "revoked")
"""Those that somebody has decided for good, or taken back."""
SAID: Mapping[Status, str] = {
    "waiting": "menunggu keputusan",
    "returned": "dikembalikan untuk diperbaiki",
    "approved": "sudah disetujui",
    "rejected": "sudah ditolak",
    "withdrawn": "sudah ditarik",
    "revoked": "sudah dicabut",
}


class CorrectionRule(Rule):
    """A row of the table. The superior decides up to `superior_days` after the date, then the personnel agency.
    `day_most` requests may be made for one date, whatever became of them."""

    superior_days: int = Field(ge=0)
    day_most: int = Field(ge=1)
    needs_evidence: tuple[What, ...]


class Wrong(NamedTuple):
    """What is wrong with a field; "" = the whole."""

    field: str
    why: str


class Refused(ValueError):
    """It is not possible: `wrong` fields of what was sent, or (none) the correction as it is."""

    def __init__(self, why: str = "", wrong: Sequence[Wrong] = ()) -> None:
        super().__init__(why or "; ".join(one.why for one in wrong))
        self.wrong = tuple(wrong)


class Moments(NamedTuple):
    """The instants (UTC) of a claim; those that it does not have are None."""

    at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None


class Circumstances(NamedTuple):
    """What a claim is checked against. `others` are all corrections of the same employee and date but itself; `placed`:
    whether the site is known."""

    now: datetime
    zone: ZoneInfo
    rule: CorrectionRule
    placed: bool = True
    others: Sequence[Mapping[str, Any]] = ()


def moments(claim: Claim, day: date, zone: ZoneInfo) -> Moments:
    """When it was, by the clock of `zone`. What the claim has no use for is left out; `check` names it."""
    if claim.what == "punch":
        if claim.at is None:
            return Moments()
        return Moments(at=instant(day, _minute(claim.at) + DAY * claim.next_day, zone))
    if claim.since is None or claim.until is None:
        return Moments()
    since, until = _minute(claim.since), _minute(claim.until)
    return Moments(since=instant(day, since, zone), until=instant(day, until + DAY * (until <= since), zone))


def check(claim: Claim, day: date, found: Circumstances) -> None:
    """Whether it may be asked for. Raises Refused with everything that stands in the way."""
    when = moments(claim, day, found.zone)
    wrong = [*_shape(claim), *_time(claim, day, when, found)]
    if not found.placed:
        wrong.append(Wrong("site_id", "lokasi ini tidak dikenal, atau lokasi kerja Anda belum tercatat; pilih lokasi"))
    if any(_repeats(claim, when, other) for other in found.others if other["status"] in LIVE):
        wrong.append(Wrong("what", "koreksi yang sama untuk waktu ini sudah ada; ubah yang itu"))
    if len(found.others) >= found.rule.day_most:
        most = f"paling banyak {found.rule.day_most} permintaan koreksi untuk satu tanggal"
        wrong.append(Wrong("date", f"{most}; ubah yang masih menunggu, atau hubungi BKPSDM"))
    if wrong:
        raise Refused(wrong=wrong)


def _shape(claim: Claim) -> Iterable[Wrong]:
    if claim.what == "punch":
        if claim.direction is None:
            yield Wrong("direction", "pilih presensi masuk atau pulang")
        if claim.at is None:
            yield Wrong("at", "isi jam presensi")
        for field in ("since", "until"):
            if getattr(claim, field) is not None:
                yield Wrong(field, "presensi memakai satu jam saja; kosongkan")
        return
    for field in ("direction", "at", "site_id"):
        if getattr(claim, field) is not None:
            yield Wrong(field, "hanya untuk presensi; kosongkan")
    if claim.next_day:
        yield Wrong("next_day", "hanya untuk presensi; kosongkan")
    if (claim.since is None) != (claim.until is None):
        field = "since" if claim.since is None else "until"
        yield Wrong(field, "isi jam mulai dan jam selesai, atau kosongkan keduanya")


def _time(claim: Claim, day: date, when: Moments, found: Circumstances) -> Iterable[Wrong]:
    now = found.now.astimezone(found.zone)
    if day > now.date():
        yield Wrong("date", "tanggal ini belum tiba")
        return
    for field, at in (("at", when.at), ("until", when.until)):
        if at is not None and at > found.now:
            yield Wrong(field, f"jam ini belum tiba; sekarang pukul {now:%H.%M}")


def _repeats(claim: Claim, when: Moments, other: Mapping[str, Any]) -> bool:
    """The same scan, or a status over time that another status covers already."""
    if claim.what == "punch" or other["what"] == "punch":
        same = (claim.what, claim.direction, when.at) == (other["what"], other["direction"], other["at"])
        return same and when.at is not None
    if when.since is None or when.until is None or other["since"] is None:
        return True
    return bool(when.since < other["until"] and other["since"] < when.until)


def superior_until(day: date, rule: CorrectionRule) -> date:
    """The last day on which the superior decides."""
    return day + timedelta(days=rule.superior_days)


def changed(status: Status) -> Status:
    """The status after an edit by the employee. Raises Refused."""
    if status not in OPEN:
        raise Refused(f"koreksi ini {SAID[status]}; ajukan yang baru")
    return "waiting"


def amendable(status: Status) -> Status:
    """The status after evidence was added or taken away. Raises Refused."""
    changed(status)
    return status


def withdrawn(status: Status) -> Status:
    """The status after a withdrawal by the employee. Raises Refused."""
    if status == "approved":
        raise Refused("koreksi ini sudah disetujui; minta BKPSDM mencabutnya")
    if status not in OPEN:
        raise Refused(f"koreksi ini {SAID[status]}")
    return "withdrawn"


def decider(until: date, today: date, *, led: bool, unled: bool, agency: bool) -> Decider | None:
    """As what an account decides; None: it does not. `led`: it leads the employee today; `unled`: nobody does;
    `agency`: it is the personnel agency. Raises Refused where it is somebody else's turn."""
    late = today > until
    if agency and (late or unled):
        return "agency"
    if led and not late:
        return "superior"
    if led:
        raise Refused(f"batas waktu atasan lewat pada {until:%d-%m-%Y}; koreksi ini diputus BKPSDM")
    if agency:
        raise Refused(f"koreksi ini diputus atasannya sampai {until:%d-%m-%Y}")
    return None


def decided(row: Mapping[str, Any], outcome: Outcome, closed: date | None, side: Decider = "agency") -> Status:
    """The status after a decision. Of a day that is `closed` (since when) the personnel agency decides: it becomes an
    adjustment of the next period. Raises Refused."""
    if row["status"] != "waiting":
        raise Refused(f"koreksi ini {SAID[row['status']]}; muat ulang antreannya")
    if closed is not None and side == "superior":
        raise Refused(f"masanya sudah ditutup sejak {closed:%d-%m-%Y}; koreksi ini diputus BKPSDM")
    if outcome == "approved" and row["needs_evidence"] and not row["evidence"]:
        raise Refused("belum ada bukti; kembalikan agar pegawai melampirkannya")
    return outcome


def revoked(status: Status) -> Status:
    """The status after the personnel agency takes an approved correction back. Raises Refused."""
    if status != "approved":
        raise Refused(f"hanya koreksi yang sudah disetujui yang dapat dicabut; yang ini {SAID[status]}")
    return "revoked"


def _minute(wall: str) -> int:
    return int(wall[:2]) * 60 + int(wall[3:])
