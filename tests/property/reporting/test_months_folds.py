"""However days, people and cases arrive, months are the same: computed here a second, plain way from the facts."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.events.cases import CaseChanged
from contracts.events.days import DayAssessed
from contracts.events.directory import EmployeeChanged
from kit.projector.shards import summed
from services.reporting.months.folds import CASES, EMPLOYEE_MONTHS, PEOPLE, UNIT_MONTHS, Months
from services.reporting.months.rules import FIELDS
from tests.property.reporting.test_presence_folds import EMPLOYEES, assignment_lists
from tests.unit.kit.projector.memory import Folding, Record

REACHED = date(2026, 11, 28)
STATUSES = ["present", "absent", "leave", "duty", "permit", "off"]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
Fact = DayAssessed | CaseChanged | EmployeeChanged


@st.composite
def days(draw: st.DrawFn) -> DayAssessed:
    """Around the end of a month; each version of a day is one and the same."""
    employee, on = draw(st.sampled_from(EMPLOYEES)), date(2026, 11, 20) + timedelta(days=draw(st.integers(0, 13)))
    version = draw(st.integers(1, 3))
    mixed = (version * 7 + on.day + len(employee)) % len(STATUSES)
    status: Any = STATUSES[mixed]
    late = (on.day + version) % 3 * 5 if status == "present" else 0
    shift = {
        **{"shift_id": "1", "kind": "fixed", "status": status, "starts": LONG_AGO, "ends": LONG_AGO},
        **({"late_minutes": late, "late_band": f"TL{version}"} if late else {}),
    }
    return DayAssessed.model_validate(
        {
            **{"employee_id": employee, "local_date": on, "version": version, "zone": "Asia/Jakarta", "status": status},
            **{"required_minutes": 450 * (status != "off"), "effective_minutes": 400 * (status == "present")},
            **{"absent_minutes": 450 * (status == "absent"), "late_minutes": late, "early_minutes": 0},
            **{"required_days": int(status != "off"), "present_days": int(status == "present")},
            **{"absent_days": int(status == "absent"), "excused_days": int(status in ("leave", "duty", "permit"))},
            **{"late_days": int(late > 0), "early_days": 0, "rules": ("baca",)},
            "shifts": () if status == "off" else (shift,),
            "missing": ("window_open",) if version == 1 else (),
        }
    )


@st.composite
def people(draw: st.DrawFn) -> EmployeeChanged:
    """States of a person; of one instant there is one state."""
    minute = draw(st.integers(0, 5))
    return EmployeeChanged(
        employee_id=draw(st.sampled_from(EMPLOYEES)),
        name=f"Nama {minute % 2}",
        sex="male",
        status="pns",
        numbers=(),
        assignments=draw(assignment_lists()),
        changed_at=LONG_AGO + timedelta(minutes=minute),
    )


@st.composite
def cases(draw: st.DrawFn) -> CaseChanged:
    """States of a case."""
    version = draw(st.integers(1, 3))
    return CaseChanged(
        case_id=draw(st.sampled_from(["c1", "c2"])),
        employee_id=draw(st.sampled_from(EMPLOYEES)),
        version=version,
        year=2026,
        by_streak=False,
        from_days=3,
        level="ringan",
        sanction="teguran",
        article="pasal 1",
        rule="rule",
        status=("proposed", "examining", "decided")[version - 1],
        days=3,
        minutes=0,
        reached_on=REACHED,
        evidence=(),
        changed_at=LONG_AGO,
    )


def unique(facts: list[Fact]) -> list[Fact]:
    """Without other states of a person at the same instant, or of a case under the same version: sources say one."""
    kept: dict[Any, Fact] = {}
    for fact in facts:
        if isinstance(fact, EmployeeChanged):
            kept.setdefault((fact.employee_id, fact.changed_at), fact)
        else:
            kept.setdefault(fact.to_json(), fact)
    return list(kept.values())


facts_of_any_kind = st.lists(st.one_of(days(), days(), people(), cases()), max_size=40).map(unique)


def plain(facts: list[Fact]) -> dict[tuple[str, str], dict[str, int]]:
    """The sums of each unit and month, from the newest states."""
    newest: dict[tuple[str, date], DayAssessed] = {}
    known: dict[str, EmployeeChanged] = {}
    for fact in facts:
        if isinstance(fact, DayAssessed):
            held = newest.get((fact.employee_id, fact.local_date))
            if held is None or held.version < fact.version:
                newest[fact.employee_id, fact.local_date] = fact
        elif isinstance(fact, EmployeeChanged):
            person = known.get(fact.employee_id)
            if person is None or person.changed_at < fact.changed_at:
                known[fact.employee_id] = fact
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(FIELDS, 0))
    there = set()
    for (employee, on), day in newest.items():
        posts = known[employee].assignments if employee in known else ()
        key = (_placed(posts, on), f"{on:%Y-%m}")
        if (employee, key) not in there:
            there.add((employee, key))
            sums[key]["people"] += 1
        sums[key]["days"] += 1
        for field in FIELDS:
            sums[key][field] += getattr(day, field, 0)
        if day.status in ("leave", "duty", "permit"):
            sums[key][f"{day.status}_days"] += 1
        sums[key]["incomplete_days"] += bool(day.missing)
    return {key: {field: amount for field, amount in one.items() if amount} for key, one in sums.items()}


def _placed(posts: Any, on: date) -> str:
    for one in posts:
        if one.kind == "primary" and one.valid_from <= on and (one.valid_to is None or on <= one.valid_to):
            return str(one.unit_id)
    return ""


def fold(facts: list[Fact], size: int, chance: Random | None = None) -> Folding:
    """In batches, each employee on a partition of their own; now and then a batch is lost and comes again."""
    folding = Folding(Months())
    for first in range(0, len(facts), size):
        batch = facts[first : first + size]
        for partition, employee in enumerate(EMPLOYEES):
            records = [Record.of(fact) for fact in batch if fact.employee_id == employee]
            if chance is not None and chance.random() < 0.2:
                folding.batch(records, partition=partition, commit=False)
            assert folding.batch(records, partition=partition) == []
    return folding


@settings(max_examples=80, deadline=None)
@given(facts_of_any_kind, st.randoms(use_true_random=False), st.integers(1, 9))
def test_any_order_any_repetition_any_batches(facts: list[Fact], chance: Random, size: int) -> None:
    again = [*facts, *facts[::2]]
    chance.shuffle(again)
    once, often = fold(facts, 100), fold(again, size, chance)
    for collection in (EMPLOYEE_MONTHS, PEOPLE, CASES):
        assert often.documents(collection) == once.documents(collection)
    shards: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for shard in often.documents(UNIT_MONTHS).values():
        shards[shard["unit"], shard["month"]].append(shard)
    found = {key: sums for key, some in shards.items() if (sums := summed(some))}
    assert found == plain(facts)


@settings(max_examples=30, deadline=None)
@given(facts_of_any_kind, st.integers(1, 9))
def test_the_parts_of_people_come_to_the_sums_of_their_units(facts: list[Fact], size: int) -> None:
    folding = fold(facts, size)
    parts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(FIELDS, 0))
    for month in folding.documents(EMPLOYEE_MONTHS).values():
        assert month["units"] == [part["unit"] for part in month["parts"]]
        for part in month["parts"]:
            for field in FIELDS:
                parts[part["unit"], month["month"]][field] += part[field]
    assert {key: {name: one for name, one in sums.items() if one} for key, sums in parts.items()} == plain(facts)
