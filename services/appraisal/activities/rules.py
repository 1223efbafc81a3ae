"""What may be recorded, changed and decided, and what a day comes to. Pure.

Source of the minutes: the dated table `rules/effective_minutes.yaml` (regulations.md section 5.2).
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from kit.dated import Rule
from services.appraisal.activities.models import DAY_MINUTES, Activity, Outcome, Status, Tally

COUNTED: tuple[Status, ...] = ("waiting", "validated", "returned", "rejected")
COPIES_DAYS = 30
"""How many days back and ahead an entry is compared with the employee's others."""
CLAIMED: tuple[Status, ...] = ("waiting", "validated", "returned")
"""Those that take up time of the day: a rejected one does not."""


class MinutesRule(Rule):
    """A row of the table. `month_closes_day` is the day of the next month from which a month takes nothing more. A
    decision is due `validation_days` after an entry was recorded; the superior is reminded `remind_days` before, the
    superior's superior is told `escalate_days` after."""

    month_norm_minutes: int
    day_cap_minutes: int
    validation_days: int
    remind_days: int
    escalate_days: int
    month_closes_day: int


class Refused(ValueError):
    """It is not possible; `field` names what is wrong in the body ("" = the whole), the message says why."""

    def __init__(self, why: str, field: str = "") -> None:
        super().__init__(why)
        self.field = field


def closes_on(day: date, rule: MinutesRule) -> date:
    """The first day on which the month of `day` is closed."""
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following.replace(day=rule.month_closes_day)


def check_day(day: date, rule: MinutesRule, now: datetime) -> None:
    """Whether a day still takes entries at `now` (local). Raises Refused."""
    if day > now.date():
        raise Refused("tanggal ini belum tiba", "date")
    if now.date() >= closes_on(day, rule):
        closed = closes_on(day, rule)
        raise Refused(f"bulan {day:%m-%Y} sudah ditutup sejak {closed:%d-%m-%Y}; ajukan lewat atasan Anda", "date")


def check_entry(sent: Activity, day: date, others: Iterable[Mapping[str, Any]], now: datetime) -> None:
    """Whether an entry fits into its day beside the others. Raises Refused with what stands in the way."""
    claimed = [other for other in others if other["status"] in CLAIMED]
    if sent.span is not None:
        if day == now.date() and sent.span[1] > now.hour * 60 + now.minute:
            raise Refused(f"jam selesai belum tiba; sekarang pukul {now:%H.%M}", "end")
        for other in claimed:
            if other["span"] is not None and sent.span[0] < other["span"][1] and other["span"][0] < sent.span[1]:
                first, last = (clock(minute) for minute in other["span"])
                raise Refused(f"bertumpang tindih dengan “{other['what'][:60]}” pukul {first}–{last}", "start")
    taken = sum(other["minutes"] for other in claimed)
    if taken + sent.length > DAY_MINUTES:
        raise Refused(f"jumlah hari ini menjadi lebih dari 24 jam; tersisa {DAY_MINUTES - taken} menit", "minutes")


def changed(status: Status, reason: str | None) -> Status:
    """The status after an edit by the employee. Raises Refused."""
    if status in ("withdrawn", "rejected"):
        raise Refused("aktivitas ini sudah ditarik atau ditolak; catat yang baru")
    if status == "validated" and reason is None:
        raise Refused("aktivitas ini sudah disahkan; tuliskan alasan koreksi", "reason")
    return "waiting"


def amendable(status: Status) -> None:
    """Whether evidence may be added or taken away by the employee. Raises Refused."""
    if status == "validated":
        raise Refused("aktivitas ini sudah disahkan; koreksi dahulu dengan alasannya, baru ubah buktinya")
    changed(status, None)


def withdrawn(status: Status) -> Status:
    """The status after a withdrawal. Raises Refused."""
    if status in ("waiting", "returned"):
        return "withdrawn"
    if status == "validated":
        raise Refused("aktivitas yang sudah disahkan tidak dapat ditarik; ajukan koreksi")
    raise Refused("aktivitas ini sudah ditarik atau ditolak")


def decided(status: Status, outcome: Outcome, *, own: bool) -> Status:
    """The status after a superior's decision. Raises Refused."""
    if own:
        raise Refused("Aktivitas Anda sendiri disahkan oleh atasan Anda.")
    if status != "waiting":
        raise Refused("Aktivitas ini tidak menunggu keputusan. Muat ulang antreannya.")
    return outcome


def due_on(recorded: date, rule: MinutesRule) -> date:
    """The day by which the superior decides: working days are not counted yet, calendar days are."""
    return recorded + timedelta(days=rule.validation_days)


def tally(entries: Iterable[Mapping[str, Any]], cap: int) -> Tally:
    """What the entries of one day come to; `cap` is the most minutes of a day that count."""
    found = Tally()
    for entry in entries:
        status = entry["status"]
        if status not in COUNTED:
            continue
        found.entries += 1
        setattr(found, status, getattr(found, status) + 1)
        if status in CLAIMED:
            found.minutes += entry["minutes"]
            found.copied += int(entry.get("copied", False))
        if status == "validated":
            found.validated_minutes += entry["minutes"]
    found.effective_minutes = min(found.validated_minutes, cap)
    return found


def nearly_copied(what: str, others: Iterable[str]) -> bool:
    """Whether what was done says nearly what another entry says: four of five words are the same, numbers and their
    order aside."""
    words = _words(what)
    return any(_alike(words, _words(other)) for other in others)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if not word.isdigit())


def _alike(some: frozenset[str], others: frozenset[str]) -> bool:
    return 5 * len(some & others) >= 4 * len(some | others)


def summed(days: Iterable[Mapping[str, Any]]) -> Tally:
    """What several days come to."""
    sums = dict.fromkeys(Tally.model_fields, 0)
    for day in days:
        for field in sums:
            sums[field] += day.get(field, 0)  # a day tallied before there was such a field
    return Tally(**sums)


def clock(minute: int) -> str:
    """`08.30` from a minute of the day."""
    return f"{minute // 60:02d}.{minute % 60:02d}"
