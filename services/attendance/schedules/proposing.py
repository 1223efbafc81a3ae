"""What the book would be with a change, and what that would make wrong. Pure."""

from collections.abc import Collection, Mapping, Sequence

from services.attendance.schedules.book import Book
from services.attendance.schedules.checks import Finding, check
from services.attendance.schedules.law import WorkingTimeRule
from services.attendance.schedules.models import Assigned, Frozen


def changed(book: Book, put: Mapping[str, Sequence[Frozen]], gone: Collection[tuple[str, str]] = ()) -> Book:
    """The book with rows put in place of those with their ids, and rows taken away; by the names of `Book`'s fields."""
    said = {name: getattr(book, name) for name in Book.model_fields}
    for kind in {*put, *(kind for kind, _ in gone)}:
        rows = {row.id: row for row in said[kind]}
        rows.update({row.id: row for row in put.get(kind, ())})  # type: ignore[attr-defined]
        said[kind] = tuple(row for identity, row in sorted(rows.items()) if (kind, identity) not in gone)
    return Book(**said)


def findings(before: Book, after: Book, rows: Collection[Frozen], law: WorkingTimeRule) -> list[Finding]:
    """What is wrong about these rows, and what else is wrong only since them: what lay there already is not theirs."""
    known = set(map(_key, check(before, (), law)))
    about = {name for row in rows for name in _names(row)}
    found = check(after, (), law)
    return [one for one in found if one.where.partition("@")[0] in about or _key(one) not in known]


def _names(row: Frozen) -> Sequence[str]:
    identity: str = row.id  # type: ignore[attr-defined]
    return (identity, f"unit:{row.owner_id}") if isinstance(row, Assigned) else (identity,)


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.where, finding.at
