"""The command `history` of a service: which days to load, in what state, and how far it is."""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kit.demo.calendar import DAY, working_days
from kit.demo.people import Person
from kit.mongo import DURABLE, Database

LOADED = "demo_days"
SEED, DAYS, MOST_DAYS = 1, 30, 730
SHOW_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Past:
    """What is asked for: the `days` calendar days that end with `last`, of `people` people (None: of all)."""

    seed: int
    days: int
    last: date
    people: int | None

    @property
    def first(self) -> date:
        """The first day."""
        return self.last - DAY * (self.days - 1)

    def of(self, everybody: Sequence[Person]) -> list[Person]:
        """Those of whom something is told."""
        return list(everybody[: self.people])


@dataclass(frozen=True, slots=True)
class Loaded:
    """A day as it is told: of the first `people` of the city, in the state of the evening of `as_of`."""

    day: date
    as_of: date
    people: int
    done: bool


def arguments(parser: ArgumentParser) -> None:
    """What `history` is told."""
    parser.add_argument("--days", type=int, default=DAYS, help=f"calendar days (default {DAYS}, a year is 365)")
    parser.add_argument("--people", type=int, help="of so many people only (default: of all)")
    parser.add_argument("--last", type=date.fromisoformat, help="the last day, YYYY-MM-DD (default: yesterday)")
    parser.add_argument("--seed", type=int, default=SEED, help=f"which past (default {SEED})")


def asked(given: Namespace, zone: str) -> Past:
    """From the arguments. Raises SystemExit for what cannot be."""
    yesterday = datetime.now(ZoneInfo(zone)).date() - timedelta(days=1)
    last = given.last or yesterday
    if last > yesterday:
        raise SystemExit(f"the last day must be over everywhere: {yesterday} or earlier")
    if not 1 <= given.days <= MOST_DAYS:
        raise SystemExit(f"--days must be from 1 to {MOST_DAYS}")
    if given.people is not None and given.people < 1:
        raise SystemExit("--people must be at least 1")
    return Past(given.seed, given.days, last, given.people)


class Days:
    """Which days a service's past has. What a day is told as stays: waiting things of it wait until somebody acts."""

    def __init__(self, db: Database, past: Past, people: int) -> None:
        self._rows = db.get_collection(LOADED, write_concern=DURABLE)
        self._past = past
        self._people = people

    async def plan(self, *, before: int = 0) -> list[Loaded]:
        """The working days of the past in order, with those up to `before` days earlier that are loaded. Raises
        SystemExit when another seed was loaded here."""
        past = self._past
        known = {row["_id"]: row async for row in self._rows.find({})}
        if any(row["seed"] != past.seed for row in known.values()):
            raise SystemExit("another past (--seed) is loaded here: begin with an empty data folder for a new one")
        found = []
        for day in working_days(past.first - DAY * before, past.last):
            row = known.get(str(day))
            if row is not None and (row["done"] or day >= past.first):
                people = max(row["people"], self._people if day >= past.first else 0)
                done = row["done"] and people == row["people"]
                found.append(Loaded(day, date.fromisoformat(row["as_of"]), people, done))
            elif day >= past.first:
                found.append(Loaded(day, past.last, self._people, done=False))
        return found

    async def begin(self, day: Loaded) -> None:
        """Note in what state a day is told before anything is written of it: an interrupted run is continued so."""
        await self._note(day, done=False)

    async def end(self, day: Loaded) -> None:
        """All of a day is written."""
        await self._note(day, done=True)

    async def _note(self, one: Loaded, *, done: bool) -> None:
        row = {"as_of": str(one.as_of), "people": one.people, "seed": self._past.seed, "done": done}
        await self._rows.replace_one({"_id": str(one.day)}, row, upsert=True)


class Progress:
    """Lines about how far it is; `stream` is what is loaded, `of` how many days."""

    def __init__(self, stream: str, of: int, say: Callable[[str], None] | None = None) -> None:
        self._stream, self._of = stream, of
        self._say = say or _line
        self._began = self._shown = time.monotonic()
        self._done = 0

    def day(self, day: date, facts: int) -> None:
        """A day is done, with so many events since the beginning."""
        self._done += 1
        now = time.monotonic()
        if now - self._shown < SHOW_SECONDS and self._done < self._of:
            return
        self._shown = now
        spent = max(now - self._began, 0.001)
        left = spent / self._done * (self._of - self._done)
        about = facts * self._of // self._done
        self._say(
            f"{self._stream:<10} {day}  {self._done}/{self._of} days  {facts:,} of about {about:,} events  "
            f"{facts / spent:,.0f}/s  {_lasting(left)} left"
        )

    def end(self, facts: int) -> None:
        """Everything is written."""
        spent = time.monotonic() - self._began
        if not self._of:
            self._say(f"{self._stream:<10} every day asked for is loaded already: nothing to do")
        else:
            self._say(f"{self._stream:<10} {facts:,} events of {self._of} days in {_lasting(spent)}")


def _lasting(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"


def _line(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
