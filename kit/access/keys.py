"""The issuer's public keys: found by discovery, kept, fetched again when a token names one that is not known.

Keys rotate (OpenID Connect Core 10.1.1): an unknown key id leads to a new look, but not more often than every
`LEAST_SECONDS`, so that forged ids cost the issuer nothing. An issuer that is away leaves the known keys in use.
"""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any

import httpx
import structlog
from jwt import PyJWK, PyJWKSet
from jwt.exceptions import PyJWTError

log = structlog.get_logger()

DISCOVERY = "/.well-known/openid-configuration"
LEAST_SECONDS = 5.0
FRESH_SECONDS = 3_600.0
ANSWER_SECONDS = 5.0


class IssuerAway(RuntimeError):
    """No key is known and the issuer cannot be asked: nobody's token can be judged."""


class Keys:
    """The keys of `issuer` (its URL as tokens name it). `jwks` is where to fetch them when not by discovery: inside a
    cluster the issuer's public address may not be reachable."""

    def __init__(
        self,
        issuer: str,
        jwks: str | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._issuer = issuer
        self._jwks = jwks
        self._transport = transport
        self._clock = clock
        self._known: dict[str, PyJWK] = {}
        self._fetched: float | None = None
        self._tried: float | None = None
        self._turn = asyncio.Lock()

    async def find(self, identity: str) -> PyJWK | None:
        """The key of this id, None when the issuer has none such. Raises IssuerAway."""
        found = self._known.get(identity)
        if found is None or self._older_than(self._fetched, FRESH_SECONDS):
            async with self._turn:
                if self._older_than(self._tried, LEAST_SECONDS) and (
                    identity not in self._known or self._older_than(self._fetched, FRESH_SECONDS)
                ):
                    await self._fetch()
            found = self._known.get(identity)
        if found is None and self._fetched is None:
            raise IssuerAway(self._issuer)
        return found

    def _older_than(self, at: float | None, seconds: float) -> bool:
        return at is None or self._clock() - at >= seconds

    async def _fetch(self) -> None:
        self._tried = self._clock()
        try:
            async with httpx.AsyncClient(
                timeout=ANSWER_SECONDS, transport=self._transport, trust_env=False, follow_redirects=False
            ) as http:
                address = self._jwks or await self._discovered(http)
                keys = PyJWKSet.from_dict(await _json(http, address))
        except (httpx.HTTPError, PyJWTError, ValueError, KeyError, TypeError) as error:
            log.warning("the issuer's keys cannot be fetched", issuer=self._issuer, error=str(error) or repr(error))
            return
        # A key without an id cannot be chosen by a token; one for encryption signs nothing.
        self._known = {key.key_id: key for key in keys.keys if key.key_id and key.public_key_use in (None, "sig")}
        self._fetched = self._clock()

    async def _discovered(self, http: httpx.AsyncClient) -> str:
        document = await _json(http, self._issuer.rstrip("/") + DISCOVERY)
        if document["issuer"] != self._issuer:  # OpenID Connect Discovery 4.3
            raise ValueError(f"discovery speaks for {document['issuer']}")
        return str(document["jwks_uri"])


async def _json(http: httpx.AsyncClient, address: str) -> dict[str, Any]:
    answer = await http.get(address, headers={"Accept": "application/json"})
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found
