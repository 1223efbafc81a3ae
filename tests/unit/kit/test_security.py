"""Default deny: whatever is not public answers 401 without the token, and says nothing else."""

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import iter_route_contexts

from kit.http import create_app, health_app
from tests.unit.kit import things
from tests.unit.kit.things import AUTHORIZED, TOKEN, client_of

PUBLIC = {
    ("GET", "/api/things/v1/shared"),
    ("GET", "/api/things/v1/stream"),
    ("GET", "/api/things/v1/board/{unit}"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
}


def routes_of(app: FastAPI) -> set[tuple[str, str]]:
    """Every (method, path template) an application answers."""
    found = {
        (method, route.path or "") for route in iter_route_contexts(app.routes) for method in route.methods or {"GET"}
    }
    assert found
    return found


def filled(template: str) -> str:
    return template.replace("{number}", "1").replace("{parent}", "p").replace("{child}", "1").replace("{unit}", "abc")


async def test_every_route_that_is_not_public_needs_the_token() -> None:
    app = things.app()
    closed = routes_of(app) - PUBLIC
    assert ("POST", "/api/things/v1/things/{number}") in closed
    assert ("GET", "/api/things/v1/nested/{parent}/deep/{child}") in closed
    assert ("GET", "/api/things/v1/openapi.json") in closed
    async with client_of(app) as client:
        for method, path in closed:
            answer = await client.request(method, filled(path))
            assert answer.status_code == 401, f"{method} {path} answers {answer.status_code} without a token"
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["www-authenticate"] == 'Bearer realm="kinerja"'


async def test_every_route_lets_the_token_in() -> None:
    app = things.app()
    async with client_of(app, AUTHORIZED) as client:
        for method, path in routes_of(app) - PUBLIC:
            answer = await client.request(method, filled(path))
            assert answer.status_code != 401, f"{method} {path} refuses the token"


async def test_public_routes_need_nothing() -> None:
    app = things.app()
    assert routes_of(app) >= PUBLIC
    async with client_of(app) as client:
        for method, path in PUBLIC:
            assert (await client.request(method, filled(path))).status_code == 200, path


async def test_nothing_is_public_by_default() -> None:
    closed = APIRouter(dependencies=[Depends(things.ANYBODY_KNOWN)])
    closed.include_router(things.public)
    app = create_app("things", things.settings(), routers=[closed, things.protected], readiness=things.ready)
    async with client_of(app) as client:
        for method, path in routes_of(app):
            expected = 200 if path in ("/healthz", "/readyz", "/metrics") else 401
            assert (await client.request(method, filled(path))).status_code == expected, path


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/things/v1/things", "/docs", "/redoc", "/openapi.json"])
async def test_an_unknown_path_tells_a_stranger_nothing(path: str) -> None:
    async with client_of(things.app()) as client:
        assert (await client.get(path)).status_code == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "PROPFIND"])
async def test_another_method_of_a_public_path_is_not_public(method: str) -> None:
    async with client_of(things.app()) as client:
        assert (await client.request(method, "/api/things/v1/shared")).status_code == 401


@pytest.mark.parametrize("path", ["/api/things/v1/shared/", "//api/things/v1/shared", "/api/things/v1/board/a/b"])
async def test_a_path_that_is_nearly_public_is_not(path: str) -> None:
    async with client_of(things.app()) as client:
        assert (await client.get(path)).status_code == 401


@pytest.mark.parametrize(
    "header",
    [
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer {TOKEN.upper()}",
        "Bearer",
        "Bearer ",
        f"Basic {TOKEN}",
        TOKEN,
        f"Bearer {TOKEN} {TOKEN}",
        "Bearer \u00e9\u00e9\u00e9",
        "",
    ],
)
async def test_a_wrong_token_is_refused_and_called_wrong(header: str) -> None:
    async with client_of(things.app()) as client:
        answer = await client.get("/api/things/v1/boom", headers={b"Authorization": header.encode()})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Bearer realm="kinerja", error="invalid_token"'
        assert TOKEN not in answer.text


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_the_scheme_is_compared_without_case(scheme: str) -> None:
    async with client_of(things.app(), {"Authorization": f"{scheme} {TOKEN}"}) as client:
        assert (await client.put("/api/things/v1/shared")).status_code == 200


async def test_a_stranger_is_refused_before_the_body_is_read() -> None:
    # The framework parses a body before it asks dependencies: 422 would show that a stranger's bytes were parsed.
    async with client_of(things.app()) as client:
        answer = await client.post(
            "/api/things/v1/things/1", content=b"{broken", headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 401


async def test_openapi_says_which_routes_need_the_token() -> None:
    async with client_of(things.app(), AUTHORIZED) as client:
        document = (await client.get("/api/things/v1/openapi.json")).json()
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            is_public = (method.upper(), path) in PUBLIC
            assert ("security" not in operation) == is_public, path
            assert ("401" not in operation["responses"]) == is_public, path


async def test_a_process_without_an_api_answers_probes_and_nothing_else() -> None:
    app = health_app("things", things.ready)
    assert {path for _, path in routes_of(app)} == {"/healthz", "/readyz", "/metrics"}
    async with client_of(app) as client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/openapi.json")).status_code == 404
