"""What people of the demo city recorded of a past day, and what became of it until some evening. Pure.

Two to five activities a day, recorded that evening or a few working days later; the superior of the day decides within
days, some within more than the rule allows; a few are returned, mostly mended, or rejected. What lies after the evening
`as_of` has not happened yet: so the newest wait.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import log
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from contracts.events.appraisal import ValidationTallied, WorkdayTallied
from kit.demo.calendar import DAY, after
from kit.demo.chance import between, chance, identity, pick, share
from kit.demo.people import Person
from kit.demo.presence import at_work, state_of
from kit.journal import Fact
from kit.mongo import Document
from services.appraisal.activities.rules import MinutesRule, closes_on, due_on, tally
from services.appraisal.demo.texts import CORRECTED, REJECTED, RETURNED, works_of

BEGIN, NOON, AFTERNOON, END = 450, 720, 780, 975  # minutes of the day: work, break, work
FORGETS, DILIGENT, LATE_RECORD = 0.04, 0.75, 3
RETURN, REJECT, MENDED = 0.05, 0.015, 0.75
LONGEST = 30
"""An entry is decided at the latest so many days after its day, or stays waiting."""


class Counted(NamedTuple):
    """What counts for a superior on a day."""

    superior: str
    day: date
    what: str


@dataclass(slots=True)
class Told:
    """A day of a person: the entries, what they come to, what counts for superiors, and what still has a timer."""

    entries: list[Document] = field(default_factory=list)
    workday: Document | None = None
    fact: Fact | None = None
    counted: list[Counted] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class City:
    """What every day of the past depends on. `zone` is the agency's."""

    seed: int
    zone: ZoneInfo

    def day_of(self, person: Person, day: date, as_of: date, rule: MinutesRule) -> Told:
        """A person's day as it stood in the evening of `as_of`."""
        told = Told()
        state = state_of(self.seed, person.id, day)
        post = person.post(day)
        if state not in ("present", "half", "duty") or post is None or post.superior_id is None:
            return told
        one = chance(self.seed, "activities", person.id, day)
        if one.random() < FORGETS:
            return told
        recorded = self._recorded(person, day, rule, one)
        works = works_of(post.post_title)
        for number, span in enumerate(_spans(one, half=state == "half")):
            entry = self._entry(person, day, number, span, works, recorded, rule, one)
            if recorded.date() <= as_of:
                told.entries.append(self._lived(entry, person, as_of, rule, told.counted))
        if told.entries:
            told.workday = _workday(person.id, day, told.entries, rule)
            told.fact = _fact(told.workday, rule, max(_changed(entry) for entry in told.entries))
        return told

    def _recorded(self, person: Person, day: date, rule: MinutesRule, one: Random) -> datetime:
        late = 0 if one.random() < DILIGENT else between(one, 1, LATE_RECORD)
        on = after(day, late)
        if on >= closes_on(day, rule):
            on = day
        first = 16 * 60 + 30 if on == day else 8 * 60
        return self._at(on, first + int(one.random() * 240), int(one.random() * 60))

    def _entry(
        self,
        person: Person,
        day: date,
        number: int,
        span: tuple[int, int],
        works: Sequence[Any],
        recorded: datetime,
        rule: MinutesRule,
        one: Random,
    ) -> Document:
        work = pick(one, works)
        quantity = max(1, min(work.most, round((span[1] - span[0]) / work.minutes)))
        at = recorded + timedelta(minutes=2 * number)
        return {
            "_id": identity(self.seed, "activity", person.id, day, number),
            "employee_id": person.id,
            "date": str(day),
            "span": list(span),
            "minutes": span[1] - span[0],
            "what": work.what,
            "result": f"{quantity} {work.unit}",
            "quantity": str(quantity),
            "unit": work.unit,
            "task": None,
            "status": "waiting",
            "due_on": str(due_on(at.date(), rule)),
            "version": 1,
            "recorded_at": at,
            "steps": [],
        }

    def _lived(
        self, entry: Document, person: Person, as_of: date, rule: MinutesRule, counted: list[Counted]
    ) -> Document:
        """What happened to an entry until the evening of `as_of`. Chance of its own: nothing that has happened becomes
        otherwise because an evening is later."""
        one = chance(self.seed, "fate", entry["_id"])
        kind = one.random()
        outcome = "returned" if kind < RETURN else "rejected" if kind < RETURN + REJECT else "validated"
        words = pick(one, RETURNED if outcome == "returned" else REJECTED)
        mended, soon = one.random() < MENDED, between(one, 1, 3)
        if not self._decide(entry, person, outcome, words, as_of, rule, one, counted) or outcome != "returned":
            return entry
        returned: datetime = entry["steps"][-1]["at"]
        changed = returned + (after(returned.date(), soon) - returned.date())
        day = date.fromisoformat(entry["date"])
        if not mended or changed.date() > as_of or changed.date() >= closes_on(day, rule):
            return entry
        _step(entry, "waiting", "changed", person.id, "", changed)
        entry["due_on"], entry["result"] = str(due_on(changed.date(), rule)), f"{entry['result']}. {CORRECTED}"
        self._decide(entry, person, "validated", "", as_of, rule, one, counted)
        return entry

    def _decide(
        self,
        entry: Document,
        person: Person,
        outcome: str,
        words: str,
        as_of: date,
        rule: MinutesRule,
        one: Random,
        counted: list[Counted],
    ) -> bool:
        """Whether it has been decided by the evening of `as_of`. Days that pass undecided count as they do live."""
        waits_from = _changed(entry)
        by, on = self._decider(person, waits_from.date(), one)
        due = date.fromisoformat(entry["due_on"])
        happens = on is not None and on <= as_of and (on - date.fromisoformat(entry["date"])).days <= LONGEST
        overdue_on = due + DAY
        if overdue_on <= as_of and not (happens and on is not None and on <= due):
            post = person.post(overdue_on)
            if post is not None and post.superior_id is not None:
                counted.append(Counted(post.superior_id, overdue_on, "became_overdue"))
        if not happens or on is None or by is None:
            return False
        at = self._at(on, 8 * 60 + int(one.random() * 480), int(one.random() * 60))
        at = max(at, waits_from + timedelta(minutes=3))
        _step(entry, outcome, outcome, by, "" if outcome == "validated" else words, at)
        counted.append(Counted(by, on, "decided"))
        if on > due:
            counted.append(Counted(by, on, "late"))
        return True

    def _decider(self, person: Person, since: date, one: Random) -> tuple[str | None, date | None]:
        """Who decides and when: on a working day on which the superior of that day is at work."""
        post = person.post(since)
        superior = post.superior_id if post else None
        if superior is None:
            return None, None
        pace = 0.4 + 2.4 * share(self.seed, "pace", superior) ** 3
        on = after(since + DAY, int(-log(1 - one.random()) * pace))
        for _ in range(LONGEST):
            held = person.post(on)
            superior = held.superior_id if held else None
            if superior is None:
                return None, None
            if at_work(self.seed, superior, on):
                return superior, on
            on = after(on, 1)
        return None, None

    def _at(self, day: date, minute: int, second: int) -> datetime:
        minute = min(minute, 23 * 60)
        return datetime.combine(day, time(minute // 60, minute % 60, second), self.zone)


def _spans(one: Random, *, half: bool) -> Iterator[tuple[int, int]]:
    """Two to five stretches of a day that do not overlap, with a break at noon and a little air between."""
    morning, rest = between(one, 1, 3), 0 if half else between(one, 1, 2)
    for first, last, count in ((BEGIN, NOON, morning), (AFTERNOON, END, rest)):
        each = (last - first) // count if count else 0
        for number in range(count):
            start = first + number * each + 5 * between(one, 0, 2)
            yield start, first + (number + 1) * each - 5 * between(one, 0, 3)


def _step(entry: Document, status: str, what: str, by: str, words: str, at: datetime) -> None:
    entry["status"], entry["version"] = status, entry["version"] + 1
    entry["steps"].append({"at": at, "what": what, "by": by, "words": words})


def _changed(entry: Document) -> datetime:
    found: datetime = entry["steps"][-1]["at"] if entry["steps"] else entry["recorded_at"]
    return found


def _workday(employee: str, day: date, entries: Sequence[Document], rule: MinutesRule) -> Document:
    """What the day comes to; its version counts what was done to it, as it does live."""
    return {
        "_id": f"{employee}|{day}",
        "employee_id": employee,
        "date": str(day),
        **tally(entries, rule.day_cap_minutes).model_dump(),
        "rule": rule.id,
        "version": sum(entry["version"] for entry in entries),
    }


def _fact(row: Document, rule: MinutesRule, at: datetime) -> Fact:
    counts = {name: row[name] for name in WorkdayTallied.model_fields if name in row}
    day, norm = date.fromisoformat(row["date"]), rule.month_norm_minutes
    event = WorkdayTallied(**counts, local_date=day, month_norm_minutes=norm, tallied_at=at)
    return Fact.of(event, event_id=f"{row['_id']}|{row['version']}", key=row["employee_id"], time=at)


class Validations:
    """What superiors did, added up by day."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._days: dict[date, dict[str, Counter[str]]] = {}

    def add(self, counted: Iterable[Counted]) -> None:
        """What counts."""
        for one in counted:
            self._days.setdefault(one.day, {}).setdefault(one.superior, Counter())[one.what] += 1

    def days(self) -> list[date]:
        """On which something counts, in order."""
        return sorted(self._days)

    def take(self, day: date) -> list[tuple[Document, Fact]]:
        """A day's documents and events, once all that counts for it was added. Versions count as they do live."""
        found, at = [], datetime.combine(day, time(17), self._zone)
        for superior, sums in sorted(self._days.pop(day).items()):
            counts = {what: sums[what] for what in ("decided", "late", "became_overdue")}
            version = counts["decided"] + counts["became_overdue"]
            row = {"_id": f"{superior}|{day}", "employee_id": superior, "date": str(day), **counts, "version": version}
            event = ValidationTallied(employee_id=superior, local_date=day, version=version, **counts, tallied_at=at)
            found.append((row, Fact.of(event, event_id=f"validating|{row['_id']}|{version}", key=superior, time=at)))
        return found
