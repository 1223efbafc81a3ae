"""How an indication is examined: who must, and by when, in working days of the person (PP 94/2021, PerBKN 6/2022;
regulations.md section 3.3). Pure."""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field

from kit.dated import Dated, Rule
from services.attendance.schedules.models import Frozen

TABLE = Path(__file__).parents[1] / "rules" / "procedure.yaml"
Team = Literal["none", "optional", "needed"]


class Limit(Frozen):
    """So many working days."""

    days: int = Field(ge=1)
    article: str


class ProcedureRule(Rule):
    """`teams` says by level whether a team examines; `team_least` is how many are in it. `summons` lie before the
    hearing, `second_summons` after a missed one; `delivery` after the decision, `sending` after a delivery nobody came
    to; a decision has `effect` on that working day after it was received."""

    teams: Mapping[str, Team]
    team_article: str
    team_least: int = Field(ge=1)
    summons: Limit
    second_summons: Limit
    delivery: Limit
    sending: Limit
    effect: Limit


class Deadline(NamedTuple):
    """`what` is due `on`; None when no schedule says which days are working days. `earliest`: not before that day,
    instead of by it."""

    what: str
    on: date | None
    days: int
    article: str
    earliest: bool = False


def load(path: Path = TABLE) -> Dated[ProcedureRule]:
    """The shipped procedure. Raises ValueError naming every wrong field."""
    return Dated.load(path, ProcedureRule)


def working_day(after: date, number: int, working: Collection[date]) -> date | None:
    """The working day of that number after a day; None where not so many are known."""
    following = sorted(day for day in working if day > after)
    return following[number - 1] if len(following) >= number else None


def deadlines(row: Mapping[str, Any], rule: ProcedureRule, working: Collection[date], today: date) -> list[Deadline]:
    """What comes next in a case, as far as it has come. `working` are the person's working days from its first date
    on."""
    found: list[Deadline] = []

    def due(what: str, after: str | None, limit: Limit, *, earliest: bool = False) -> str | None:
        if after is None:
            return None
        on = working_day(date.fromisoformat(after), limit.days, working)
        found.append(Deadline(what, on, limit.days, limit.article, earliest))
        return str(on) if on else None

    if row["status"] == "proposed":
        due("hearing", str(today), rule.summons, earliest=True)
    if row["status"] == "examining":
        due("second_summons", row["hearing_on"], rule.second_summons)
    if row["status"] == "decided":
        decided_on = row["decision"]["decided_on"]
        if row["delivered_on"] is None:
            due("sending", due("delivery", decided_on, rule.delivery), rule.sending)
        due("effect", row["delivered_on"], rule.effect, earliest=True)
    return found
