"""Secrets of this installation: made once, kept in the data folder, readable by its owner only."""

import json
import os
import secrets
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from deploy.local.errors import CannotStart
from deploy.local.replica_set import Access, User

SERVICES = ("directory", "attendance", "appraisal", "feedback", "reporting")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Credentials:
    """`token` is the installation's own; `access` the database's; `keycloak_admin` of sign-in's administrator `admin`;
    `demo_password` of every demo account; `integration_secret` of the client kinerja-integration; `receipt_key` signs
    receipts of punches (an Ed25519 key, base64)."""

    token: str
    access: Access
    keycloak_admin: str
    demo_password: str
    integration_secret: str
    receipt_key: str

    def user(self, service: str) -> User:
        """The database user of a service."""
        return next(user for user in self.access.users if user.name == service)


def load(data: Path, token: str | None = None) -> Credentials:
    """Read the secrets, making what is missing. A given `token` replaces the kept one.

    Raises CannotStart when the file cannot be read: new secrets would not open the old database.
    """
    path = data / "credentials.json"
    try:
        kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    except ValueError as error:
        raise CannotStart(f"{path} is damaged ({error}): restore it, or remove {data} to begin anew") from error
    wanted = ["token", "mongo:root", "mongo:key", *(f"mongo:{service}" for service in SERVICES)]
    wanted += ["keycloak:admin", "keycloak:integration"]
    complete = {name: kept.get(name) or secrets.token_urlsafe(32) for name in wanted}
    complete["demo:password"] = kept.get("demo:password") or readable_password()
    complete["receipts:key"] = kept.get("receipts:key") or b64encode(secrets.token_bytes(32)).decode()
    if token:
        complete["token"] = token
    if complete != kept:
        write_private(path, json.dumps(complete, indent=2) + "\n")
    write_private(data / "token", complete["token"] + "\n")  # for a shell: $(cat .data/token)
    key_file = data / "mongod.key"
    write_private(key_file, complete["mongo:key"].replace("-", "A").replace("_", "B") + "\n")  # base64 characters only
    users = tuple(User(service, complete[f"mongo:{service}"], service) for service in SERVICES)
    return Credentials(
        complete["token"],
        Access(key_file, complete["mongo:root"], users),
        keycloak_admin=complete["keycloak:admin"],
        demo_password=complete["demo:password"],
        integration_secret=complete["keycloak:integration"],
        receipt_key=complete["receipts:key"],
    )


def readable_password() -> str:
    """Four groups of four that can be read out and typed on a phone: 80 bits, nothing that looks like another."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; it is never readable by others, not even while it is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    part.rename(path)
