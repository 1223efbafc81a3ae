"""Default deny: a route answers without a token only when its router was handed over as public.

The decision falls before routing and before the body is read, so it cannot be forgotten on a route and costs an
attacker's body nothing. What somebody may do once known is the route's declaration (kit/access/requires.py).
"""

from hmac import compare_digest

import structlog
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.security import HTTPBearer
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from kit import metrics
from kit.access.keys import IssuerAway
from kit.access.principal import GIVEN, Principal
from kit.access.tokens import BadToken, Tokens
from kit.problems import Problem, of_status

log = structlog.get_logger()

# Says in OpenAPI that a route needs a token; DefaultDeny is what refuses.
BEARER = HTTPBearer(
    scheme_name="token",
    description="An access token of the installation's OpenID issuer, `Authorization: Bearer <token>`",
    auto_error=False,
)
CHALLENGE = 'Bearer realm="kinerja"'
INSTALLATION = Principal("installation", "installation", GIVEN)
"""Whoever has the installation's own token: the programs that came with it, on its own machine (ADR 15)."""


class DefaultDeny:
    """Pure ASGI. Answers 401 to whatever is neither public nor carries a token: also unknown paths and methods.

    Puts who asks into the scope as `principal`. 503 while the issuer cannot be asked for its keys.
    """

    def __init__(self, app: ASGIApp, tokens: Tokens | None, installation: str | None, public: list[BaseRoute]) -> None:
        self._app = app
        self._tokens = tokens
        self._installation = installation.encode() if installation else None
        self._public = public
        # Most paths begin like none of them: only those that do are matched.
        self._beginnings = tuple({(route.path or "").partition("{")[0] for route in iter_route_contexts(public)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and not self._is_public(scope):
            try:
                scope["principal"] = await self._principal(scope)
            except Problem as refusal:
                await refusal.response(Request(scope).url.path)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _principal(self, scope: Scope) -> Principal:
        """Who asks. Raises Problem."""
        header = Headers(scope=scope).get("authorization")
        if header is None:
            # RFC 6750 section 3: no error code when the request carried no credentials at all.
            raise of_status(401, headers={"WWW-Authenticate": CHALLENGE})
        scheme, _, credentials = header.partition(" ")
        credentials = credentials.strip()
        if scheme.lower() == "bearer" and credentials:
            if self._installation and compare_digest(credentials.encode(), self._installation):
                return INSTALLATION
            try:
                if self._tokens is not None:
                    return await self._tokens.read(credentials)
            except BadToken as error:
                metrics.TOKENS_REFUSED.inc()
                log.info("a token was refused", reason=str(error))
            except IssuerAway:
                raise Problem(
                    503,
                    "issuer-away",
                    "Layanan masuk tidak dapat dihubungi",
                    "Akun Anda belum dapat diperiksa. Coba lagi beberapa saat lagi.",
                    headers={"Retry-After": "5"},
                ) from None
        raise of_status(401, headers={"WWW-Authenticate": CHALLENGE + ', error="invalid_token"'})

    def _is_public(self, scope: Scope) -> bool:
        # Only a full match: the same path may exist under another method that is not public.
        return scope["path"].startswith(self._beginnings) and any(
            route.matches(scope)[0] is Match.FULL for route in self._public
        )


def protect(app: FastAPI, tokens: Tokens | None, installation: str | None, public: list[BaseRoute]) -> None:
    """Refuse everything on `app` that is not among the `public` routes and carries no token."""
    app.add_middleware(DefaultDeny, tokens=tokens, installation=installation, public=public)
