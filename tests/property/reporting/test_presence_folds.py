"""However facts arrive, the views are the same: a function of the set of facts, computed here a second, plain way."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.events.appraisal import ValidationTallied, WorkdayTallied
from contracts.events.attendance import PunchRecorded, PunchReviewed
from contracts.events.days import DayAssessed
from contracts.events.directory import Assignment, EmployeeChanged
from contracts.events.feedback import NotesTallied, ServiceRated
from services.reporting.presence import counts
from services.reporting.presence.folds import Presence
from tests.unit.kit.projector.memory import Folding, Record

EMPLOYEES = ["e0", "e1", "e2"]
UNITS = ["u0", "u1"]
SITES = {"s0": "Asia/Jakarta", "s1": "Asia/Makassar", "s2": "Asia/Jayapura"}
DEVICES = ["d0", "d.1"]
FIRST = date(2026, 11, 20)
Said = WorkdayTallied | ValidationTallied | NotesTallied | DayAssessed
Fact = PunchRecorded | PunchReviewed | Said | ServiceRated | EmployeeChanged

WORK = (
    *("version", "entries", "waiting", "validated", "returned", "rejected"),
    *("minutes", "validated_minutes", "effective_minutes", "month_norm_minutes", "rule", "copied"),
)
VALIDATING = ("version", "decided", "late", "became_overdue", "burst")
UNSUMMED = ("version", "rule", "month_norm_minutes", "copied", "burst", "status")
NOTES = ("version", "given", "praise_given", "received", "praise_received", "requested", "answered")
ASSESSED = (
    *("version", "status", "late_minutes", "late_days", "early_minutes", "early_days", "absent_days", "excused_days"),
    *("present_days", "required_days", "required_minutes", "effective_minutes", "absent_minutes"),
)
AWAY, OFF = ("leave", "duty"), ("off", "holiday")
SAID = {
    WorkdayTallied: ("work", WORK),
    ValidationTallied: ("validating", VALIDATING),
    NotesTallied: ("notes", NOTES),
    DayAssessed: ("assessed", ASSESSED),
}
STARS = ("one", "two", "three", "four", "five")
SERVICES = {"s0": "u0", "s1": "u1"}
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
        device_id=draw(st.sampled_from(DEVICES)),
        source="terminal",
        flags=draw(st.sampled_from([(), (), ("ambiguous_columns",), ("late_arrival",)])),
    )


@st.composite
def reviews(draw: st.DrawFn) -> PunchReviewed:
    """Decisions about punches that may never come, some in the same millisecond."""
    return PunchReviewed(
        punch_id=draw(st.sampled_from([f"p{number}" for number in range(12)])),
        employee_id=draw(st.sampled_from(EMPLOYEES)),
        local_date=draw(days_from_first),
        outcome=draw(st.sampled_from(["accepted", "rejected"])),
        reviewed_at=datetime(2026, 11, 25, tzinfo=UTC) + timedelta(milliseconds=draw(st.integers(0, 2))),
    )


@st.composite
def workdays(draw: st.DrawFn) -> WorkdayTallied:
    """Days with activities, some of which come to nothing in the end. What a version says never changes."""
    version, employee = draw(st.integers(1, 4)), draw(st.sampled_from(EMPLOYEES))
    on = draw(days_from_first)
    entries = (version + on.day + EMPLOYEES.index(employee)) % 5
    return WorkdayTallied(
        employee_id=employee,
        local_date=on,
        version=version,
        entries=entries,
        waiting=entries,
        validated=0,
        returned=0,
        rejected=0,
        minutes=entries * 30,
        validated_minutes=0,
        effective_minutes=0,
        copied=max(0, entries - version // 3),
        month_norm_minutes=6750,
        rule="r",
        tallied_at=datetime(2026, 11, 25, tzinfo=UTC),
    )


@st.composite
def validations(draw: st.DrawFn) -> ValidationTallied:
    """Days on which a superior decided or did not. What a version says never changes."""
    version, on = draw(st.integers(1, 4)), draw(days_from_first)
    decided = (version + on.day) % 3
    return ValidationTallied(
        employee_id=draw(st.sampled_from(EMPLOYEES)),
        local_date=on,
        version=version,
        decided=decided,
        late=min(decided, 1),
        became_overdue=version // 2 if decided else 0,
        burst=decided * 25,
        tallied_at=datetime(2026, 11, 25, tzinfo=UTC),
    )


@st.composite
def notes(draw: st.DrawFn) -> NotesTallied:
    """Days on which notes were given, got or withdrawn. What a version says never changes."""
    version, on = draw(st.integers(1, 4)), draw(days_from_first)
    given = (version + on.day) % 2
    return NotesTallied(
        employee_id=draw(st.sampled_from(EMPLOYEES)),
        local_date=on,
        version=version,
        given=given,
        praise_given=0,
        received=given * version,
        praise_received=0,
        requested=0,
        answered=0,
        tallied_at=datetime(2026, 11, 25, tzinfo=UTC),
    )


@st.composite
def assessed(draw: st.DrawFn) -> DayAssessed:
    """Days as attendance has assessed them. What a version says never changes."""
    version, on, employee = draw(st.integers(1, 4)), draw(days_from_first), draw(st.sampled_from(EMPLOYEES))
    statuses = ("pending", "absent", "present", *AWAY, *OFF, "no_schedule")
    turn = version * 3 + on.day + EMPLOYEES.index(employee)
    late = turn % 3
    return DayAssessed(
        employee_id=employee,
        local_date=on,
        version=version,
        zone="Asia/Jakarta",
        status=statuses[turn % len(statuses)],
        late_minutes=late * 7,
        late_days=min(late, 1),
        **dict.fromkeys(("early_minutes", "early_days", "absent_days", "excused_days", "present_days"), 0),
        **dict.fromkeys(("required_days", "required_minutes", "effective_minutes", "absent_minutes"), turn % 2),
    )


@st.composite
def ratings(draw: st.DrawFn) -> ServiceRated:
    """Days of services. A version has one more rating than the one before; what it released never changes."""
    version, service, on = draw(st.integers(1, 4)), draw(st.sampled_from(sorted(SERVICES))), draw(days_from_first)
    released = {star: (version + on.day + number) % 2 for number, star in enumerate(STARS)} if version > 2 else {}
    return ServiceRated(
        service_id=service,
        unit_id=SERVICES[service],
        local_date=on,
        version=version,
        ratings=version,
        released=sum(released.values()),
        stars=sum(STARS.index(star) * count + count for star, count in released.items()),
        **(dict.fromkeys(STARS, 0) | released),
        rated_at=datetime(2026, 11, 25, tzinfo=UTC),
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
    decided = draw(st.lists(reviews(), max_size=6))
    if seen:  # most decisions are about a punch that there is
        about = draw(st.lists(st.tuples(st.sampled_from(seen), reviews()), max_size=4))
        decided += [
            one.model_copy(update={"punch_id": p.punch_id, "employee_id": p.employee_id, "local_date": p.local_date})
            for p, one in about
        ]
    said = draw(st.lists(st.one_of(workdays(), validations(), notes(), assessed(), ratings()), max_size=10))
    return [*by_id.values(), *decided, *said, *states]


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
            if isinstance(fact, ServiceRated):
                whose = sorted(SERVICES).index(fact.service_id)
            else:
                whose = EMPLOYEES.index(fact.employee_id)
            by_partition[whose % 2].append(fact)
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
    assert _summed(folding, "unit_periods", "unit") == expected.unit_periods()
    assert _summed(folding, "employee_periods", "employee") == expected.employee_periods()
    counted = counts.stored(folding.documents("device_counts").values(), DEVICES)
    assert {device: one.punches for device, one in counted.items()} == expected.devices
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
        self.decided: dict[tuple[str, date], dict[str, PunchReviewed]] = defaultdict(dict)
        self.said: dict[tuple[str, date], dict[str, dict[str, Any]]] = defaultdict(dict)
        self.rated: dict[tuple[str, date], ServiceRated] = {}
        for fact in facts:
            if isinstance(fact, PunchRecorded):
                by_day[fact.employee_id, fact.local_date][fact.punch_id] = fact
            elif isinstance(fact, PunchReviewed):
                decisions = self.decided[fact.employee_id, fact.local_date]
                known = decisions.get(fact.punch_id)
                if known is None or (known.reviewed_at, known.outcome) < (fact.reviewed_at, fact.outcome):
                    decisions[fact.punch_id] = fact
                by_day[fact.employee_id, fact.local_date]
            elif isinstance(fact, ServiceRated):
                rated = self.rated.get((fact.service_id, fact.local_date))
                if rated is None or rated.version < fact.version:
                    self.rated[fact.service_id, fact.local_date] = fact
            elif isinstance(fact, Said):
                name, fields = SAID[type(fact)]
                strands = self.said[fact.employee_id, fact.local_date]
                if name not in strands or strands[name]["version"] < fact.version:
                    strands[name] = {field: getattr(fact, field) for field in fields}
                by_day[fact.employee_id, fact.local_date]
            elif fact.employee_id not in self.people or self.people[fact.employee_id].changed_at < fact.changed_at:
                self.people[fact.employee_id] = fact
        self.days = {f"{who}|{on}": self._day(who, on, list(some.values())) for (who, on), some in by_day.items()}
        stored = Counter(punch.device_id for some in by_day.values() for punch in some.values())
        self.devices = dict(stored)
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
        decisions = self.decided.get((who, on), {})
        rejected = {one for one, decision in decisions.items() if decision.outcome == "rejected"}
        counted = [p for p in counted if p.punch_id not in rejected]
        held = self._held(who, on)
        local = at(counted[0]).replace(tzinfo=UTC).astimezone(ZoneInfo(counted[0].zone)) if counted else None
        known = [
            {"id": one, "at": decision.reviewed_at.replace(tzinfo=None), "outcome": decision.outcome}
            for one, decision in sorted(decisions.items())
        ]
        strands = self.said.get((who, on))
        said: dict[str, Any] = {"strands": strands} if strands else {}
        work, validating = (strands or {}).get("work"), (strands or {}).get("validating")
        asks = [
            *(["no_presence"] if work and work["minutes"] > 0 and not counted else []),
            *(["copies"] if work and work["entries"] >= 3 and work["copied"] == work["entries"] else []),
            *(["burst"] if validating and validating["burst"] >= 50 else []),
        ]
        said |= {"attention": asks} if asks else {}
        return (
            ({"reviews": known} if known else {})
            | said
            | {
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
                "first_at": at(counted[0]) if counted else None,
                "first_site": counted[0].site_id if counted else None,
                "last_at": at(counted[-1]) if counted else None,
                "last_site": counted[-1].site_id if counted else None,
                "arrival": f"{local.hour:02d}{local.minute // 5 * 5:02d}" if local else "",
                "count": len(counted),
            }
        )

    def _totals(self, of: str) -> dict[tuple[str, str], dict[str, int]]:
        sums: dict[Any, Counter[str]] = defaultdict(Counter)
        for rated in self.rated.values() if of == "unit" else ():
            numbers = {f: getattr(rated, f) for f in ("ratings", "released", "stars", *STARS)}
            sums[rated.unit_id, str(rated.local_date)].update({f"served.{f}": n for f, n in numbers.items()})
        for day in self.days.values():
            for name, kept in day.get("strands", {}).items() if of == "unit" and day["unit"] is not None else ():
                numbers = {f: n for f, n in kept.items() if f not in UNSUMMED}
                if any(numbers.values()):
                    sums[day["unit"], day["date"]].update({f"{name}.{f}": n for f, n in numbers.items()})
                    sums[day["unit"], day["date"]][f"{name}.people"] += 1
            if day["count"] == 0:
                status = day.get("strands", {}).get("assessed", {}).get("status")
                spared = "away" if status in AWAY else "off" if status in OFF else None
                if spared and day[of] is not None:
                    sums[day[of], day["date"]][spared] += 1
                continue
            if day[of] is not None:
                sums[day[of], day["date"]]["present"] += 1
            if of == "site":
                sums[day["first_site"], day["date"]]["arrived"] += 1
            elif day["unit"] is not None:
                sums[day["unit"], day["date"]]["punches"] += day["count"]
                sums[day["unit"], day["date"]]["arrivals." + day["arrival"]] += 1
        return _nonzero(sums)

    def unit_periods(self) -> dict[tuple[str, str], dict[str, int]]:
        """The days of units by week and by month."""
        shown = ("present", "work.effective_minutes", "served.released", "served.stars")
        sums: dict[Any, Counter[str]] = defaultdict(Counter)
        for (unit, on), day in self.unit_days.items():
            for period in _periods(on):
                sums[unit, period].update({name: day[name] for name in shown if name in day})
        return _nonzero(sums)

    def employee_periods(self) -> dict[tuple[str, str], dict[str, int]]:
        """The effective minutes of people by week and by month, wherever they were worked."""
        sums: dict[Any, Counter[str]] = defaultdict(Counter)
        for day in self.days.values():
            for period in _periods(day["date"]):
                minutes = day.get("strands", {}).get("work", {}).get("effective_minutes", 0)
                sums[day["employee"], period]["work.effective_minutes"] += minutes
        return _nonzero(sums)

    def people_on(self, kind: str, on: date) -> dict[str, int]:
        """How many belong where."""
        held = [self._held(who, on) for who in self.people]
        return dict(Counter(one.unit_id if kind == "unit" else one.site_id for one in held if one))


def _periods(on: str) -> tuple[str, str]:
    return f"{date.fromisoformat(on):%G-W%V}", on[:7]


def _nonzero(sums: dict[Any, Any]) -> dict[Any, dict[str, int]]:
    kept = {key: {name: count for name, count in one.items() if count} for key, one in sums.items()}
    return {key: one for key, one in kept.items() if one}


def _summed(folding: Folding, collection: str, of: str) -> dict[Any, dict[str, int]]:
    """Shards added up as the reader does, without `last_at` (shares.py says why)."""
    sums: dict[Any, Counter[str]] = defaultdict(Counter)
    for shard in folding.documents(collection).values():
        on = shard.get("date") or shard.get("period")
        key = (shard[of], on) if on else shard[of]
        for name, value in shard.items():
            if isinstance(value, dict):
                sums[key].update({f"{name}.{at}": count for at, count in value.items()})
            elif isinstance(value, int) and name != "partition":
                sums[key][name] += value
    return _nonzero(sums)


def _people(folding: Folding, kind: str, on: date) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for shard in folding.documents(f"{kind}_headcounts").values():
        sums[shard[kind]] += sum(count for since, count in shard.get("changes", {}).items() if since <= str(on))
    return {where: count for where, count in sums.items() if count}
