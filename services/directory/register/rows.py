"""How one entity lies in the store.

A row is visible when `since` <= the head's `visible` < `until`. An edit replaces its row in place. An import writes the
new rows beside the old ones under the next number and then moves the head by one: readers see all of it or nothing
(services/directory/transfer/runner.py). The replaced state goes to `history`, which is only ever added to.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from kit.mongo import Document
from services.directory.register.kinds import Kind

T = TypeVar("T")

OPEN = 2**53  # an `until` that never comes
HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Cause:
    """What brought a version about: one edit, or an import by its id."""

    kind: str
    id: str = ""

    def document(self) -> Document:
        """As stored."""
        return {"kind": self.kind, "id": self.id}


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """One visible entity. `version` counts its states from 1 and is its entity tag."""

    id: str
    version: int
    changed_at: datetime
    state: T


def visible_at(number: int) -> Document:
    """The filter for rows that readers of head `number` see."""
    return {"since": {"$lte": number}, "until": {"$gt": number}}


def row_document(
    kind: Kind[T], identity: str, state: T, *, version: int, since: int, at: datetime, cause: Cause
) -> Document:
    """The stored document of a new row."""
    return {
        "_id": f"{identity}@{since}",
        "id": identity,
        "since": since,
        "until": OPEN,
        "version": version,
        "changed_at": at,
        "cause": cause.document(),
        "sort": kind.sort(state),
        "search": kind.search(state),
        "number": kind.number(state),
        "state": kind.document(state),
    }


def history_document(kind: Kind[Any], row: Document) -> Document:
    """The document that keeps a state after it was replaced."""
    return {
        "_id": f"{kind.name}:{row['id']}:{row['version']}",
        "kind": kind.name,
        **{field: row[field] for field in ("id", "version", "changed_at", "cause", "state")},
    }


def row(kind: Kind[T], document: Document) -> Row[T]:
    """A stored document as a row."""
    return Row(document["id"], document["version"], document["changed_at"], kind.state(document["state"]))
