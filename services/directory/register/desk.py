"""The desk of one kind of master data: what its routes have in common. Documents out, typed states in."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from fastapi import Response
from pydantic import BaseModel, JsonValue, TypeAdapter, ValidationError

from kit.etags import tag
from kit.idempotency import Answer, Attempt
from kit.mongo import Document, Session
from kit.problems import FieldError, Problem, of_status
from services.directory.register.forms import form_errors
from services.directory.register.kinds import Kind
from services.directory.register.merge_patch import merge_patch
from services.directory.register.paging import BY_NAME, Order, decode, encode
from services.directory.register.rows import Cause, Row
from services.directory.register.salvage import Salvage, nothing
from services.directory.register.store import Register
from services.directory.register.writing import Conflict, Writing
from services.directory.violations import Violation, Violations

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Rules(Generic[T]):
    """`save(writing, id, state, version)` checks and puts one state; `salvage` judges what cannot be read whole."""

    save: Callable[[Writing, str, T, int], Awaitable[Row[T]]]
    salvage: Salvage = nothing


EDIT = Cause("edit")


class State(BaseModel, Generic[R]):
    """One state in the history of an entity. `changed` names the fields that differ from the state before."""

    version: int
    changed_at: datetime
    cause: str
    changed: list[str]
    state: R


class Desk(Generic[T]):
    """`prefix` is the path the entities of the kind live under."""

    def __init__(self, register: Register, kind: Kind[T], rules: Rules[T], prefix: str) -> None:
        self._register = register
        self._kind = kind
        self._rules = rules
        self._prefix = prefix

    async def page(
        self,
        where: list[Mapping[str, Any]],
        *,
        q: str | None,
        cursor: str | None,
        limit: int,
        order: Order = BY_NAME,
    ) -> dict[str, Any]:
        """One page of the list as a Page document."""
        if q:
            where = [*where, *({"search": {"$regex": re.escape(word)}} for word in q.casefold().split())]
        query: Mapping[str, Any] = {"$and": where} if where else {}
        async with self._register.view() as view:
            total = await view.count(self._kind, query)
            found = await view.documents(self._kind, query, order=order, after=decode(cursor), limit=limit + 1)
        more = encode(found[limit - 1][order.field], found[limit - 1]["id"]) if len(found) > limit else None
        return {"items": [record(row) for row in found[:limit]], "next_cursor": more, "total": total}

    async def get(self, identity: str, response: Response) -> dict[str, Any]:
        """One entity, its tag in the answer. Raises Problem 404."""
        async with self._register.view() as view:
            found = await view.documents(self._kind, {"id": identity}, limit=1)
        if not found:
            raise self._unknown(identity)
        response.headers["ETag"] = tag(found[0]["version"])
        return record(found[0])

    async def history(self, identity: str) -> list[dict[str, Any]]:
        """Every state, newest first. Raises Problem 404."""
        async with self._register.view() as view:
            found = await view.history(self._kind, identity)
        if not found:
            raise self._unknown(identity)
        before: list[Document] = [*found[1:], {"state": {}}]
        return [
            {
                "version": state["version"],
                "changed_at": state["changed_at"],
                "cause": state["cause"]["kind"],
                "changed": [name for name in state["state"] if state["state"][name] != older["state"].get(name)],
                "state": state["state"],
            }
            for state, older in zip(found, before, strict=True)
        ]

    async def create(self, state: T, attempt: Attempt) -> Answer:
        """A new entity; the answer is stored with it, for the same command sent again."""
        identity = self._kind.identity(state)

        async def work(writing: Writing) -> Answer:
            row = await self._rules.save(writing, identity, state, 0)
            headers = {"ETag": tag(row.version), "Location": f"{self._prefix}/{identity}"}
            return Answer(201, RECORD.dump_json(self._record(row)), headers=headers)

        async def keep(answer: Answer, session: Session) -> None:
            await attempt.finish(answer, session)

        return await self._register.write(work, EDIT, then=keep)

    async def replace(self, identity: str, state: T, version: int, response: Response) -> dict[str, Any]:
        """A new state for an entity that is in `version`."""

        async def whole(_: Writing, __: T) -> T:
            return state

        return await self._edited(identity, version, whole, response)

    async def patch(
        self, identity: str, patch: dict[str, JsonValue], version: int, response: Response
    ) -> dict[str, Any]:
        """A JSON merge patch (RFC 7396) on an entity that is in `version`."""

        async def patched(writing: Writing, present: T) -> T:
            merged = merge_patch(self._kind.document(present), patch)
            try:
                return self._kind.state(merged)
            except ValidationError as error:
                told = await self._rules.salvage(writing.view, merged, writing.today)
                raise of_status(422, errors=[*form_errors(error.errors(), ["body"]), *pointed(told)]) from None

        return await self._edited(identity, version, patched, response)

    async def _edited(
        self, identity: str, version: int, change: Callable[[Writing, T], Awaitable[T]], response: Response
    ) -> dict[str, Any]:
        async def work(writing: Writing) -> Row[T]:
            present = await writing.view.one(self._kind, identity)
            if present is None:
                raise self._unknown(identity)
            if present.version != version:
                raise Conflict(version, present.version)
            state = await change(writing, present.state)
            if self._kind.code(state) != self._kind.code(present.state):
                raise Violations([Violation(("code",), "kode tidak dapat diubah; buat data baru dengan kode lain")])
            return await self._rules.save(writing, identity, state, version)

        row = await self._register.write(work, EDIT)
        response.headers["ETag"] = tag(row.version)
        return self._record(row)

    def _record(self, row: Row[T]) -> dict[str, Any]:
        return {
            "id": row.id,
            "version": row.version,
            "changed_at": row.changed_at,
            **self._kind.document(row.state),
        }

    def _unknown(self, identity: str) -> Problem:
        return Problem(
            404, "entity-not-found", f"{self._kind.label} tidak ditemukan", f"Tidak ada data dengan id {identity}."
        )


RECORD = TypeAdapter(dict[str, Any])


def pointed(violations: Iterable[Violation]) -> list[FieldError]:
    """Violations of a body as fields of the request."""
    return [FieldError(f"/body{one.pointer}", one.detail) for one in violations]


def record(row: Document) -> dict[str, Any]:
    """A stored row as it is answered."""
    return {"id": row["id"], "version": row["version"], "changed_at": row["changed_at"], **row["state"]}


def on_day(field: str, day: date, also: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The filter for entities of which an entry in `field` holds on `day` and has `also`; "" = the entity itself."""
    text = day.isoformat()
    first, last = (name if field else f"state.{name}" for name in ("valid_from", "valid_to"))
    holding = {first: {"$lte": text}, last: {"$not": {"$lt": text}}, **(also or {})}
    return {f"state.{field}": {"$elemMatch": holding}} if field else holding
