"""However facts arrive, the views are the same: a function of the set of facts, computed here a second, plain way."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.events.attendance import PunchRecorded
from contracts.events.directory import Assignment, EmployeeChanged
from services.reporting.presence.folds import Presence
from tests.unit.reporting.memory import Folding, Record

EMPLOYEES = ["e0", "e1", "e2"]
UNITS = ["u0", "u1"]
SITES = {"s0": "Asia/Jakarta", "s1": "Asia/Makassar", "s2": "Asia/Jayapura"}
FIRST = date(2026, 11, 20)
Fact = PunchRecorded | EmployeeChanged

days_from_first = st.integers(0, 4).map(lambda days: FIRST + timedelta(days=days))


@st.composite
def assignment_lists(draw: st.DrawFn) -> tuple[Assignment, ...]:
    """Periods one after the other, with gaps, each a post somewhere; an acting post beside them now and then."""
    edges = sorted(draw(st.sets(days_from_first, min_size=1, max_size=4)))
    held = []
    for number, start in enumerate(edges):
        last = number == len(edges) - 1
        end = None if last and draw(st.booleans()) else (start if last else edges[number + 1] - timedelta(days=1))
        if draw(st.integers(0, 4)) == 0:
            continue
        held.append(_post(draw, "primary", start, end))
    if draw(st.integers(0, 3)) == 0:
        held.insert(0, _post(draw, "plt", FIRST, None))
    return tuple(held)


def _post(draw: st.DrawFn, kind: Any, start: date, end: date | None) -> Assignment:
    unit, site = draw(st.sampled_from(UNITS)), draw(st.sampled_from(sorted(SITES)))
    return Assignment(
        kind=kind, unit_id=unit, post_id="p", post_title="P", site_id=site, valid_from=start, valid_to=end
    )


@st.composite
def punches(draw: st.DrawFn) -> PunchRecorded:
    """Seconds apart at most, so that equal instants and boundaries of days and five minutes come up."""
    site = draw(st.sampled_from(sorted(SITES)))
    seconds = draw(st.integers(0, 12)) * 75 + draw(st.sampled_from([0, 0.0001, 0.0009, 0.001]))
    at = datetime(2026, 11, draw(st.integers(20, 23)), 16, 55, tzinfo=UTC) + timedelta(seconds=seconds)
    return PunchRecorded(
        punch_id=draw(st.sampled_from([f"p{number}" for number in range(12)])),
        employee_id=draw(st.sampled_from(EMPLOYEES)),
        occurred_at=at,
        local_date=at.astimezone(ZoneInfo(SITES[site])).date(),
        zone=SITES[site],
        site_id=site,
        device_id=draw(st.sampled_from(["d0", "d1"])),
        source="terminal",
        flags=draw(st.sampled_from([(), (), ("ambiguous_columns",), ("late_arrival",)])),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Facts that may all be true: one content per punch id and employee-day, one instant per state."""
    seen = draw(st.lists(punches(), max_size=14))
    # A file that cannot tell status from verify brings the same punch under another id.
    twins = draw(st.lists(st.sampled_from(seen), max_size=3)) if seen else []
    seen += [one.model_copy(update={"punch_id": "file", "flags": ("ambiguous_columns",)}) for one in twins]
    by_id = {(p.employee_id, p.local_date, p.punch_id): p for p in seen}
    states: list[Fact] = []
    for employee in EMPLOYEES:
        for number in range(draw(st.integers(0, 3))):
            states.append(
                EmployeeChanged(
                    employee_id=employee,
                    name=f"{employee} {number}",
                    sex="male",
                    status="pns",
                    numbers=(),
                    assignments=draw(assignment_lists()),
                    changed_at=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(milliseconds=number),
                )
            )
    return [*by_id.values(), *states]


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[Fact], list[tuple[int, list[Fact], bool]]]:
    """The facts, and one way they may arrive: shuffled, some twice or thrice, cut into batches, some batches lost
    before they commit and done again. An employee belongs to one partition."""
    facts = draw(histories())
    again = draw(st.lists(st.sampled_from(facts), max_size=6)) if facts else []
    arriving = draw(st.permutations([*facts, *again]))
    cuts = sorted(draw(st.sets(st.integers(0, len(arriving)), max_size=6)) | {0, len(arriving)})
    batches = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        by_partition: dict[int, list[Fact]] = defaultdict(list)
        for fact in arriving[start:end]:
            by_partition[EMPLOYEES.index(fact.employee_id) % 2].append(fact)
        batches += [(partition, some, draw(st.integers(0, 3)) == 0) for partition, some in by_partition.items()]
    return facts, batches


@settings(max_examples=150, deadline=None)
@given(deliveries())
def test_views_depend_on_the_facts_alone(delivered: tuple[list[Fact], list[tuple[int, list[Fact], bool]]]) -> None:
    facts, batches = delivered
    folding = Folding(Presence())
    for partition, some, crashes in batches:
        records = [Record.of(fact) for fact in some]
        if crashes:
            folding.batch(records, partition=partition, commit=False)
        assert folding.batch(records, partition=partition) == []

    expected = Expected(facts)
    assert folding.documents("employee_days") == expected.days
    assert {one: row["name"] for one, row in folding.documents("employees").items()} == {
        one: state.name for one, state in expected.people.items()
    }
    assert _summed(folding, "unit_days", "unit") == expected.unit_days
    assert _summed(folding, "site_days", "site") == expected.site_days
    assert _summed(folding, "device_counts", "device") == expected.devices
    for kind in ("unit", "site"):
        for on in (FIRST + timedelta(days=days) for days in range(-1, 7)):
            assert _people(folding, kind, on) == expected.people_on(kind, on)


@settings(max_examples=40, deadline=None)
@given(deliveries())
def test_every_shard_belongs_to_who_wrote_it(
    delivered: tuple[list[Fact], list[tuple[int, list[Fact], bool]]],
) -> None:
    _, batches = delivered
    folding = Folding(Presence())
    for partition, some, _ in batches:
        before = {name: dict(held) for name, held in folding.db.collections.items()}
        folding.batch([Record.of(fact) for fact in some], partition=partition)
        for name in (collection + "_v1" for collection in Presence.totals):
            for identity, document in folding.db.collections.get(name, {}).items():
                if document != before.get(name, {}).get(identity):
                    assert identity.endswith(f"|p{partition:02d}")


class Expected:
    """The views from the set of facts, the long way round."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.people: dict[str, EmployeeChanged] = {}
        by_day: dict[tuple[str, date], dict[str, PunchRecorded]] = defaultdict(dict)
        for fact in facts:
            if isinstance(fact, PunchRecorded):
                by_day[fact.employee_id, fact.local_date][fact.punch_id] = fact
            elif fact.employee_id not in self.people or self.people[fact.employee_id].changed_at < fact.changed_at:
                self.people[fact.employee_id] = fact
        self.days = {f"{who}|{on}": self._day(who, on, list(some.values())) for (who, on), some in by_day.items()}
        stored = Counter(punch.device_id for some in by_day.values() for punch in some.values())
        self.devices = {device: {"stored": count} for device, count in stored.items()}
        self.unit_days, self.site_days = self._totals("unit"), self._totals("site")

    def _held(self, who: str, on: date) -> Assignment | None:
        state = self.people.get(who)
        for held in state.assignments if state else ():
            if held.kind == "primary" and held.valid_from <= on and (held.valid_to is None or on <= held.valid_to):
                return held
        return None

    def _day(self, who: str, on: date, punches: list[PunchRecorded]) -> dict[str, Any]:
        def at(punch: PunchRecorded) -> datetime:
            moment = punch.occurred_at.replace(tzinfo=None)
            return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

        ordered = sorted(punches, key=lambda punch: (at(punch), punch.punch_id))
        sure = {(p.device_id, at(p)) for p in punches if "ambiguous_columns" not in p.flags}
        counted = [p for p in ordered if "ambiguous_columns" not in p.flags or (p.device_id, at(p)) not in sure]
        held = self._held(who, on)
        local = at(counted[0]).replace(tzinfo=UTC).astimezone(ZoneInfo(counted[0].zone))
        return {
            "_id": f"{who}|{on}",
            "employee": who,
            "date": str(on),
            "unit": held.unit_id if held else None,
            "site": held.site_id if held else None,
            "punches": [
                {
                    "id": p.punch_id,
                    "at": at(p),
                    "device": p.device_id,
                    "site": p.site_id,
                    "zone": p.zone,
                    "source": "terminal",
                    "direction": "unknown",
                    "method": "unknown",
                    "flags": list(p.flags),
                }
                for p in ordered
            ],
            "first_at": at(counted[0]),
            "first_site": counted[0].site_id,
            "last_at": at(counted[-1]),
            "last_site": counted[-1].site_id,
            "arrival": f"{local.hour:02d}{local.minute // 5 * 5:02d}",
            "count": len(counted),
        }

    def _totals(self, of: str) -> dict[tuple[str, str], dict[str, int]]:
        sums: dict[Any, Counter[str]] = defaultdict(Counter)
        for day in self.days.values():
            if day[of] is not None:
                sums[day[of], day["date"]]["present"] += 1
            if of == "site":
                sums[day["first_site"], day["date"]]["arrived"] += 1
            elif day["unit"] is not None:
                sums[day["unit"], day["date"]]["punches"] += day["count"]
                sums[day["unit"], day["date"]]["arrivals." + day["arrival"]] += 1
        return _nonzero(sums)

    def people_on(self, kind: str, on: date) -> dict[str, int]:
        """How many belong where."""
        held = [self._held(who, on) for who in self.people]
        return dict(Counter(one.unit_id if kind == "unit" else one.site_id for one in held if one))


def _nonzero(sums: dict[Any, Any]) -> dict[Any, dict[str, int]]:
    kept = {key: {name: count for name, count in one.items() if count} for key, one in sums.items()}
    return {key: one for key, one in kept.items() if one}


def _summed(folding: Folding, collection: str, of: str) -> dict[Any, dict[str, int]]:
    """Shards added up as the reader does, without `last_at` (shares.py says why)."""
    sums: dict[Any, Counter[str]] = defaultdict(Counter)
    for shard in folding.documents(collection).values():
        key = (shard[of], shard["date"]) if "date" in shard else shard[of]
        for name, value in shard.items():
            if name == "arrivals":
                sums[key].update({f"arrivals.{at}": count for at, count in value.items()})
            elif isinstance(value, int) and name != "partition":
                sums[key][name] += value
    return _nonzero(sums)


def _people(folding: Folding, kind: str, on: date) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for shard in folding.documents(f"{kind}_headcounts").values():
        sums[shard[kind]] += sum(count for since, count in shard.get("changes", {}).items() if since <= str(on))
    return {where: count for where, count in sums.items() if count}
