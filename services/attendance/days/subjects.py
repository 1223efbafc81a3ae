"""One employee within a batch: who they are, what their dates ask for, and what is on their agenda."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

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
KEPT_MOST = 20_000


class Shelf:
    """A version of the book, and the plans that were made by it."""

    def __init__(self, version: int, book: Book) -> None:
        self.version = version
        self.book = book
        self._plans: dict[tuple[str, str, date], DayPlan] = {}
        self._posts: dict[str, tuple[Sequence[Document], tuple[Post, ...]]] = {}

    def plan(self, post: Post, day: date) -> DayPlan:
        """That of anybody who has held this post for days and has nothing of their own."""
        key = (post.unit_id, post.site_id, day)
        if key not in self._plans:
            if len(self._plans) >= KEPT_MOST:
                self._plans.clear()
            self._plans[key] = plan_of(Person(employee_id="", posts=(post,)), day, self.book)
        return self._plans[key]

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
        self._plans, self._shared = {}, {}

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
        found = []
        for one in (day + n * DAY for n in range(-3, 3)):
            opens, closes = (self._plans.get(one) or self._common(one) or self.plan(one)).reach
            if opens <= at < closes:
                found.append(one)
        return found

    def _own(self, day: date) -> DayPlan:
        return plans_of(self.person, day, day, self.shelf.book)[0]

    def _common(self, day: date) -> DayPlan | None:
        """The plan of whoever holds a post of the unit at the site and has nothing of their own in reach."""
        if day not in self._shared:
            self._shared[day] = self._of_post(day)
        return self._shared[day]

    def _of_post(self, day: date) -> DayPlan | None:
        first, last = day - REACH, day + REACH
        if self.person.assigned or any(first <= one <= last for one in self.person.roster_by_day):
            return None
        posts = [post for post in self.person.posts if post.valid_from <= last and _ends_after(post, first)]
        if len(posts) != 1 or not (posts[0].holds(first) and posts[0].holds(last)):
            return None
        return self.shelf.plan(posts[0], day)

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


def dates_of(plan: DayPlan) -> list[date]:
    """The local dates, by whatever zone, whose punches can lie in the reach of a plan."""
    first, last = (plan.reach[0] - ZONES).astimezone(UTC).date(), (plan.reach[1] + ZONES).astimezone(UTC).date()
    return list(each_day(first, last))
