"""Outages, cases and decisions as they are answered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kit.mongo import Document
from services.attendance.devices.registry import Registry
from services.attendance.outages.models import DecisionView, OutageCaseView, OutageView, Skipped
from services.attendance.outages.store import Tally


def outage_view(row: Document, registry: Registry, tally: Tally) -> OutageView:
    """With how many days it is in doubt on."""
    site = registry.sites.get(row["site_id"] or "")
    terminal = registry.get(row["serial"] or "")
    return OutageView(
        id=row["_id"],
        site_name=site.name if site else row["site_id"] or "",
        terminal_name=(terminal.device.name if terminal else "") or row["serial"] or "",
        zone=site.zone if site else registry.zone(None),
        marking=row["marking"] is not None and (row["until"] is not None or not row["marked"]),
        pending_days=tally.days,
        pending_people=tally.people,
        pending_minutes=tally.minutes,
        excused=tally.excused,
        refused=tally.refused,
        **{name: row[name] for name in KEPT},
    )


KEPT = (
    "scope",
    "nature",
    "signal",
    "site_id",
    "serial",
    "since",
    "until",
    "healed",
    "detail",
    "reason",
    "evidence",
    "rule",
    "version",
    "marked",
    "steps",
)


def case_view(who: str, day: date, said: Mapping[str, Any], minutes: int, decided: Document | None) -> OutageCaseView:
    """One employee's date, as the assessor has it now."""
    shifts = said.get("shifts", ())
    missing = any(
        one.get(f"{side}_band") and one.get(f"{side}_minutes") is None for one in shifts for side in ("late", "early")
    )
    return OutageCaseView(
        employee_id=who,
        day=day,
        state=decided["state"] if decided else "pending",
        status=said.get("status", "no_schedule"),
        late_minutes=said.get("late_minutes", 0),
        early_minutes=said.get("early_minutes", 0),
        absent_minutes=said.get("absent_minutes", 0),
        missing_scan=missing,
        minutes=minutes,
        decided_at=decided["decided_at"] if decided else None,
        note=decided["note"] if decided else "",
    )


def decision_view(row: Document) -> DecisionView:
    """How far a decision has been carried out."""
    return DecisionView(
        id=row["_id"],
        skipped=[Skipped.model_validate(one) for one in row["skipped"]],
        **{name: row[name] for name in DecisionView.model_fields.keys() - {"id", "skipped"}},
    )
