"""Employees of the demo city: ordinal 1 leads, the next hold the structural posts, the rest are staff under them.

Whatever employee `n` is depends on `n` alone, so a larger city holds a smaller one unchanged. `n` is also the PIN that
terminals know the person by.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from services.directory.demo.careers import Career, Sequences, career, ranks, titles
from services.directory.demo.chance import pick, roll, weighted
from services.directory.demo.city import FOUNDED
from services.directory.demo.names import name_of
from services.directory.demo.offices import OFFICES, Office
from services.directory.demo.slots import Slot, slots
from services.directory.demo.staff_posts import StaffPost, all_posts, posts_of
from services.directory.employees.models import Assignment, AssignmentKind, Employee
from services.directory.ids import entity_id
from services.directory.posts.models import Post
from services.directory.validity import DAY

STAFFED = tuple((office, office.weight) for office in OFFICES if office.weight)
# Slots of an office that staff stand under, by its kind.
LINE = {
    "setda": (2, 3, 4),
    "bagian": (2, 3),
    "dinas": (3, 4, 5, 6, 7, 8),
    "kecamatan": (3, 4, 5, 6),
    "puskesmas": (1, 2),
    "rsud": (2, 3, 4),
    "penghubung": (1, 2),
}
# Where people came from: agencies whose head is in place, so that nobody ever stood under somebody below them.
EARLIER = tuple(o for o in OFFICES if o.kind == "dinas" and not slots()[f"{o.code}-01"].vacant)
HEADS = sum(slot.kind == "jpt_pratama" and not slot.vacant for slot in slots().values())
ACTING_SINCE = date(2026, 2, 1)
LEAVES = (("U17-01", date(2026, 11, 16), date(2026, 11, 27)), ("U10-01", date(2026, 12, 1), date(2026, 12, 11)))


def code_of(n: int) -> str:
    """The stable code of employee `n`."""
    return f"P{n:05}"


def employee_id(n: int) -> str:
    """The id of employee `n`."""
    return entity_id("employee", code_of(n))


@cache
def ordinals() -> Mapping[str, int]:
    """Who holds each structural post that is not vacant."""
    filled = [code for code, slot in slots().items() if not slot.vacant]
    return {code: n for n, code in enumerate(filled, 1)}


def posts() -> Mapping[str, Post]:
    """Every post by id."""
    structural = [
        Post(code=slot.code, title=slot.title, kind=slot.kind, grade=slot.grade, valid_from=FOUNDED)
        for slot in slots().values()
    ]
    others = [
        Post(code=post.code, title=post.title, kind=post.kind, grade=post.grade, valid_from=FOUNDED)
        for post in all_posts()
    ]
    return {entity_id("post", post.code): post for post in (*structural, *others)}


def employees(count: int) -> Iterator[Employee]:
    """Employees 1 to `count`. Raises ValueError when `count` leaves a structural post without its holder."""
    leaders = list(ordinals())
    if count < len(leaders):
        raise ValueError(f"the demo city needs at least {len(leaders)} employees for its structural posts, not {count}")
    sequences = Sequences()
    for n in range(1, count + 1):
        yield _leader(n, slots()[leaders[n - 1]], sequences) if n <= len(leaders) else _staff(n, sequences)


def _leader(n: int, slot: Slot, sequences: Sequences) -> Employee:
    life = career(n, slot.kind)
    held = [*_posts_held(n, life, slot.office, slot.code, _above(slot, n), slot.office.sites[0]), *_acting(n, slot)]
    return _employee(n, life, slot.kind, "sarjana", tuple(held), sequences)


def _staff(n: int, sequences: Sequences) -> Employee:
    life = career(n, "staff")
    office = weighted(n, "office", STAFFED)
    post: StaffPost = weighted(n, "post", posts_of(office, seniors=life.status == "pns" and life.started.year < 2020))
    slot = slots()[f"{office.code}-{pick(n, 'line', LINE[office.kind]):02}"]
    site = pick(n, "site", office.sites)
    held = tuple(_posts_held(n, life, office, post.code, employee_id(_holder(slot)), site))
    return _employee(n, life, "staff", post.schooling, held, sequences)


def _employee(
    n: int, life: Career, level: str, schooling: str, held: tuple[Assignment, ...], sequences: Sequences
) -> Employee:
    before, after = titles(n, level, schooling)
    return Employee(
        code=code_of(n),
        name=name_of(n, life.sex),
        title_before=before,
        title_after=after,
        sex=life.sex,
        status=life.status,
        numbers=sequences.numbers(n, life),
        ranks=ranks(n, life, level, schooling),
        assignments=held,
    )


def _holder(slot: Slot) -> int:
    """Who leads here: the holder, or who acts for a vacant post."""
    return ordinals()[slot.deputy] if slot.vacant and slot.deputy else ordinals()[slot.code]


def _above(slot: Slot, n: int) -> str | None:
    """The superior of the holder of `slot`; the one above that where `n` acts for the superior."""
    if slot.superior is None:
        return None
    superior = slots()[slot.superior]
    return _above(superior, n) if _holder(superior) == n else employee_id(_holder(superior))


def _posts_held(
    n: int, life: Career, office: Office, post: str, superior: str | None, site: str
) -> Iterator[Assignment]:
    """The present post, and for one in three an earlier one elsewhere."""
    first = max(FOUNDED, life.was_pppk_until + DAY if life.was_pppk_until else life.started)
    first = date(2021, 3, 1) if life.was_pppk_until else first
    moved = date(2019 + roll(n, "moved", 7), pick(n, "moved month", (1, 2, 7, 9)), 1)
    if superior and roll(n, "mover", 3) == 0 and moved > first and not life.status.startswith("pppk"):
        before = pick(n, "came from", EARLIER)
        yield Assignment(
            unit_id=entity_id("unit", before.code),
            post_id=entity_id("post", "PL-3"),
            site_id=entity_id("site", before.sites[0]),
            superior_id=employee_id(1 if n <= HEADS else ordinals()[f"{before.code}-01"]),
            valid_from=first,
            valid_to=moved - DAY,
        )
        first = moved
    yield Assignment(
        unit_id=entity_id("unit", office.code),
        post_id=entity_id("post", post),
        site_id=entity_id("site", site),
        superior_id=superior,
        valid_from=first,
    )


def _acting(n: int, slot: Slot) -> Iterator[Assignment]:
    """Plt for a vacant post whose deputy this is; Plh while its head is on leave."""
    for other in slots().values():
        if other.vacant and other.deputy == slot.code:
            yield _act(n, other, "plt", ACTING_SINCE, None)
    for code, first, last in LEAVES:
        if slots()[code].deputy == slot.code:
            yield _act(n, slots()[code], "plh", first, last)


def _act(n: int, slot: Slot, kind: AssignmentKind, first: date, last: date | None) -> Assignment:
    return Assignment(
        kind=kind,
        unit_id=entity_id("unit", slot.office.code),
        post_id=entity_id("post", slot.code),
        site_id=entity_id("site", slot.office.sites[0]),
        superior_id=_above(slot, n),
        valid_from=first,
        valid_to=last,
    )
