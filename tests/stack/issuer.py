"""An OpenID issuer for tests: real keys, discovery and key set over HTTP, tokens of any content. No sign-in page.

with Issuer() as issuer:
    issuer.url                                    what services are told as KINERJA_ISSUER
    issuer.token(Role.BKPSDM)                     a good token
    issuer.token(Role.PEGAWAI, employee_id="…", exp=past)
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import time
from types import TracebackType
from typing import Any, Self

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

AUDIENCE = "kinerja"


class Key:
    """A signing key with its id."""

    def __init__(self, identity: str) -> None:
        self.identity = identity
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def public(self) -> dict[str, Any]:
        """As the key set shows it (RFC 7517)."""
        shown: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return {**shown, "kid": self.identity, "use": "sig", "alg": "RS256"}

    def sign(self, claims: dict[str, Any]) -> str:
        """A token with these claims."""
        return jwt.encode(claims, self.private, algorithm="RS256", headers={"kid": self.identity})


class Issuer:
    """Listens on a free port while it is entered. `asked` counts how often the key set was fetched."""

    def __init__(self) -> None:
        self.key = Key("first")
        self.keys = [self.key]
        self.asked = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/realms/kinerja"

    def claims(self, *roles: str, employee_id: str | None = None, **other: Any) -> dict[str, Any]:
        """What a good token says. `other` claims replace these, None leaves one out."""
        now = int(time())
        claims: dict[str, Any] = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": f"account-of-{employee_id or '-'.join(roles) or 'nobody'}",
            "azp": "kinerja-web",
            "typ": "Bearer",
            "iat": now,
            "exp": now + 86_400,
            "roles": [str(role) for role in roles],
            "employee_id": employee_id,
            **other,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, *roles: str, employee_id: str | None = None, **other: Any) -> str:
        """A token signed with the newest key."""
        return self.key.sign(self.claims(*roles, employee_id=employee_id, **other))

    def rotate(self, identity: str) -> Key:
        """Sign with a new key from now on; the old ones stay in the key set. Returns the key used until now."""
        before, self.key = self.key, Key(identity)
        self.keys.append(self.key)
        return before

    def start(self) -> None:
        """Answer from now on."""
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        """Do not answer any more."""
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def answer(self, path: str) -> dict[str, Any] | None:
        """What lies at a path."""
        base = "/realms/kinerja"
        if path == f"{base}/.well-known/openid-configuration":
            return {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
        if path == f"{base}/keys":
            self.asked += 1
            return {"keys": [key.public() for key in self.keys]}
        return None

    def _handler(issuer: "Issuer") -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler has a self of its own
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = issuer.answer(self.path)
                body = json.dumps(found).encode()
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler
