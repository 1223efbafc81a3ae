"""How far somebody sees: worked out from the directory copy on the day of asking, applied inside queries.

Authority is that of today, also over the past: who leads a unit now sees its last March, who led it then does not any
more. Whoever acts for somebody (Plt, Plh) has that post's subordinates and unit while it lasts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kit.access.principal import Principal, Scope


@dataclass(frozen=True, slots=True)
class Held:
    """A post held on the day asked about."""

    unit_id: str
    post_id: str
    acting: bool


class DirectoryCopy(Protocol):
    """What a service must know of the directory to say who may see whom."""

    async def held(self, employee: str, on: date) -> Sequence[Held]:
        """The posts somebody holds on a day, acting ones included."""

    async def holders(self, posts: Collection[str], on: date) -> Collection[str]:
        """Who holds one of `posts` as the own post on a day."""

    async def subordinates(
        self, superiors: Collection[str], on: date, among: Collection[str] | None = None
    ) -> Collection[str]:
        """Whose superior in the own post is one of `superiors` on a day; with `among` only of these."""

    async def below(self, units: Collection[str], on: date) -> Collection[str]:
        """These units and all below them on a day."""

    async def offices(self, _units: Collection[str], _on: date) -> Collection[str]:
        """The offices these units belong to on a day; none where a service has no need of them."""
        return ()


@dataclass(frozen=True, slots=True)
class Reach:
    """Everyone; or `people` by id, and whoever has the own post in or below one of `units`."""

    everyone: bool = False
    units: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.everyone or bool(self.units or self.people)


EVERYONE = Reach(everyone=True)
POSTS_TELL = {Scope.SUBORDINATES, Scope.OFFICE, Scope.SUBTREE}


async def covers(reach: Reach, person: str, copy: DirectoryCopy, on: date) -> bool:
    """Whether somebody is within a reach on a day: by id, or by the unit of the own post."""
    if reach.everyone or person in reach.people:
        return True
    if not reach.units:
        return False
    own = {post.unit_id for post in await copy.held(person, on) if not post.acting}
    return not own.isdisjoint(await copy.below(reach.units, on))


async def reach_of(
    principal: Principal,
    scopes: Iterable[Scope],
    copy: DirectoryCopy,
    on: date,
    among: Collection[str] | None = None,
) -> Reach:
    """Everybody whom `principal` may see with `scopes` on the day `on`; empty for machines without `ALL`.

    `among`: people whom alone the answer is about. Then others may be missing from it, and who leads a hundred costs no
    more than who leads one.
    """
    wanted = set(scopes)
    if Scope.ALL in wanted:
        return EVERYONE
    me = principal.employee_id
    if me is None:
        return Reach()
    if among is not None and Scope.SELF in wanted and {me}.issuperset(among):
        return Reach(people=frozenset({me}))
    people: set[str] = set()
    units: set[str] = set()
    held: Sequence[Held] = await copy.held(me, on) if wanted & POSTS_TELL else ()
    if Scope.SUBORDINATES in wanted:
        acting = {post.post_id for post in held if post.acting}
        covered = set(await copy.holders(acting, on)) if acting else set()
        # Who acts for the own superior would stand above himself.
        people |= set(await copy.subordinates(covered | {me}, on, among)) - {me}
    if Scope.SUBTREE in wanted:
        units |= {post.unit_id for post in held}
    if Scope.OFFICE in wanted:
        units |= set(await copy.offices({post.unit_id for post in held}, on))
    if Scope.SELF in wanted:
        people.add(me)
    return Reach(units=frozenset(units), people=frozenset(people))
