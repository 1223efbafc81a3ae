"""The HTTP contract of every service: documented, current, and closed to strangers."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from kit import openapi

SERVICES = openapi.services()

PROBES = {("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics")}  # the edge hides them
# What citizens use without an account, and nothing else.
PUBLIC = {("POST", "/api/feedback/v1/public/codes"), ("POST", "/api/feedback/v1/public/ratings")}

every = pytest.mark.parametrize("service", SERVICES)


def _application(service: str) -> FastAPI:
    module = __import__(f"services.{service}.app", fromlist=["openapi_app"])
    app: FastAPI = module.openapi_app()
    return app


@every
def test_the_committed_document_is_current(service: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert openapi.main(["check", service]) == 0, capsys.readouterr().out


def test_a_stale_document_is_named_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(openapi, "DOCS", tmp_path)
    assert openapi.main(["check", "directory"]) == 1, "missing"
    assert openapi.main(["generate", "directory"]) == 0
    assert openapi.main(["check", "directory"]) == 0
    path = tmp_path / "directory.openapi.json"
    path.write_text(path.read_text().replace("operationId", "operationID", 1))
    capsys.readouterr()
    assert openapi.main(["check", "directory"]) == 1, "edited by hand"
    assert "directory.openapi.json is stale" in capsys.readouterr().out


@every
async def test_a_stranger_gets_nothing(service: str) -> None:
    app = await asyncio.to_thread(_application, service)  # one of them wants no loop around it
    routes = {(method, route.path or "") for route in iter_route_contexts(app.routes) for method in route.methods or ()}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        for method, path in routes - PROBES - PUBLIC:
            answer = await client.request(method, path)
            assert answer.status_code == 401, f"{method} {path} answers {answer.status_code} to a stranger"
            assert answer.headers["content-type"] == "application/problem+json"
        for _, path in routes & PUBLIC:
            for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
                assert (await client.request(method, path)).status_code == 401, f"{method} {path}"


@every
def test_the_document_says_that_operations_need_a_token(service: str) -> None:
    for path, method, operation in _operations(service):
        assert ("security" in operation) == ((method.upper(), path) not in PUBLIC), f"{method} {path}"


@every
def test_every_operation_is_named_grouped_and_explained(service: str) -> None:
    for path, method, operation in _operations(service):
        assert operation["operationId"], path
        assert operation.get("tags"), f"{method} {path} has no tag"
        assert operation.get("description"), f"{method} {path} has no docstring"
        assert path.startswith(f"/api/{service}/v1/"), path


@every
def test_every_error_is_a_problem_document(service: str) -> None:
    for path, method, operation in _operations(service):
        for status, answer in operation["responses"].items():
            if status >= "400":
                assert list(answer["content"]) == ["application/problem+json"], f"{method} {path} {status}"
                reference = answer["content"]["application/problem+json"]["schema"]["$ref"]
                assert reference == "#/components/schemas/ProblemDocument"


@every
def test_every_success_has_a_schema(service: str) -> None:
    for path, method, operation in _operations(service):
        for status, answer in operation["responses"].items():
            if status == "204" or status >= "300":
                continue
            for content in answer["content"].values():
                assert content.get("schema"), f"{method} {path} {status} says nothing about its body"


def _operations(service: str) -> list[tuple[str, str, dict[str, Any]]]:
    paths = openapi.document(service)["paths"]
    return [(path, method, operation) for path, item in paths.items() for method, operation in item.items()]
