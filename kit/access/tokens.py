"""Reading an access token: is it this issuer's, for us, whole, and still valid (RFC 9068, RFC 8725).

An app shows the same token with everything it asks for some minutes, and to judge one costs as much as many a request:
what was judged is remembered, by the token's digest, until the token ends or its key is not the issuer's any more.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from hashlib import sha256
from time import time
from typing import Any

import jwt
from jwt import PyJWK
from jwt.exceptions import PyJWTError
from jwt.utils import base64url_decode

from kit.access.keys import Keys
from kit.access.principal import GIVEN, Principal

# Signatures that need the issuer's private key. None that share a secret, and not "none" (RFC 8725 section 3.1).
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY_SECONDS = 30
LONGEST = 16_384
REMEMBERED = 16_384  # more than the people of a city who have something open at once
# Keycloak marks its other tokens so in their own claims; RFC 9068 has it in the header.
NOT_ACCESS = frozenset({"ID", "Refresh", "Offline", "Logout"})


class BadToken(ValueError):
    """Not a token that opens anything here; the message says why, for the log."""


class Tokens:
    """Reads tokens of `issuer` meant for `audience`. `clock` gives seconds since 1970."""

    def __init__(self, issuer: str, audience: str, keys: Keys, *, clock: Callable[[], float] = time) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = keys
        self._clock = clock
        self._judged: OrderedDict[bytes, tuple[str, PyJWK, Principal]] = OrderedDict()

    async def read(self, token: str) -> Principal:
        """Whose token this is. Raises BadToken, or IssuerAway when it cannot be judged now."""
        if len(token) > LONGEST:
            raise BadToken("longer than any of ours")
        digest = sha256(token.encode(errors="surrogatepass")).digest()
        if (judged := self._judged.get(digest)) is not None:
            identity, key, principal = judged
            if await self._keys.find(identity) is key and self._clock() < (principal.expires or 0):
                return principal
            self._judged.pop(digest, None)
        identity, key, principal = await self._judge(token)
        self._judged[digest] = (identity, key, principal)
        if len(self._judged) > REMEMBERED:
            self._judged.popitem(last=False)
        return principal

    async def _judge(self, token: str) -> tuple[str, PyJWK, Principal]:
        header = _header(token)
        identity = header.get("kid")
        if header.get("alg") not in ALGORITHMS or not isinstance(identity, str):
            raise BadToken("its header names no key and algorithm that we take")
        key = await self._keys.find(identity)
        if key is None:
            raise BadToken("signed with a key that the issuer does not have")
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=ALGORITHMS,
                audience=self._audience,
                issuer=self._issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except PyJWTError as error:
            raise BadToken(str(error)) from None
        return identity, key, principal_of(claims)


def _header(token: str) -> dict[str, Any]:
    """What a token says of its key; only this part of it is read before the key is known. Raises BadToken."""
    try:
        found = json.loads(base64url_decode(token.partition(".")[0]))
    except (ValueError, RecursionError):
        raise BadToken("it has no header that can be read") from None
    if not isinstance(found, dict):
        raise BadToken("its header is no object")
    return found


def principal_of(claims: Mapping[str, Any]) -> Principal:
    """The account behind verified claims. `roles` holds what the issuer gives, `employee_id` whom it stands for.

    Raises BadToken for a token that is not for access. Unknown roles are passed over: an issuer serves others too.
    """
    if claims.get("typ") in NOT_ACCESS:
        raise BadToken("not an access token")
    roles = claims.get("roles", [])
    named = {role for role in roles if isinstance(role, str)} if isinstance(roles, list) else set()
    employee = claims.get("employee_id")
    return Principal(
        subject=str(claims["sub"]),
        client=str(claims.get("azp") or claims.get("client_id") or ""),
        roles=frozenset(role for role in GIVEN if role in named),
        employee_id=employee if isinstance(employee, str) and employee else None,
        expires=float(claims["exp"]),
    )
