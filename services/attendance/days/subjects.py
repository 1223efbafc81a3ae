"""One employee within a batch: who they are, what their dates ask for, and what is on their agenda."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple

from kit.days import each_day
from services.attendance.days.agenda import Agenda
from services.attendance.days.documents import Document, agenda_of, agenda_row, posts_of
from services.attendance.days.models import Excuse, Fault, Seen
from services.attendance.schedules.book import Book, Person
from services.attendance.schedules.models import Post
from services.attendance.schedules.plans import DayPlan
from services.attendance.schedules.rules import REACH, plan_of, plans_of
from services.attendance.sheets.models import OwnSheet, Sheet

DAY = timedelta(days=1)
ZONES = timedelta(hours=14)
"""A date begins in no zone earlier or later than this, by UTC."""
BEFORE, AFTER = 3 * DAY, 2 * DAY
"""How far from a punch's own date those lie that it can concern."""
KEPT_MOST = 20_000


class Window(NamedTuple):
    """Punches from `opens` on, before `closes`, can concern this date."""

    day: date
    opens: datetime
    closes: datetime


class Shelf:
    """A version of the book, and the plans that were made by it."""

    def __init__(self, version: int, book: Book) -> None:
        self.version = version
        self.book = book
        self._plans: dict[tuple[str, str, date], DayPlan] = {}
        self._windows: dict[tuple[str, str, date], list[Window]] = {}
        self._posts: dict[str, tuple[Sequence[Document], tuple[Post, ...]]] = {}

    def plan(self, post: Post, day: date) -> DayPlan:
        """That of anybody who has held this post for days and has nothing of their own."""
        key = (post.unit_id, post.site_id, day)
        if key not in self._plans:
            if len(self._plans) >= KEPT_MOST:
                self._plans.clear()
            self._plans[key] = plan_of(Person(employee_id="", posts=(post,)), day, self.book)
        return self._plans[key]

    def windows(self, post: Post, day: date) -> list[Window]:
        """Theirs, of the dates that a punch of a local date can concern."""
        key = (post.unit_id, post.site_id, day)
        if key not in self._windows:
            if len(self._windows) >= KEPT_MOST:
                self._windows.clear()
            self._windows[key] = [Window(one, *self.plan(post, one).reach) for one in _around(day)]
        return self._windows[key]

    def posts(self, row: Document) -> tuple[Post, ...]:
        """Those of a person's document, read once for as long as they are the same."""
        known = self._posts.get(row["_id"])
        if known is None or known[0] != row["posts"]:
            if len(self._posts) >= KEPT_MOST:
                self._posts.clear()
            known = self._posts[row["_id"]] = (row["posts"], posts_of(row))
        return known[1]


class Subject:
    """`row` is the person's document. Plans are worked out once a batch."""

    def __init__(self, row: Document, shelf: Shelf) -> None:
        self.row = row
        self.shelf = shelf
        self.agenda: Agenda = agenda_of(row)
        self.own = OwnSheet()
        self.sheets: Sequence[Sheet] = ()
        self._plans: dict[date, DayPlan] = {}
        self._shared: dict[date, DayPlan | None] = {}
        self._nearby: dict[date, list[Window]] = {}

    @cached_property
    def person(self) -> Person:
        """As the rules have it. Forget it (`changed`) when posts or sheets are others."""
        return Person(
            employee_id=self.row["_id"],
            posts=self.shelf.posts(self.row),
            assigned=self.own.assigned,
            roster=tuple(day for sheet in self.sheets for day in sheet.roster),
        )

    def changed(self) -> None:
        """What is known of the person is another: plans are made anew."""
        self.__dict__.pop("person", None)
        self._plans, self._shared, self._nearby = {}, {}, {}

    def plan(self, day: date) -> DayPlan:
        """What was required on a date."""
        if day not in self._plans:
            common = self._common(day)
            self._plans[day] = (
                common.model_copy(update={"employee_id": self.person.employee_id}) if common else self._own(day)
            )
        return self._plans[day]

    def concerned(self, day: date, at: datetime) -> list[date]:
        """The dates that a punch of a local date can concern: those whose windows, or which themselves, it lies in."""
        at = at.astimezone(UTC)  # of one zone they are compared four times as quickly
        return [one.day for one in self._windows(day) if one.opens <= at < one.closes]

    def _windows(self, day: date) -> list[Window]:
        if day not in self._nearby:
            post = self._held(day - BEFORE - REACH, day + AFTER + REACH)
            self._nearby[day] = (
                self.shelf.windows(post, day)
                if post
                else [Window(one, *(self._common(one) or self.plan(one)).reach) for one in _around(day)]
            )
        return self._nearby[day]

    def _own(self, day: date) -> DayPlan:
        return plans_of(self.person, day, day, self.shelf.book)[0]

    def _common(self, day: date) -> DayPlan | None:
        """The plan of whoever holds a post of the unit at the site and has nothing of their own in reach."""
        if day not in self._shared:
            self._shared[day] = self._of_post(day)
        return self._shared[day]

    def _of_post(self, day: date) -> DayPlan | None:
        post = self._held(day - REACH, day + REACH)
        return self.shelf.plan(post, day) if post else None

    def _held(self, first: date, last: date) -> Post | None:
        """The one post held from the first to the last of these dates, unless somebody has a plan of their own then."""
        if self.person.assigned or any(first <= one <= last for one in self.person.roster_by_day):
            return None
        posts = [post for post in self.person.posts if post.valid_from <= last and _ends_after(post, first)]
        return posts[0] if len(posts) == 1 and posts[0].holds(first) and posts[0].holds(last) else None

    def excuses(self, day: date) -> list[Excuse]:
        """Those granted for a date."""
        return [one.excuse for sheet in self.sheets for one in sheet.granted if one.first <= day <= one.last]

    def faults(self, day: date) -> list[Fault]:
        """Those that are in doubt on a date."""
        return [one.fault for sheet in self.sheets for one in sheet.doubted if one.day == day]

    def claimed(self, days: Iterable[date]) -> list[Seen]:
        """Punches granted by correction for some dates."""
        wanted = set(days)
        return [one.punch for sheet in self.sheets for one in sheet.claimed if one.day in wanted]

    def stored(self, until: datetime) -> Document:
        """The document, its agenda as it is now."""
        return self.row | agenda_row(self.agenda, self.agenda.due(self.person, self.shelf.book, until))


def _ends_after(post: Post, day: date) -> bool:
    return post.valid_to is None or day <= post.valid_to


def dates_of(plan: DayPlan) -> Sequence[date]:
    """The local dates, by whatever zone, whose punches can lie in the reach of a plan."""
    return _dates(*plan.reach)


@lru_cache(4_096)
def _dates(opens: datetime, closes: datetime) -> tuple[date, ...]:
    first, last = (opens - ZONES).astimezone(UTC).date(), (closes + ZONES).astimezone(UTC).date()
    return tuple(each_day(first, last))


def _around(day: date) -> Iterator[date]:
    return each_day(day - BEFORE, day + AFTER)
