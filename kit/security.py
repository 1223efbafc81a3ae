"""Default deny: a route answers without a token only when its router was handed over as public.

The decision falls before routing and before the body is read, so it cannot be forgotten on a route and costs an
attacker's body nothing. Until sign-in comes there is one token per installation (settings.token).
"""

from hmac import compare_digest

from fastapi import FastAPI
from fastapi.security import HTTPBearer
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from kit.problems import of_status

# Says in OpenAPI that a route needs the token; DefaultDeny is what refuses.
BEARER = HTTPBearer(
    scheme_name="token", description="The installation's token, `Authorization: Bearer <token>`", auto_error=False
)
CHALLENGE = 'Bearer realm="kinerja"'


class DefaultDeny:
    """Pure ASGI. Answers 401 to whatever is neither public nor carries the token: also unknown paths and methods."""

    def __init__(self, app: ASGIApp, token: str, public: list[BaseRoute]) -> None:
        self._app = app
        self._token = token.encode()
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._has_token(scope) or self._is_public(scope):
            await self._app(scope, receive, send)
            return
        tried = b"authorization" in {name for name, _ in scope["headers"]}
        # RFC 6750 section 3: no error code when the request carried no credentials at all.
        challenge = CHALLENGE + ', error="invalid_token"' if tried else CHALLENGE
        response = of_status(401, headers={"WWW-Authenticate": challenge}).response(Request(scope).url.path)
        await response(scope, receive, send)

    def _has_token(self, scope: Scope) -> bool:
        scheme, _, credentials = Headers(scope=scope).get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and compare_digest(credentials.strip().encode(), self._token)

    def _is_public(self, scope: Scope) -> bool:
        # Only a full match: the same path may exist under another method that is not public.
        return any(route.matches(scope)[0] is Match.FULL for route in self._public)


def protect(app: FastAPI, token: str, public: list[BaseRoute]) -> None:
    """Refuse everything on `app` that is not among the `public` routes and carries no token."""
    app.add_middleware(DefaultDeny, token=token, public=public)
