"""The appraisal API over a database of the test's own, with a clock the test sets and people the directory told of."""

import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from contracts.events.appraisal import ValidationTallied, WorkdayTallied
from contracts.events.directory import Assignment, EmployeeChanged, EmployeeNumber
from kit.access.mongo_copy import EMPLOYEES, employee_row
from services.appraisal.app import Parts, create
from services.appraisal.settings import AppraisalSettings
from tests.stack.issuer import Issuer

Headers = Mapping[str, str]
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)  # 15.30 WIB
ANI, BUDI, CICI, HEAD = "emp-ani", "emp-budi", "emp-cici", "emp-head"
SUPERIORS = {ANI: BUDI, BUDI: HEAD, CICI: HEAD, HEAD: None}


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
        return await self.http.request(method, f"/api/appraisal/v1{path}", headers=sent, **more)

    async def record(self, who: str = ANI, status: int = 201, **fields: Any) -> Any:
        """An activity of Monday, half an hour long."""
        body = {"date": "2026-11-23", "what": "Memeriksa berkas kenaikan pangkat", "minutes": 30, **fields}
        answer = await self.ask("POST", f"/employees/{who}/activities", who, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def decide(self, who: str, outcome: str, *activities: str, roles: tuple[str, ...] = (), **more: Any) -> Any:
        body = {"activities": list(activities), "outcome": outcome, **more}
        answer = await self.ask("POST", "/activities/decisions", who, *roles, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def told(self, employee: str = ANI) -> list[WorkdayTallied]:
        """What was published of somebody's days, oldest first."""
        return [
            WorkdayTallied.model_validate_json(fact["data"])
            async for entry in self.parts.journal.collection.find({"facts.type": WorkdayTallied.TYPE}).sort("_id", 1)
            for fact in entry["facts"]
            if fact["key"] == employee
        ]

    async def validating(self, superior: str = BUDI) -> list[ValidationTallied]:
        """What was published of a superior's days, oldest first."""
        kind = ValidationTallied.TYPE
        return [
            ValidationTallied.model_validate_json(fact["data"])
            async for entry in self.parts.journal.collection.find({"facts.type": kind}).sort("_id", 1)
            for fact in entry["facts"]
            if fact["key"] == superior
        ]

    async def move(self, employee: str, superior: str | None, unit: str = "u-1") -> None:
        """As the directory tells it from now on."""
        state = EmployeeChanged(
            employee_id=employee,
            name="Nama",
            sex="female",
            status="pns",
            numbers=(EmployeeNumber(number="198801012010011001", kind="pns", valid_from=date(2020, 1, 1)),),
            assignments=(
                Assignment(
                    unit_id=unit,
                    post_id=f"post-{employee}",
                    post_title="Staf",
                    site_id="s",
                    superior_id=superior,
                    valid_from=date(2020, 1, 1),
                ),
            ),
            changed_at=MONDAY,
        )
        row = employee_row(state)
        await self.parts.db[EMPLOYEES].replace_one({"_id": employee}, row, upsert=True)


@pytest.fixture(scope="session")
def issuer() -> Any:
    """Gives tokens as sign-in would."""
    with Issuer() as running:
        yield running


@pytest.fixture
async def office(mongo_uri: str, database_name: str, issuer: Issuer) -> AsyncIterator[Office]:
    """Ani works under Budi, Budi and Cici under the head, who has no superior."""
    settings = AppraisalSettings.model_validate(
        {
            "kafka": "127.0.0.1:1",
            "mongo": mongo_uri,
            "mongo_database": database_name,
            "port": 15941,
            "issuer": issuer.url,
        }
    )
    clock = [MONDAY]
    parts = Parts.of(settings, clock=lambda: clock[0])
    await parts.setup()
    transport = httpx.ASGITransport(app=create(parts))
    async with httpx.AsyncClient(transport=transport, base_url="http://appraisal") as http:
        running = Office(parts, issuer, http, clock)
        for employee, superior in SUPERIORS.items():
            await running.move(employee, superior)
        yield running
    parts.client.close()
