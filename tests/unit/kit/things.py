"""A small service for tests of the kit: protected and public routers, errors of every kind, a stream."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import APIRouter, Depends, FastAPI
from pydantic import AwareDatetime, BaseModel, Field, SecretStr, field_validator
from starlette.responses import StreamingResponse

from kit.access import Requires, Scope
from kit.access.principal import GIVEN
from kit.http import Check, Readiness, create_app
from kit.problems import FieldError, Problem
from kit.settings import Settings

TOKEN = "a-token-of-the-tests"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}


class ThingsSettings(Settings):
    """Settings of the small service."""

    service: str = "things"


def settings(**changed: Any) -> ThingsSettings:
    """Settings without an environment."""
    given: dict[str, Any] = {
        "kafka": "127.0.0.1:9092",
        "mongo": SecretStr("mongodb://127.0.0.1"),
        "mongo_database": "things",
        "port": 13100,
        "token": SecretStr(TOKEN),
        "body_limit": 1024,
    }
    return ThingsSettings(**{**given, **changed})


class Part(BaseModel):
    """Part of a thing."""

    count: int = Field(ge=1)


class Thing(BaseModel):
    """A thing."""

    name: str = Field(min_length=3)
    at: AwareDatetime | None = None
    parts: list[Part] = []

    @field_validator("name")
    @classmethod
    def _no_digits(cls, value: str) -> str:
        if any(letter.isdigit() for letter in value):
            raise ValueError("nama tidak boleh berisi angka")
        return value


ANYBODY_KNOWN = Requires(dict.fromkeys(GIVEN, Scope.ALL))
protected = APIRouter(prefix="/api/things/v1", dependencies=[Depends(ANYBODY_KNOWN)])
nested = APIRouter(prefix="/nested/{parent}")
public = APIRouter(prefix="/api/things/v1")
inner_public = APIRouter(prefix="/board")


@protected.post("/things/{number}")
async def add_thing(number: int, thing: Thing, dry_run: bool = False) -> Thing:
    """Echo."""
    return thing


@protected.post("/uploads", max_body_size=8192)
async def upload(thing: Thing) -> Thing:
    """Takes more than the others."""
    return thing


@protected.get("/boom")
async def boom() -> Thing:
    """Fails."""
    raise RuntimeError("the password is hunter2")


@protected.get("/refused")
async def refused() -> Thing:
    """Says no."""
    raise Problem(
        409, "thing-busy", "Sedang dipakai", "Tunggu.", [FieldError("/body/name", "sudah ada")], {"Retry-After": "7"}
    )


@protected.get("/half")
async def half() -> StreamingResponse:
    """Fails after it began."""

    async def body() -> AsyncIterator[bytes]:
        yield b"begun"
        raise RuntimeError("in the middle")

    return StreamingResponse(body(), media_type="application/octet-stream")


@protected.put("/shared")
async def change_shared() -> Thing:
    """The same path as a public route, another method."""
    return Thing(name="changed")


@nested.get("/deep/{child}")
async def deep(parent: str, child: int) -> Thing:
    """Two prefixes."""
    return Thing(name=parent)


@public.get("/shared")
async def read_shared() -> Thing:
    """Open to all."""
    return Thing(name="shared")


@public.get("/stream")
async def stream() -> StreamingResponse:
    """Slow after its first byte."""

    async def frames() -> AsyncIterator[bytes]:
        yield b"data: 1\n\n"
        await asyncio.sleep(0.3)
        yield b"data: 2\n\n"

    return StreamingResponse(frames(), media_type="text/event-stream")


@inner_public.get("/{unit}")
async def board(unit: str) -> Thing:
    """Open to all, below a router of its own."""
    return Thing(name=unit)


protected.include_router(nested)
public.include_router(inner_public)


async def ready() -> Readiness:
    """Always ready."""
    return Readiness({"mongo": Check(True, "primary", {"lag_records": 3})})


def app(**changed: Any) -> FastAPI:
    """The small service."""
    return create_app("things", settings(**changed), routers=[protected], public=[public], readiness=ready)


@asynccontextmanager
async def client_of(application: FastAPI, headers: dict[str, str] | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """A client that gets error pages instead of exceptions."""
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers) as client:
        yield client
