"""Stored things as they are answered. Pure."""

from datetime import date
from decimal import Decimal

from kit.mongo import Document
from services.attendance.leave.law import Kind, LeaveRule
from services.attendance.leave.ledger import Account, Entry, balance, ledger
from services.attendance.leave.models import (
    LeaveBalance,
    LeaveKind,
    LeavePreview,
    LeaveView,
    LedgerEntry,
    SkippedDay,
    WallHours,
    WrongField,
)
from services.attendance.leave.rules import Case, Judged, uses


def view(row: Document) -> LeaveView:
    """A request."""
    absent = {"needs_letter": False, "letters": []}  # of requests from before files were taken
    fields = absent | {name: row[name] for name in LeaveView.model_fields if name in row}
    walls = WallHours(since=row["asked"]["since"], until=row["asked"]["until"])
    return LeaveView(**fields, id=row["_id"], walls=walls, working_days=Decimal(row["days"]))


def kind_view(kind: Kind, rule: LeaveRule) -> LeaveKind:
    """What holds for a kind."""
    return LeaveKind(
        kind=kind,
        excuse=rule.excuse,
        parts=list(rule.parts),
        balance=rule.balance is not None,
        reason=rule.reason,
        place=rule.place,
        letter_over_days=min((one.over_days for one in rule.letters), default=None),
        most_months=rule.most_months,
        service_months=rule.service_months,
        back_days=rule.back_days,
        decides=rule.decides,
        rule=rule.id,
        source=rule.source,
    )


def preview(case: Case, judged: Judged) -> LeavePreview:
    """What a request would come to."""
    rule, left = judged.rule, None
    if rule is not None and rule.balance is not None:
        ends = date(case.sent.last.year, 12, 31)
        left = balance(ledger(case.account, ends), ends)
    drawn = sum((one.days for one in uses("", judged.cost, rule)), Decimal(0)) if rule else Decimal(0)
    since, until = judged.interval or (None, None)
    return LeavePreview(
        working_days=judged.cost.days,
        skipped=[SkippedDay(day=one.day, kind=one.kind) for one in judged.cost.skipped],
        unknown=list(judged.cost.unknown),
        since=since,
        until=until,
        letter=rule.letter(case.sent.days) if rule else None,
        left_before=left,
        left_after=None if left is None else left + drawn,
        rule=rule.id if rule else None,
        wrong=[WrongField(field=one.field, detail=one.why) for one in judged.wrong],
    )


def balance_view(account: Account, year: int) -> LeaveBalance:
    """A year of somebody's ledger."""
    ends = date(year, 12, 31)
    entries = ledger(account, ends)
    own = [one for one in entries if one.day.year == year]
    lapsed = _sum(own, "lapse")
    return LeaveBalance(
        year=year,
        first_year=account.first_year,
        carried=balance(entries, date(year - 1, 12, 31)) + lapsed,
        granted=_sum(own, "grant"),
        adjusted=_sum(own, "adjust"),
        used=-_sum(own, "use") - _sum([one for one in own if one.id.startswith("cancel|use|")], "cancel"),
        forfeited=-_sum(own, "forfeit") - _sum([one for one in own if one.id.startswith("cancel|forfeit|")], "cancel"),
        left=balance(entries, ends),
        entries=[LedgerEntry(**one.model_dump(exclude={"id"})) for one in own],
    )


def _sum(entries: list[Entry], what: str) -> Decimal:
    return sum((one.days for one in entries if one.what == what), Decimal(0))
