"""A wrong superior is reported by whom it concerns, answered by the personnel agency, and stays in the record."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from kit.idempotency import Idempotency
from services.directory.app import Parts, create
from services.directory.demo.load import archive
from services.directory.demo.people import employee_id, ordinals
from services.directory.register.store import Register
from services.directory.settings import DirectorySettings
from services.directory.superiors.store import Reports
from services.directory.transfer.records import Imports
from services.directory.transfer.running import ImportRunner
from tests.integration.directory.conftest import NOW
from tests.stack.issuer import Issuer

API = "/api/directory/v1"
CITY = archive(320)
SECTION, SECRETARY, HEAD, STRANGER = (
    employee_id(ordinals()[slot]) for slot in ("U17-03", "U17-02", "U17-01", "U20-03")
)
OWN = f"{API}/employees/{SECTION}/superior-reports"
REASON = "Sejak mutasi bulan lalu atasan saya adalah kepala dinas."


@pytest.fixture(scope="module")
def issuer() -> Any:
    with Issuer() as running:
        yield running


@pytest.fixture
async def http(register: Register, issuer: Issuer) -> AsyncIterator[httpx.AsyncClient]:
    parts = Parts(
        register.client, register.db, register, Imports(register.db), Idempotency(register.db), Reports(register.db)
    )
    await parts.setup()
    identity = await parts.imports.create(CITY, "kota.zip", dry_run=False, encoding=None, at=NOW)
    await ImportRunner(parts.register, parts.imports, "test").run(identity)
    settings = DirectorySettings(
        kafka="127.0.0.1:1", mongo="mongodb://unused", mongo_database="unused", port=14031, issuer=issuer.url
    )
    transport = httpx.ASGITransport(create(settings, parts))
    async with httpx.AsyncClient(transport=transport, base_url="http://directory") as client:
        yield client


@pytest.fixture
def staff(issuer: Issuer) -> dict[str, str]:
    return {"Authorization": f"Bearer {issuer.token('pegawai', employee_id=SECTION)}"}


@pytest.fixture
def agency(issuer: Issuer) -> dict[str, str]:
    return {"Authorization": f"Bearer {issuer.token('bkpsdm')}"}


async def report(http: httpx.AsyncClient, who: dict[str, str], **body: Any) -> httpx.Response:
    return await http.post(OWN, json={"reason": REASON, **body}, headers=who | {"Idempotency-Key": uuid4().hex})


async def test_reported_mended_and_kept(http: httpx.AsyncClient, staff: dict[str, str], agency: dict[str, str]) -> None:
    made = await report(http, staff, right_superior_id=HEAD)
    assert made.status_code == 201, made.text
    assert made.json()["superior"]["id"] == SECRETARY
    assert made.json()["right_superior"]["id"] == HEAD

    waiting = (await http.get(f"{API}/superior-reports", headers=agency)).json()
    assert (waiting["total"], waiting["items"][0]["employee"]["id"]) == (1, SECTION)

    assert (await http.get(f"{API}/superior-reports/count", headers=agency)).json() == {"total": 1}

    record = await http.get(f"{API}/employees/{SECTION}", headers=agency)
    assignments = record.json()["assignments"]
    assignments[-1]["superior_id"] = HEAD
    mended = await http.patch(
        f"{API}/employees/{SECTION}",
        json={"assignments": assignments},
        headers=agency | {"If-Match": record.headers["etag"]},
    )
    assert mended.status_code == 200, mended.text
    where = f"{API}/superior-reports/{made.json()['id']}/resolution"
    answer = {"outcome": "mended", "answer": "Sudah diperbaiki sesuai SK mutasi."}
    assert (await http.post(where, json=answer, headers=agency)).json()["state"] == "mended"

    kept = (await http.get(OWN, headers=staff)).json()
    assert [(one["state"], one["answer"], one["superior"]["id"]) for one in kept] == [
        ("mended", "Sudah diperbaiki sesuai SK mutasi.", SECRETARY)
    ]
    assert (await http.get(f"{API}/superior-reports", headers=agency)).json()["total"] == 0
    assert (await report(http, staff)).status_code == 201, "the next one may be reported"


async def test_one_at_a_time_and_the_same_command_once(http: httpx.AsyncClient, staff: dict[str, str]) -> None:
    headers = staff | {"Idempotency-Key": uuid4().hex}
    first, again = [await http.post(OWN, json={"reason": REASON}, headers=headers) for _ in range(2)]
    assert (first.status_code, again.json()) == (201, first.json())
    second = await report(http, staff)
    assert (second.status_code, second.json()["type"]) == (409, "/problems/superior-report-open")


@pytest.mark.parametrize("wrong", [SECTION, SECRETARY, "nobody-at-all"], ids=["self", "the same", "unknown"])
async def test_a_superior_that_cannot_be(http: httpx.AsyncClient, staff: dict[str, str], wrong: str) -> None:
    answer = await report(http, staff, right_superior_id=wrong)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/body/right_superior_id"]


async def test_everything_wrong_is_said_at_once(http: httpx.AsyncClient, staff: dict[str, str]) -> None:
    answer = await report(http, staff, reason="  x ", other=1)
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/body/reason", "/body/other"}


async def test_an_answer_is_given_once(http: httpx.AsyncClient, staff: dict[str, str], agency: dict[str, str]) -> None:
    made = (await report(http, staff)).json()
    where = f"{API}/superior-reports/{made['id']}/resolution"
    refusal = {"outcome": "refused", "answer": "SK menetapkan sekretaris sebagai atasan."}
    assert (await http.post(where, json=refusal, headers=agency)).status_code == 200
    assert (await http.post(where, json=refusal, headers=agency)).json()["type"] == "/problems/superior-report-resolved"
    nowhere = f"{API}/superior-reports/{uuid4()}/resolution"
    assert (await http.post(nowhere, json=refusal, headers=agency)).status_code == 404


async def test_who_may(http: httpx.AsyncClient, staff: dict[str, str], agency: dict[str, str], issuer: Issuer) -> None:
    def token(*roles: str, employee: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {issuer.token(*roles, employee_id=employee)}"}

    for others in (token("pegawai", employee=SECRETARY), token("pegawai", employee=STRANGER), agency):
        assert (await report(http, others)).status_code == 403, "only whom it concerns reports"
    assert (await http.get(OWN, headers=token("pegawai", employee=SECRETARY))).status_code == 403
    assert (await http.get(OWN, headers=agency)).status_code == 200
    for where in ("", "/count"):
        assert (await http.get(f"{API}/superior-reports{where}", headers=staff)).status_code == 403
    assert (await http.get(f"{API}/superior-reports", headers=token("auditor"))).status_code == 200


async def test_counting_looks_at_nobody(
    http: httpx.AsyncClient, register: Register, staff: dict[str, str], agency: dict[str, str]
) -> None:
    await report(http, staff)
    looks = register.journal.collection.count_documents
    before = await looks({})
    assert (await http.get(f"{API}/superior-reports/count", headers=agency)).json() == {"total": 1}
    assert await looks({}) == before
    await http.get(f"{API}/superior-reports", headers=agency)
    assert await looks({}) > before
