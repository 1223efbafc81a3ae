"""The feedback API over a database of the test's own, with a clock the test sets and people the directory told of."""

import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from contracts.events.directory import Assignment, EmployeeChanged, EmployeeNumber, UnitChanged, UnitVersion
from contracts.events.feedback import NotesTallied
from kit.access.mongo_copy import EMPLOYEES
from kit.access.units import UNITS, unit_row
from services.feedback.app import Parts, create
from services.feedback.notes.colleagues import person_row
from services.feedback.settings import FeedbackSettings
from tests.stack.issuer import Issuer

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)  # 15.30 WIB
TODAY = "2026-11-23"
LONG_AGO = date(2020, 1, 1)
ANI, BUDI, CICI, DEDI, HEAD, STRANGER = "emp-ani", "emp-budi", "emp-cici", "emp-dedi", "emp-head", "emp-lain"
# Who works where, under whom. The health office has two sections; the stranger is of another office.
PEOPLE = {
    ANI: ("Ani Lestari", "seksi-1", BUDI),
    DEDI: ("Dedi (Honorer)", "seksi-1", BUDI),
    BUDI: ("Budi Santoso", "seksi-1", HEAD),
    CICI: ("Cici Anisah", "seksi-2", HEAD),
    HEAD: ("Hasan Basri", "dinas", None),
    STRANGER: ("Ani Orang Lain", "dinas-lain", None),
}
TREE = {"kota": None, "dinas": "kota", "dinas-lain": "kota", "seksi-1": "dinas", "seksi-2": "dinas"}


@dataclass
class Office:
    """Who asks is said by employee id and roles."""

    parts: Parts
    issuer: Issuer
    http: httpx.AsyncClient
    clock: list[datetime] = field(default_factory=lambda: [MONDAY])

    async def ask(
        self,
        method: str,
        path: str,
        who: str | None,
        *roles: str,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> httpx.Response:
        token = self.issuer.token(*(roles or ("pegawai",)), employee_id=who)
        sent = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex, **(headers or {})}
        return await self.http.request(method, f"/api/feedback/v1{path}", headers=sent, **more)

    async def feedback(self, who: str = BUDI, to: str = ANI, status: int = 201, **fields: Any) -> Any:
        """Two taps' worth of it."""
        body = {"value": "akuntabel", "tone": "good", **fields}
        return await self._sent("POST", f"/employees/{to}/feedback", who, status, body)

    async def praise(self, who: str, to: str, status: int = 201, **fields: Any) -> Any:
        body = {"value": "kolaboratif", "shown": "private", **fields}
        return await self._sent("POST", f"/employees/{to}/praise", who, status, body)

    async def request(self, who: str = ANI, status: int = 201, **fields: Any) -> Any:
        return await self._sent("POST", f"/employees/{who}/feedback-requests", who, status, fields)

    async def answer(self, note: str, words: str = "Terima kasih, Pak.", who: str = ANI, status: int = 200) -> Any:
        return await self._sent("PUT", f"/employees/{who}/notes/{note}/answer", who, status, {"words": words})

    async def withdraw(self, note: str, who: str = BUDI, status: int = 200) -> Any:
        return await self._sent("DELETE", f"/employees/{who}/notes/given/{note}", who, status)

    async def decline(self, request: str, who: str = BUDI, status: int = 200, words: str = "Sudah dibahas.") -> Any:
        return await self._sent("POST", f"/feedback-requests/{request}/decline", who, status, {"words": words})

    async def get(self, path: str, who: str = ANI, **query: Any) -> Any:
        return await self._sent("GET", path, who, 200, params=query)

    async def notes(self, of: str = ANI, who: str | None = None) -> Any:
        return await self.get(f"/employees/{of}/notes", who or of, **PERIOD)

    async def _sent(self, method: str, path: str, who: str, status: int, body: Any = None, **more: Any) -> Any:
        answer = await self.ask(method, path, who, **({} if body is None else {"json": body}), **more)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def facts(self) -> list[Any]:
        """Everything in the journal, oldest first."""
        entries = self.parts.journal.collection.find().sort("_id", 1)
        return [fact async for entry in entries for fact in entry["facts"]]

    async def told(self, employee: str) -> list[NotesTallied]:
        """What was published of somebody's days, oldest first."""
        kind = NotesTallied.TYPE
        its = [fact for fact in await self.facts() if (fact["type"], fact["key"]) == (kind, employee)]
        return [NotesTallied.model_validate_json(fact["data"]) for fact in its]

    async def counts(self, employee: str) -> dict[str, int]:
        """What somebody's last published day comes to, nothing left out but what is zero."""
        (*_, last) = await self.told(employee)
        return {key: value for key in COUNTS if (value := getattr(last, key))}

    async def place(self, employee: str, name: str, unit: str, superior: str | None, *more: Assignment) -> None:
        """As the directory tells it from now on."""
        state = EmployeeChanged(
            employee_id=employee,
            name=name,
            sex="female",
            status="pns",
            numbers=(EmployeeNumber(number="198801012010011001", kind="pns", valid_from=LONG_AGO),),
            assignments=(post(employee, unit, superior), *more),
            changed_at=MONDAY,
        )
        await self.parts.db[EMPLOYEES].replace_one({"_id": employee}, person_row(state), upsert=True)


COUNTS = ("given", "praise_given", "received", "praise_received", "requested", "answered")
PERIOD = {"from": "2026-11-01", "to": "2026-11-30"}


def post(holder: str, unit: str, superior: str | None, **more: Any) -> Assignment:
    """The post of somebody, held by whoever it is given to."""
    fields = {"unit_id": unit, "post_id": f"post-{holder}", "post_title": f"Jabatan {holder}", "site_id": "s"}
    return Assignment.model_validate({**fields, "superior_id": superior, "valid_from": LONG_AGO, **more})


@asynccontextmanager
async def opened(mongo_uri: str, database_name: str, issuer: Issuer) -> AsyncIterator[Office]:
    """The API over a database, with everybody in their places."""
    settings = FeedbackSettings.model_validate(
        {
            "kafka": "127.0.0.1:1",
            "mongo": mongo_uri,
            "mongo_database": database_name,
            "port": 15945,
            "issuer": issuer.url,
        }
    )
    clock = [MONDAY]
    parts = Parts.of(settings, clock=lambda: clock[0])
    await parts.setup()
    transport = httpx.ASGITransport(app=create(parts))
    async with httpx.AsyncClient(transport=transport, base_url="http://feedback") as http:
        running = Office(parts, issuer, http, clock)
        for unit, parent in TREE.items():
            version = UnitVersion(valid_from=LONG_AGO, name=unit, short_name=unit, parent_id=parent)
            state = UnitChanged(unit_id=unit, code=unit, versions=(version,), changed_at=MONDAY)
            await parts.db[UNITS].insert_one(unit_row(state))
        for employee, place in PEOPLE.items():
            await running.place(employee, *place)
        yield running
    parts.client.close()


@pytest.fixture(scope="session")
def notes_issuer() -> Any:
    """Gives tokens as sign-in would."""
    with Issuer() as running:
        yield running


@pytest.fixture
async def office(mongo_uri: str, database_name: str, notes_issuer: Issuer) -> AsyncIterator[Office]:
    """A city of two offices."""
    async with opened(mongo_uri, database_name, notes_issuer) as running:
        yield running
