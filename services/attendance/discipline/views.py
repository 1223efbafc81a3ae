"""Stored things as they are answered. Pure."""

from collections.abc import Sequence
from datetime import date

from kit.dated import Dated
from kit.mongo import Document
from services.attendance.discipline.models import (
    CaseDeadline,
    CaseSummary,
    CaseView,
    CountedDay,
    Ladder,
    NearStep,
    UnresolvedDay,
    Warned,
)
from services.attendance.discipline.procedure import Deadline, ProcedureRule
from services.attendance.discipline.rules import DisciplineRule


def summary(row: Document) -> CaseSummary:
    """A case in a list."""
    return CaseSummary(**{**row, "id": row["_id"]})


def case_view(
    row: Document,
    table: Dated[DisciplineRule],
    procedure: ProcedureRule,
    deadlines: Sequence[Deadline],
    *,
    may_act: bool,
) -> CaseView:
    """A case with all of it."""
    rule = table.on(date.fromisoformat(row["reached_on"]))
    return CaseView(
        **{**row, "id": row["_id"]},
        source=rule.source,
        examines=procedure.teams.get(row["level"], "optional"),
        team_least=procedure.team_least,
        team_article=procedure.team_article,
        deadlines=[CaseDeadline(**one._asdict()) for one in deadlines],
        sanctions=sanctions(rule),
        may_act=may_act,
    )


def sanctions(rule: DisciplineRule) -> list[str]:
    """What may be decided by a rule: its sanctions, and what stands in for them."""
    found = [code for step in rule.ladder for code in (step.sanction, step.interim) if code]
    return list(dict.fromkeys([*found, *([rule.streak.sanction] if rule.streak else [])]))


def ladder(
    employee_id: str,
    year: int,
    row: Document | None,
    rule: DisciplineRule,
    unresolved: Sequence[tuple[str, Sequence[str]]],
    cases: Sequence[Document],
) -> Ladder:
    """Where somebody stands; without a row nothing counts."""
    kept = row or {
        "days": 0,
        "absent": 0,
        "minutes": 0,
        "remainder": 0,
        "streak": 0,
        "running": 0,
        "step": None,
        "level": None,
        "next_at": rule.ladder[0].from_days if rule.ladder else None,
        "near": False,
        "marks": {},
        "warnings": [],
    }
    names = ("days", "absent", "minutes", "remainder", "streak", "running", "step", "level", "next_at", "near")
    return Ladder(
        employee_id=employee_id,
        year=year,
        **{name: kept[name] for name in names},
        minutes_per_absence_day=rule.minutes_per_absence_day,
        streak_days=rule.streak_days,
        streak_sanction=rule.streak.sanction if rule.streak else None,
        rule=rule.id,
        source=rule.source,
        steps=list(rule.ladder),
        counted=[
            CountedDay(day=day, state=one[0], minutes=one[1], version=one[2])
            for day, one in sorted(kept["marks"].items(), reverse=True)
        ],
        unresolved=[UnresolvedDay(day=day, missing=missing) for day, missing in unresolved],
        warnings=[Warned(**one) for one in kept["warnings"]],
        cases=[summary(one) for one in cases],
    )


def near(row: Document) -> NearStep:
    """Somebody close to a step, with the warnings that hold."""
    holding = [Warned(**one) for one in row["warnings"] if one["ended_at"] is None]
    return NearStep(**{**row, "warnings": holding})
