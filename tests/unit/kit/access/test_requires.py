"""What a route declares is what it keeps to."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI

from kit.access import Authority, Reach, Requires, Role, Scope
from kit.http import create_app
from tests.stack.issuer import Issuer
from tests.unit.kit import things
from tests.unit.kit.access.test_reach import CITY

PEOPLE = Requires(
    {Role.PEGAWAI: Scope.SELF, Role.ATASAN: Scope.SUBORDINATES, Role.PIMPINAN: Scope.SUBTREE, Role.BKPSDM: Scope.ALL},
    writes={Role.BKPSDM: Scope.ALL},
    person="employee",
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with Issuer() as running:
        yield running


@pytest.fixture(scope="module")
def app(issuer: Issuer) -> FastAPI:
    router = APIRouter(prefix="/api/things/v1")

    @router.get("/people")
    async def people(reach: Annotated[Reach, Depends(PEOPLE)]) -> list[str]:
        return ["everyone"] if reach.everyone else sorted(reach.people | reach.units)

    @router.get("/people/{employee}", dependencies=[Depends(PEOPLE)])
    @router.put("/people/{employee}", dependencies=[Depends(PEOPLE)])
    async def person(employee: str) -> str:
        return employee

    made = create_app(
        "things", things.settings(issuer=issuer.url, token=None), routers=[router], readiness=things.ready
    )
    made.state.authority = Authority(CITY, lambda: date(2026, 8, 3))
    return made


async def ask(app: FastAPI, method: str, path: str, token: str | None) -> httpx.Response:
    async with things.client_of(app, {"Authorization": f"Bearer {token}"} if token else {}) as client:
        return await client.request(method, f"/api/things/v1{path}")


@pytest.mark.parametrize(
    ("roles", "employee", "seen"),
    [
        (["pegawai"], "staf", ["staf"]),
        (["pegawai"], "kabid", ["kabid", "pindahan", "staf"]),
        (["pegawai", "pimpinan"], "kadis", ["dinas", "kabid", "kadis", "sekretaris"]),
        (["bkpsdm"], None, ["everyone"]),
    ],
)
async def test_a_list_gets_the_reach(
    app: FastAPI, issuer: Issuer, roles: list[str], employee: str | None, seen: list[str]
) -> None:
    answer = await ask(app, "GET", "/people", issuer.token(*roles, employee_id=employee))
    assert answer.json() == seen


@pytest.mark.parametrize(
    ("roles", "employee"),
    [([], None), (["operator"], None), (["auditor"], None), (["pegawai"], None), (["pimpinan"], None), ([], "staf")],
)
async def test_whoever_sees_nobody_is_refused(
    app: FastAPI, issuer: Issuer, roles: list[str], employee: str | None
) -> None:
    answer = await ask(app, "GET", "/people", issuer.token(*roles, employee_id=employee))
    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/forbidden"


@pytest.mark.parametrize(
    ("roles", "employee", "asked", "status"),
    [
        (["pegawai"], "staf", "staf", 200),
        (["pegawai"], "staf", "kabid", 403),
        (["pegawai"], "staf", "nobody", 403),
        (["pegawai"], "kabid", "staf", 200),
        (["pegawai"], "kabid", "orang", 403),
        (["pegawai", "pimpinan"], "kadis", "staf", 200),
        (["pegawai", "pimpinan"], "kadis", "orang", 403),
        (["bkpsdm"], None, "orang", 200),
    ],
)
async def test_one_person(
    app: FastAPI, issuer: Issuer, roles: list[str], employee: str, asked: str, status: int
) -> None:
    assert (await ask(app, "GET", f"/people/{asked}", issuer.token(*roles, employee_id=employee))).status_code == status


async def test_who_is_out_of_reach_and_who_does_not_exist_are_told_apart_by_nothing(
    app: FastAPI, issuer: Issuer
) -> None:
    token = issuer.token("pegawai", employee_id="staf")
    known, unknown = [(await ask(app, "GET", f"/people/{one}", token)).json() for one in ("orang", "nobody")]
    for one in (known, unknown):
        one.pop("instance")
        one.pop("trace_id", None)
    assert known == unknown


async def test_changes_have_a_table_of_their_own(app: FastAPI, issuer: Issuer) -> None:
    assert (await ask(app, "PUT", "/people/staf", issuer.token("pegawai", employee_id="staf"))).status_code == 403
    assert (await ask(app, "PUT", "/people/staf", issuer.token("bkpsdm"))).status_code == 200


async def test_no_token_and_a_bad_one(app: FastAPI) -> None:
    assert (await ask(app, "GET", "/people", None)).status_code == 401
    assert (await ask(app, "GET", "/people", "not.a.token")).status_code == 401


async def test_an_issuer_that_was_never_reached_is_said() -> None:
    with Issuer() as gone:
        token, url = gone.token("bkpsdm"), gone.url
    made = create_app("things", things.settings(issuer=url, token=None), routers=[], readiness=things.ready)
    answer = await ask(made, "GET", "/openapi.json", token)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["type"] == "/problems/issuer-away"


def test_a_route_that_says_nothing_is_no_route() -> None:
    router = APIRouter(prefix="/api/things/v1")

    @router.get("/forgotten")
    async def forgotten() -> None: ...

    with pytest.raises(TypeError, match="GET /api/things/v1/forgotten"):
        create_app("things", things.settings(), routers=[router], readiness=things.ready)


def test_a_service_that_could_let_nobody_in_does_not_start(monkeypatch: Any) -> None:
    with pytest.raises(SystemExit, match="KINERJA_ISSUER"):
        create_app("things", things.settings(token=None), routers=[], readiness=things.ready)
