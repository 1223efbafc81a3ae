"""The course of a request: asked, decided, cancelled. Pure. What comes of each step is the request in its next version,
what it writes into the ledger, and the excuse it puts on the sheet or takes from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from kit.mongo import Document
from services.attendance.closings.closed import ClosedDays
from services.attendance.days.models import Excuse
from services.attendance.leave.ledger import Account, Entry, balance, granted_in, ledger, shortfall
from services.attendance.leave.models import Outcome, Status
from services.attendance.leave.rules import Judged, uses
from services.attendance.sheets.models import Granted

DAY = timedelta(days=1)
OPEN = ClosedDays()
Row = Mapping[str, Any]


RIGHT_AFTER = timedelta(days=1)
"""How long whoever recorded a decision from paper may add its files."""


class Refused(ValueError):
    """The step is not possible; the message says why, in Indonesian."""


class By(NamedTuple):
    """Who does something, when, on which day by the agency's clock, and their words."""

    employee_id: str | None
    account: str
    at: datetime
    today: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a step makes of things. `take` goes from the sheet before `put` comes on it."""

    request: Document
    entries: Sequence[Entry] = ()
    put: Granted | None = None
    take: Granted | None = None


def stepped(row: Row, status: Status, what: str, by: By, **more: Any) -> Document:
    """The request in its next version, with what happened to it."""
    step = {"at": by.at, "what": what, "by": by.employee_id, "account": by.account, "words": by.words, "since": None}
    step |= {name: more[name] for name in more.keys() & step.keys()}
    return {**row, "status": status, "version": row["version"] + 1, "steps": [*row["steps"], step]}


def editable(row: Row) -> None:
    """Whether the employee may change it. Raises Refused."""
    if row["status"] not in ("waiting", "returned"):
        raise Refused("permintaan ini sudah diputus; ajukan yang baru")


def amended(row: Row, letters: Sequence[Document], by: By) -> Change:
    """With other files of letters: by the employee while it may be changed; of what came from paper by who recorded it,
    right after. Where it is in its course stays as it is. Raises Refused."""
    if row["employee_id"] == by.employee_id:
        editable(row)
    elif row["status"] != "approved" or not _just_recorded(row, by):
        raise Refused("berkas surat hanya ditambah atau dihapus oleh yang mencatatnya, paling lambat sehari sesudahnya")
    return Change({**stepped(row, row["status"], "changed", by), "letters": list(letters)})


def _just_recorded(row: Row, by: By) -> bool:
    recorded = row["steps"][0]
    return bool(row["paper"] and recorded["account"] == by.account and by.at - recorded["at"] <= RIGHT_AFTER)


def decided(
    row: Row, outcome: Outcome, judged: Judged | None, account: Account, by: By, closed: ClosedDays = OPEN
) -> Change:
    """After a decision. An approval is `judged` anew: what is wrong by now stands in its way. Raises Refused."""
    if row["employee_id"] == by.employee_id:
        raise Refused("Permintaan Anda sendiri diputus oleh atasan Anda.")
    if row["status"] == "cancelling":
        if outcome == "approved":
            _check_open(closed, date.fromisoformat(row["cancel_since"]), date.fromisoformat(row["last"]))
        return _of_cancelling(row, outcome, account.facts, by)
    if row["status"] != "waiting":
        raise Refused("Permintaan ini tidak menunggu keputusan. Muat ulang antreannya.")
    if outcome != "approved":
        return Change(stepped(row, outcome, outcome, by))
    assert judged is not None  # noqa: S101 - an approval is judged
    return approved(row, judged, account, by)


def approved(row: Row, judged: Judged, account: Account, by: By) -> Change:
    """With its cost as it is now. Raises Refused."""
    if judged.wrong or judged.rule is None:
        raise Refused("Tidak dapat disetujui: " + "; ".join(dict.fromkeys(one.why for one in judged.wrong)) + ".")
    request = {**stepped(row, "approved", "approved", by), **costing(judged), "decided_by": by.employee_id}
    entries = uses(row["_id"], judged.cost, judged.rule) if judged.rule.balance else []
    if judged.rule.forfeits_annual:
        entries += _forfeited(request, account)
    entries = [one.model_copy(update={"by": by.employee_id, "at": by.at}) for one in entries]
    after = ledger(account.with_more(entries), date.fromisoformat(row["last"]))
    if entries and shortfall(after, entries[0].day) is not None:
        raise Refused("Tidak dapat disetujui: cuti tahunan yang sudah disetujui sesudahnya menjadi tidak cukup.")
    return Change(request, entries, put=granted(request))


def cancelled(row: Row, since: date | None, entries: Sequence[Entry], by: By, closed: ClosedDays = OPEN) -> Change:
    """What the employee does: takes it back, cancels it before it begins, or asks to. Raises Refused."""
    first, last = (date.fromisoformat(row[name]) for name in ("first", "last"))
    since = since or first
    if row["status"] in ("waiting", "returned"):
        return Change(stepped(row, "withdrawn", "withdrawn", by))
    if row["status"] != "approved":
        raise Refused("Permintaan ini tidak dapat dibatalkan lagi.")
    if not first <= since <= last:
        raise Refused("Hari pertama yang dibatalkan harus di dalam cuti itu.")
    _check_open(closed, since, last)
    if by.today < first:
        return given_back(row, since, entries, by)
    if not by.words:
        raise Refused("Cuti ini sudah dimulai. Tuliskan alasan pembatalan; atasan Anda membacanya.")
    return Change({**stepped(row, "cancelling", "cancelling", by, since=str(since)), "cancel_since": str(since)})


def given_back(row: Row, since: date, entries: Sequence[Entry], by: By) -> Change:
    """From `since` on it is as if it had not been; before that it stands."""
    whole = since <= date.fromisoformat(row["first"])
    kept = [day for day in row["counted"] if day < str(since)]
    back = [day for day in row["counted"] if day >= str(since)]
    request = stepped(row, "cancelled" if whole else "approved", "cancelled", by, since=str(since))
    request |= {"cancel_since": None}
    if not whole:
        request |= {"last": str(since - DAY), "counted": kept, "days": str(Decimal(row["each"]) * len(kept))}
    returned = _returned(row, back, entries, whole=whole, by=by)
    return Change(request, returned, put=None if whole else granted(request), take=granted(row))


def granted(row: Row) -> Granted:
    """The excuse of an approved request, as it lies on the sheet."""
    excuse = Excuse(
        id=row["_id"],
        kind=row["excuse"],
        label=row["kind"],
        source=row["letter"],
        since=row["since"],
        until=row["until"],
    )
    return Granted(first=row["first"], last=row["last"], excuse=excuse)


def costing(judged: Judged) -> Document:
    """What is stored of what a request comes to."""
    since, until = judged.interval or (None, None)
    return {
        "since": since,
        "until": until,
        "days": str(judged.cost.days),
        "each": str(judged.cost.each),
        "counted": [str(day) for day in judged.cost.counted],
        "rule": judged.rule.id if judged.rule else "",
    }


def _check_open(closed: ClosedDays, first: date, last: date) -> None:
    if (shut := closed.within(first, last)) is not None:
        raise Refused(f"{shut:%d-%m-%Y} termasuk masa yang sudah ditutup; hubungi BKPSDM.")


def _of_cancelling(row: Row, outcome: Outcome, entries: Sequence[Entry], by: By) -> Change:
    if outcome == "returned":
        raise Refused("Pembatalan disetujui atau ditolak; tidak dapat dikembalikan.")
    if outcome == "rejected":
        return Change({**stepped(row, "approved", "kept", by), "cancel_since": None})
    return given_back(row, date.fromisoformat(row["cancel_since"]), entries, by)


def _forfeited(row: Row, account: Account) -> list[Entry]:
    """Who takes big leave has no annual leave in that year: what of the year's days is left goes."""
    first = date.fromisoformat(row["first"])
    entries = ledger(account, first)
    left = min(balance(entries, date(first.year, 12, 31)), granted_in(entries, first.year))
    if left <= 0:
        return []
    day = max(first, *(one.day for one in entries if one.what == "grant" and one.day.year == first.year))
    return [
        Entry(id=f"forfeit|{row['_id']}", what="forfeit", day=day, days=-left, rule=row["rule"], request_id=row["_id"])
    ]


def _returned(row: Row, back: Sequence[str], entries: Sequence[Entry], *, whole: bool, by: By) -> list[Entry]:
    """What a cancellation puts back: of what was drawn the days given back, year by year; of what was forfeited all,
    once nothing of the leave is left."""
    mine = [one for one in entries if one.request_id == row["_id"]]
    found: list[Entry] = []
    for one in mine:
        days = [date.fromisoformat(day) for day in back if day[:4] == str(one.day.year)]
        if one.what == "use" and days:
            found.append(_more(one, days[0], Decimal(row["each"]) * len(days), row, by))
        elif one.what == "forfeit" and whole:
            found.append(_more(one, one.day, -one.days, row, by))
    return found


def _more(one: Entry, day: date, days: Decimal, row: Row, by: By) -> Entry:
    return Entry(
        id=f"cancel|{one.id}|{row['version']}",
        what="cancel",
        day=day,
        days=days,
        rule=one.rule,
        request_id=row["_id"],
        by=by.employee_id,
        at=by.at,
    )
