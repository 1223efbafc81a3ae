"""What may be asked for, and what is in the way: all of it at once. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from kit.days import after_months
from services.attendance.closings.closed import ClosedDays
from services.attendance.leave.counting import Cost, NoSuchHours, cost, hours
from services.attendance.leave.law import LeaveRule
from services.attendance.leave.ledger import Account, Entry, balance, ledger, shortfall
from services.attendance.leave.models import NewLeave, Status
from services.attendance.leave.service import serving_on
from services.attendance.schedules.plans import DayPlan

ACTIVE: tuple[Status, ...] = ("waiting", "returned", "approved", "cancelling")
"""Those that take up their dates."""
STANDING: tuple[Status, ...] = ("approved", "cancelling")
AHEAD_DAYS = 366

Row = Mapping[str, Any]


class Wrong(NamedTuple):
    """What stands in the way; `field` of the request ("" = the whole)."""

    field: str
    why: str


class Case(NamedTuple):
    """A request and all it is judged by: `plans` are those of its dates, `others` the employee's active requests,
    `agency` says that the personnel agency records it from paper; `closed` are the days that take none any more."""

    sent: NewLeave
    today: date
    plans: Sequence[DayPlan]
    account: Account
    others: Sequence[Row] = ()
    agency: bool = False
    identity: str = ""
    closed: ClosedDays = ClosedDays()

    @property
    def rule(self) -> LeaveRule | None:
        served = serving_on(self.account.served, self.sent.first)
        return self.account.law.rule(self.sent.kind, served.kind, self.sent.first) if served else None


class Judged(NamedTuple):
    """What a request comes to. `interval`: the hours of a part of a day."""

    rule: LeaveRule | None
    cost: Cost
    interval: tuple[datetime, datetime] | None
    wrong: tuple[Wrong, ...]


def judge(case: Case) -> Judged:
    """What it costs and everything that is wrong with it."""
    sent, rule = case.sent, case.rule
    found = cost(case.plans, sent.part)
    if rule is None:
        return Judged(None, found, None, (_no_right(case),))
    wrong = [*_asked(case, rule), *_entitled(case, rule), *_dates(case, rule)]
    interval = None
    if sent.part != "day" and sent.part in rule.parts:
        try:
            interval = hours(case.plans[0], sent.kind, sent.part, sent.since, sent.until)
        except NoSuchHours as refused:
            wrong.append(Wrong(refused.field, str(refused)))
    wrong += _overlaps(case, interval)
    if rule.balance is not None:
        wrong += _drawn(case, found)
    return Judged(rule, found, interval, tuple(wrong))


def uses(identity: str, found: Cost, rule: LeaveRule) -> list[Entry]:
    """What a request draws from the balance, year by year."""
    by_year: dict[int, list[date]] = {}
    for day in found.counted:
        by_year.setdefault(day.year, []).append(day)
    return [
        Entry(
            id=f"use|{identity}|{year}",
            what="use",
            day=days[0],
            days=-found.each * len(days),
            rule=rule.id,
            request_id=identity,
        )
        for year, days in by_year.items()
    ]


def _no_right(case: Case) -> Wrong:
    served = serving_on(case.account.served, case.sent.first)
    if served is None:
        return Wrong("kind", "direktori belum mencatat status kepegawaian pada tanggal itu; hubungi BKPSDM")
    return Wrong("kind", f"tidak tersedia bagi {served.kind.upper()}")


def _asked(case: Case, rule: LeaveRule) -> Iterator[Wrong]:
    """What the request itself lacks."""
    sent = case.sent
    if sent.part not in rule.parts:
        yield Wrong("part", "jenis ini hanya untuk sebagian hari" if rule.parts == ("hours",) else "hanya sehari penuh")
    if rule.reason and len(sent.reason) < 5:
        yield Wrong("reason", "tuliskan alasannya, paling sedikit 5 huruf")
    if rule.place and not sent.place:
        yield Wrong("place", "tuliskan tempatnya")
    needed = rule.letter(sent.days)
    if needed and not sent.letter:
        yield Wrong("letter", f"perlu nomor {LETTERS[needed]}")


LETTERS = {
    "doctor": "surat keterangan dokter",
    "government_doctor": "surat keterangan dokter pemerintah",
    "decree": "surat keputusan atau usulan",
    "assignment": "surat tugas",
}


def _entitled(case: Case, rule: LeaveRule) -> Iterator[Wrong]:
    """Service, and the time since the last of the kind."""
    sent = case.sent
    served = serving_on(case.account.served, sent.first)
    if served and served.months(sent.first) < rule.service_months:
        since = after_months(served.since, rule.service_months)
        yield Wrong("kind", f"baru dapat diambil mulai {since:%d-%m-%Y}, setelah {rule.service_months} bulan bekerja")
    for other in case.others if rule.every_months else ():
        again = after_months(date.fromisoformat(other["last"]), rule.every_months)
        if other["kind"] == sent.kind and other["status"] in STANDING and sent.first < again:
            yield Wrong("kind", f"sudah diambil sampai {_day(other['last'])}; berikutnya mulai {again:%d-%m-%Y}")


def _dates(case: Case, rule: LeaveRule) -> Iterator[Wrong]:
    sent, today = case.sent, case.today
    shut = case.closed.within(sent.first, sent.last)
    if shut is not None:
        yield Wrong("first", f"{shut:%d-%m-%Y} termasuk masa yang sudah ditutup; minta BKPSDM mencatatnya")
    if not case.agency and (today - sent.first).days > rule.back_days:
        late = (
            f"paling lambat {rule.back_days} hari sesudah hari pertama" if rule.back_days else "paling lambat hari itu"
        )
        yield Wrong("first", f"permintaan sendiri {late}; minta BKPSDM mencatatnya")
    if (sent.first - today).days > AHEAD_DAYS:
        yield Wrong("first", f"paling jauh {AHEAD_DAYS} hari ke depan")
    most = after_months(sent.first, rule.most_months) if rule.most_months else sent.first + timedelta(days=AHEAD_DAYS)
    if sent.last >= most:
        yield Wrong("last", f"paling lama sampai {most - timedelta(days=1):%d-%m-%Y}")


def _overlaps(case: Case, interval: tuple[datetime, datetime] | None) -> Iterator[Wrong]:
    for other in case.others:
        if other["_id"] == case.identity or other["status"] not in ACTIVE:
            continue
        if other["last"] < str(case.sent.first) or str(case.sent.last) < other["first"]:
            continue
        theirs = (other["since"], other["until"]) if other["since"] else None
        if interval and theirs and (interval[1] <= theirs[0] or theirs[1] <= interval[0]):
            continue
        period = _day(other["first"]) + (f" sampai {_day(other['last'])}" if other["last"] != other["first"] else "")
        yield Wrong("first", f"bertumpang tindih dengan {KINDS[other['kind']]} {period}; batalkan atau ubah yang itu")


KINDS = {
    "annual": "cuti tahunan",
    "sick": "cuti sakit",
    "maternity": "cuti melahirkan",
    "important": "cuti karena alasan penting",
    "big": "cuti besar",
    "unpaid": "cuti di luar tanggungan negara",
    "duty": "dinas luar",
    "outside": "tugas di luar kantor",
    "late": "izin terlambat",
    "early": "izin pulang cepat",
    "partial": "izin meninggalkan kantor",
}


def _drawn(case: Case, found: Cost) -> Iterator[Wrong]:
    """Whether the balance bears it, on every date from then on."""
    rule, first = case.rule, case.sent.first
    if found.unknown:
        some = ", ".join(f"{day:%d-%m-%Y}" for day in found.unknown[:3])
        yield Wrong("first", f"jadwal kerja belum ada untuk {some}, sehingga hari cuti tidak dapat dihitung")
    elif not found.counted:
        yield Wrong("first", "tidak ada hari kerja pada tanggal itu")
    if first.year < case.account.first_year:
        yield Wrong("first", f"cuti sebelum tahun {case.account.first_year} tidak dicatat di sini")
    elif rule is not None and found.counted:
        after = case.account.with_more(uses(case.identity, found, rule))
        short = shortfall(ledger(after, case.sent.last), found.counted[0])
        if short is not None:
            left = max(balance(ledger(case.account, case.sent.last), date(short[0].year, 12, 31)), Decimal(0))
            yield Wrong("last", f"sisa cuti tahunan tidak cukup: perlu {shown(found.days)}, tersisa {shown(left)} hari")


def shown(days: Decimal) -> str:
    """`2,5`."""
    return f"{days.normalize():f}".replace(".", ",")


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d-%m-%Y}"
