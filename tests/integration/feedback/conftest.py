"""The feedback API over a database of the test's own, with a clock the test sets, and people and units the directory
told of. Citizens come from an address of the test's choice."""

import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from contracts.base import EventData
from contracts.events.directory import Assignment, EmployeeChanged, EmployeeNumber, UnitChanged, UnitVersion
from kit.access.mongo_copy import EMPLOYEES, employee_row
from kit.access.units import UNITS, unit_row
from services.feedback.app import Parts, create
from services.feedback.settings import FeedbackSettings
from tests.stack.issuer import Issuer

MONDAY = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # 10.30 WIB
ANI, BUDI, HEAD, STRANGER = "emp-ani", "emp-budi", "emp-head", "emp-lain"
PEOPLE = {ANI: "u-ktp", BUDI: "u-ktp", HEAD: "u-dinas", STRANGER: "u-other"}
TREE = {"u-dinas": None, "u-ktp": "u-dinas", "u-loket": "u-ktp", "u-akta": "u-dinas", "u-other": None}


@dataclass
class Town:
    """Who asks is said by employee id and roles; `None` is a citizen without an account."""

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
        sent = {"Authorization": f"Bearer {token}", **(headers or {})}
        return await self.http.request(method, f"/api/feedback/v1{path}", headers=sent, **more)

    async def public(self, path: str, body: Any, address: str = "203.0.113.7", **more: Any) -> httpx.Response:
        """As a citizen, from an address the edge has told of."""
        return await self.http.post(
            f"/api/feedback/v1/public{path}", json=body, headers={"X-Forwarded-For": address}, **more
        )

    async def service(self, unit: str = "u-ktp", name: str = "Perekaman KTP", **more: Any) -> str:
        body = {"name": name, "unit_id": unit, "counters": ["Loket 1", "Loket 2"], "valid_from": "2026-01-01", **more}
        answer = await self.ask("POST", "/services", None, "bkpsdm", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def code(self, service: str, who: str = ANI, status: int = 201, **more: Any) -> Any:
        """A code for somebody whom `who` has served."""
        answer = await self.ask("POST", f"/employees/{who}/codes", who, json={"service_id": service, **more})
        assert answer.status_code == status, answer.text
        return answer.json()

    async def rate(self, service: str, stars: int, who: str = ANI, **more: Any) -> None:
        code = (await self.code(service, who))["code"]
        answer = await self.public("/ratings", {"code": code, "stars": stars, **more})
        assert answer.status_code == 201, answer.text

    async def release(self, at: datetime) -> int:
        """Whatever is due at an instant; how much there was."""
        self.clock[0] = at
        fired = 0
        while await self.parts.ratings.desk.ratings.timers.fire_next():
            fired += 1
        return fired

    async def told(self, event: type[EventData]) -> list[Any]:
        """What was published of a kind, oldest first."""
        found = self.parts.journal.collection.find({"facts.type": event.TYPE}).sort("_id", 1)
        return [event.model_validate_json(fact["data"]) async for one in found for fact in one["facts"]]

    async def everything(self) -> str:
        """All that lies in the database, as one text."""
        names = await self.parts.db.list_collection_names()
        return "\n".join([f"{name} {row!r}" for name in sorted(names) async for row in self.parts.db[name].find()])


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    """Gives tokens as sign-in would."""
    with Issuer() as running:
        yield running


@pytest.fixture
async def town(mongo_uri: str, database_name: str, issuer: Issuer) -> AsyncIterator[Town]:
    """Ani and Budi serve in a unit of the head's office, which has a unit below and one beside it; another office is
    none of theirs."""
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
    await parts.db[UNITS].insert_many([unit_row(unit_of(unit, parent)) for unit, parent in TREE.items()])
    await parts.db[EMPLOYEES].insert_many([employee_row(person_of(who, post_in(unit))) for who, unit in PEOPLE.items()])
    transport = httpx.ASGITransport(app=create(parts))
    async with httpx.AsyncClient(transport=transport, base_url="http://kinerja.test") as http:
        yield Town(parts, issuer, http, clock)
    parts.client.close()


def unit_of(unit: str, parent: str | None) -> UnitChanged:
    version = UnitVersion(name=f"Unit {unit}", short_name=unit, parent_id=parent, valid_from=date(2020, 1, 1))
    return UnitChanged(unit_id=unit, code=unit, versions=(version,), changed_at=MONDAY)


def post_in(unit: str, since: date = date(2020, 1, 1), until: date | None = None, **more: Any) -> Assignment:
    held = {"unit_id": unit, "post_id": f"post-{unit}", "post_title": "Staf", "site_id": "s", "superior_id": None}
    return Assignment.model_validate({**held, "valid_from": since, "valid_to": until, **more})


def person_of(who: str, *posts: Assignment) -> EmployeeChanged:
    number = EmployeeNumber(number=uuid.uuid4().hex[:18], kind="pns", valid_from=date(2020, 1, 1))
    return EmployeeChanged(
        employee_id=who,
        name="Nama",
        sex="female",
        status="pns",
        numbers=(number,),
        assignments=posts,
        changed_at=MONDAY,
    )
