"""Reading an access token: is it this issuer's, for us, whole, and still valid (RFC 9068, RFC 8725)."""

from collections.abc import Mapping
from typing import Any

import jwt
from jwt.exceptions import PyJWTError

from kit.access.keys import Keys
from kit.access.principal import GIVEN, Principal

# Signatures that need the issuer's private key. None that share a secret, and not "none" (RFC 8725 section 3.1).
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY_SECONDS = 30
LONGEST = 16_384
# Keycloak marks its other tokens so in their own claims; RFC 9068 has it in the header.
NOT_ACCESS = frozenset({"ID", "Refresh", "Offline", "Logout"})


class BadToken(ValueError):
    """Not a token that opens anything here; the message says why, for the log."""


class Tokens:
    """Reads tokens of `issuer` meant for `audience`."""

    def __init__(self, issuer: str, audience: str, keys: Keys) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = keys

    async def read(self, token: str) -> Principal:
        """Whose token this is. Raises BadToken, or IssuerAway when it cannot be judged now."""
        if len(token) > LONGEST:
            raise BadToken("longer than any of ours")
        try:
            header = jwt.get_unverified_header(token)
        except PyJWTError as error:
            raise BadToken(str(error)) from None
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
        return principal_of(claims)


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
