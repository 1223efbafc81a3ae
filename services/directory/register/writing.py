"""Writing: states put inside one transaction, each with its past kept and its event ready."""

from datetime import datetime, tzinfo
from typing import TypeVar

from kit.journal import Fact
from kit.mongo import Database, Session
from services.directory.employees.models import Employee
from services.directory.posts.models import Post
from services.directory.register.facts import employee_changed, fact, site_changed, unit_changed
from services.directory.register.kinds import EMPLOYEE, POST, Kind
from services.directory.register.rows import HISTORY, Cause, Row, history_document, row_document, visible_at
from services.directory.register.view import View
from services.directory.sites.models import Site
from services.directory.units.models import Unit

T = TypeVar("T")


class Conflict(RuntimeError):
    """The entity is not in the version the caller saw; `present` is the one it is in (0 = does not exist)."""

    def __init__(self, given: int, present: int) -> None:
        super().__init__(f"version {given} was expected, version {present} is present")
        self.given = given
        self.present = present


class Writing:
    """One commit in the making. `view` reads inside its transaction; `today` is the agency's own date."""

    def __init__(
        self, db: Database, session: Session, visible: int, *, revision: int, at: datetime, zone: tzinfo, cause: Cause
    ) -> None:
        self.view = View(db, session, visible=visible, revision=revision)
        self.at = at
        self.today = at.astimezone(zone).date()
        self._db = db
        self._session = session
        self._revision = revision
        self._cause = cause
        self._states: dict[str, Unit | Site | Employee] = {}
        self._renamed_posts: set[str] = set()

    async def put(self, kind: Kind[T], identity: str, state: T, *, version: int) -> Row[T]:
        """Make `state` the present one. `version` is the version it follows; 0 creates. Equal states write nothing.

        Raises Conflict when the entity is in another version.
        """
        rows = self._db[kind.collection]
        present = await rows.find_one({"id": identity, **visible_at(self.view.visible)}, session=self._session)
        if (present["version"] if present else 0) != version:
            raise Conflict(version, present["version"] if present else 0)
        if present and kind.state(present["state"]) == state:
            return Row(identity, version, present["changed_at"], state)
        since = present["since"] if present else self.view.visible
        document = row_document(kind, identity, state, version=version + 1, since=since, at=self.at, cause=self._cause)
        if present:
            await self._db[HISTORY].insert_one(history_document(kind, present), session=self._session)
            await rows.replace_one({"_id": present["_id"]}, document, session=self._session)
        else:
            await rows.insert_one(document, session=self._session)
        self._note(identity, state, present["state"] if present else None)
        return Row(identity, version + 1, self.at, state)

    def _note(self, identity: str, state: object, before: dict[str, object] | None) -> None:
        match state:
            case Unit() | Site() | Employee():
                self._states[identity] = state
            case Post() if before and before["title"] != state.title:
                self._renamed_posts.add(identity)

    async def facts(self) -> list[Fact]:
        """The events of everything put. A post's new title is told through the employees who hold it."""
        if self._renamed_posts:
            holding = {"state.assignments.post_id": {"$in": list(self._renamed_posts)}}
            async for holder in self.view.all(EMPLOYEE, holding):
                self._states.setdefault(holder.id, holder.state)
        held = {
            assignment.post_id
            for state in self._states.values()
            if isinstance(state, Employee)
            for assignment in state.assignments
        }
        titles = {identity: post.state.title for identity, post in (await self.view.many(POST, held)).items()}
        return [self._fact(identity, state, titles) for identity, state in self._states.items()]

    def _fact(self, identity: str, state: Unit | Site | Employee, titles: dict[str, str]) -> Fact:
        match state:
            case Unit():
                return fact(unit_changed(identity, state, self.at), revision=self._revision)
            case Site():
                return fact(site_changed(identity, state, self.at), revision=self._revision)
            case Employee():
                return fact(employee_changed(identity, state, titles, self.at), revision=self._revision)
