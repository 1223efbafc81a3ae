"""Dead letters in the view's database, as the API reads them."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from contracts.envelope import event_type
from contracts.topics import BY_TYPE
from kit.mongo import Database, Document
from kit.projector.deadletters import INCOMPLETE, LETTERS, as_text, replaying
from services.reporting.deadletters.models import Action, Header, LetterDetail, LetterItem, Replay, Status

LIST = {"value": 0, "key": 0}
ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class LetterStore:
    """Reads letters and counts them."""

    def __init__(self, db: Database) -> None:
        self._letters = db[LETTERS]
        self._incomplete = db[INCOMPLETE]

    async def page(
        self, status: Status, view: str | None, before: tuple[datetime, str] | None, limit: int
    ) -> list[Document]:
        """Newest first, without values."""
        query: Document = {"status": status, **({"view": view} if view else {})}
        if before:
            at, identity = before
            query["$or"] = [{"first_seen": {"$lt": at}}, {"first_seen": at, "_id": {"$lt": identity}}]
        found = self._letters.find(query, LIST).sort([("first_seen", -1), ("_id", -1)]).limit(limit)
        return await found.to_list(None)

    async def these(self, ids: list[str]) -> list[Document]:
        """Those there are, without values."""
        return await self._letters.find({"_id": {"$in": ids}}, LIST).to_list(None)

    async def one(self, identity: str) -> Document | None:
        """The whole letter."""
        return await self._letters.find_one({"_id": identity})

    async def counts(self) -> dict[tuple[str, str], int]:
        """By view and status."""
        by = {"view": "$view", "status": "$status"}
        # In the order of the index, so that the values are not read.
        ordered = {"$sort": {"view": 1, "status": 1}}
        rows = self._letters.aggregate([ordered, {"$group": {"_id": by, "count": {"$sum": 1}}}])
        return {(row["_id"]["view"], row["_id"]["status"]): row["count"] async for row in rows}

    async def incomplete(self, identity: str) -> list[str]:
        """Whom a letter leaves incomplete."""
        return [row["_id"] async for row in self._incomplete.find({"letters": identity}, {"_id": 1}).sort("_id", 1)]


def named(row: Document, incomplete: list[str]) -> list[str]:
    """The employees whose data a letter holds: whom it leaves incomplete, and whom its key names."""
    by_employee = {topic.name for topic in BY_TYPE.values() if topic.key == "employee_id"}
    keyed = [as_text(row["key"]) or ""] if row["topic"] in by_employee else []
    # A key that is no id names nobody: nothing made up gets into the access log.
    return [one for one in dict.fromkeys([*incomplete, *keyed]) if ID.fullmatch(one)]


def item(row: Document) -> LetterItem:
    """For the list."""
    return LetterItem.model_validate(_item(row))


def detail(row: Document, incomplete: list[str], names: Mapping[str, Document]) -> LetterDetail:
    """With all it says."""
    is_json, value = _json(row["value"])
    return LetterDetail(
        **_item(row),
        key=as_text(row["key"]),
        headers=[Header(name=name, value=as_text(given)) for name, given in row["headers"]],
        is_json=is_json,
        value=value,
        text=as_text(row["value"]),
        incomplete=incomplete,
        replays=[
            Replay(**_action(one, names), acknowledged=one.get("acknowledged", False)) for one in row.get("replays", [])
        ],
        dropped=Action(**_action(row["dropped"], names)) if row.get("dropped") else None,
    )


def acted(row: Document) -> set[str]:
    """The employees who have dealt with a letter."""
    actions = [*row.get("replays", []), *([row["dropped"]] if row.get("dropped") else [])]
    return {one["employee_id"] for one in actions if one.get("employee_id")}


def write_cursor(row: Document) -> str:
    """Where the next page starts: after this one."""
    return urlsafe_b64encode(f"{row['first_seen'].isoformat()}|{row['_id']}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, str] | None:
    """What a cursor stands for; None when it is not one of ours."""
    try:
        at, _, identity = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition("|")
        return datetime.fromisoformat(at), identity
    except ValueError:
        return None


def _item(row: Document) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("view", "topic", "partition", "offset", "reason", "status", "first_seen")},
        "id": row["_id"],
        "event": event_type(row["headers"]),
        "replaying": replaying(row),
        "refusals": row.get("refusals", 1),
        "refused_at": row.get("refused", row["first_seen"]),
        "ended_at": row.get("ended"),
        "why": row.get("why"),
    }


def _action(one: Document, names: Mapping[str, Document]) -> dict[str, Any]:
    who = names.get(one.get("employee_id") or "")
    return {"by": one["subject"], "by_name": who["name"] if who else None, "at": one["at"]}


def _json(value: bytes | None) -> tuple[bool, Any]:
    def never(_name: str) -> NoReturn:
        raise ValueError("NaN and its kin are no JSON")

    try:
        return value is not None, json.loads(value, parse_constant=never) if value is not None else None
    except (ValueError, RecursionError):
        return False, None
