"""The HTTP application every service has: default deny, problem documents, probes, measures, traces.

```
configure(settings)
app = create_app("directory", settings, routers=[units.router], public=[], lifespan=lifespan, readiness=ready)
run(serve(app, settings, background=[relay.run]))
```
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends, FastAPI, Response
from fastapi.routing import APIRoute
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse
from starlette.types import ASGIApp

from kit import problems
from kit.access.keys import Keys
from kit.access.requires import undeclared
from kit.access.tokens import Tokens
from kit.health import Check, Gate, Heartbeat, Probe, Readiness
from kit.requests import Observed
from kit.security import BEARER, protect
from kit.serving import configure, run, serve
from kit.settings import ConfigurationError

if TYPE_CHECKING:
    from kit.settings import Settings

__all__ = ["Check", "Readiness", "Service", "configure", "create_app", "health_app", "run", "serve"]

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

PROBLEM_RESPONSES = problems.documented({status: problems.BY_STATUS[status][1] for status in (401, 403, 422, 500)})


class Service(FastAPI):
    """FastAPI with the measuring layer around everything, error pages included."""

    def build_middleware_stack(self) -> ASGIApp:
        """The framework's stack inside ours."""
        return Observed(super().build_middleware_stack())

    def openapi(self) -> dict[str, Any]:
        """OpenAPI 3.1, with errors as application/problem+json (the framework repeats the route's own)."""
        if self.openapi_schema is None:
            document = super().openapi()
            for operation in (one for path in document.get("paths", {}).values() for one in path.values()):
                if "security" not in operation:
                    for status in ("401", "403"):
                        operation["responses"].pop(status, None)
            known = document.setdefault("components", {}).get("schemas", {})
            document["components"]["schemas"] = dict(sorted({**known, **problems.schemas()}.items()))
            self.openapi_schema = document
        return self.openapi_schema


def create_app(
    service: str,
    settings: "Settings",
    *,
    routers: Sequence[APIRouter],
    public: Sequence[APIRouter] = (),
    lifespan: Lifespan | None = None,
    readiness: Probe,
) -> FastAPI:
    """The application of one service.

    `routers` answer only to whom each route says (kit/access/requires.py; one that says nothing is refused here, by
    TypeError), `public` to anybody; what is in neither does not exist. A service whose routes have a scope sets
    `app.state.authority` before it answers. `readiness` is asked by `/readyz`. `/healthz`, `/readyz` and `/metrics` are
    public but the edge does not pass them on. The OpenAPI document is at `/api/<service>/v1/openapi.json`, for whoever
    has a token.

    `app.state.stopping` is an asyncio.Event that is set when the process is asked to stop: a route that streams for
    ever ends when it is. A route that takes more than `settings.body_limit` declares `max_body_size`.
    """
    heartbeat, gate = Heartbeat(), Gate(readiness)
    app = Service(
        title=f"Kinerja {service}",
        version="1",
        openapi_url=f"/api/{service}/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        max_body_size=settings.body_limit,
        lifespan=_alive(heartbeat, lifespan),
        generate_unique_id_function=_operation_id,
        responses=PROBLEM_RESPONSES,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.gate = gate
    app.state.stopping = asyncio.Event()
    problems.install(app)
    before = len(app.router.routes)
    app.include_router(_probes(heartbeat, gate))
    for router in public:
        app.include_router(router)
    closed = len(app.router.routes)
    protect(app, _tokens(settings), settings.installation_token, app.router.routes[before:])
    for router in routers:
        app.include_router(router, dependencies=[Depends(BEARER)])
    if silent := undeclared(app.router.routes[closed:]):
        raise TypeError(f"{service}: these routes do not say who may use them: {', '.join(silent)}")
    return app


def _tokens(settings: "Settings") -> Tokens | None:
    if settings.issuer is None:
        if settings.token is None:
            raise ConfigurationError("KINERJA_ISSUER: missing; without an issuer nobody could ever be let in")
        return None
    return Tokens(settings.issuer, settings.audience, Keys(settings.issuer, settings.issuer_keys))


def health_app(service: str, readiness: Probe) -> FastAPI:
    """The small application of a process that has no API: probes and metrics only, nothing else answers."""
    heartbeat, gate = Heartbeat(), Gate(readiness)
    app = Service(
        title=f"Kinerja {service}", openapi_url=None, redirect_slashes=False, lifespan=_alive(heartbeat, None)
    )
    app.state.gate = gate
    problems.install(app)
    app.include_router(_probes(heartbeat, gate))
    return app


def _operation_id(route: APIRoute) -> str:
    """The function's name: routes of one service have distinct ones, which OpenAPI demands and the web client shows."""
    return route.name


def _alive(heartbeat: Heartbeat, inner: Lifespan | None) -> Lifespan:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await heartbeat.start()
        try:
            if inner is None:
                yield
            else:
                async with inner(app):
                    yield
        finally:
            await heartbeat.stop()

    return lifespan


def _probes(heartbeat: Heartbeat, gate: Gate) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def healthz() -> Response:
        body = {"alive": heartbeat.alive, "heartbeat_age_seconds": round(heartbeat.age, 3)}
        return JSONResponse(body, status_code=200 if heartbeat.alive else 503)

    @router.get("/readyz")
    async def readyz() -> Response:
        ready, body = await gate.answer()
        return JSONResponse(body, status_code=200 if ready else 503)

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router
