"""The whole system with part of the demo city in it, and an account of every kind."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
import pytest

from services.directory.demo.load import archive
from services.directory.demo.people import employee_id, ordinals
from tests.e2e.system import soon
from tests.stack import Stack
from tests.stack.issuer import Issuer

PEOPLE = 320
SECONDS = 120.0


def holder(slot: str) -> str:
    """The employee id of who holds a post of the demo city."""
    return employee_id(ordinals()[slot])


@dataclass(frozen=True, slots=True)
class Account:
    """`below` is a direct subordinate: who has none is no superior. `within` is somebody of the units led."""

    roles: tuple[str, ...]
    employee_id: str | None = None
    below: str | None = None
    within: str | None = None

    def token(self, issuer: Issuer) -> str:
        return issuer.token(*self.roles, employee_id=self.employee_id)


# One line of the health office (U17): head, secretary, section head; and somebody of an office that is none of theirs.
HEAD, SECRETARY, SECTION, STRANGER = holder("U17-01"), holder("U17-02"), holder("U17-03"), holder("U20-03")
ACCOUNTS = {
    "pegawai": Account(("pegawai",), SECTION),
    "atasan": Account(("pegawai",), SECRETARY, SECTION),
    "pimpinan": Account(("pegawai", "pimpinan"), HEAD, SECRETARY, SECTION),
    "bkpsdm": Account(("bkpsdm",)),
    "operator": Account(("operator",)),
    "auditor": Account(("auditor",)),
    "integration": Account(("integration",)),
    "nobody": Account(()),
}


@dataclass(frozen=True, slots=True)
class City:
    """Where the system is, and who gives tokens for it."""

    edge: str
    issuer: Issuer
    http: httpx.Client
    """One for all: each of its own costs more than the question."""

    def ask(self, method: str, path: str, token: str | None, **more: Any) -> int:
        """The status of an answer, its body unread: a live stream has no end."""
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        headers |= more.pop("headers", {})
        with self.http.stream(method, self.edge + path, headers=headers, **more) as answer:
            return answer.status_code

    def get(self, path: str, account: Account, **query: Any) -> httpx.Response:
        """An answer as an account gets it."""
        headers = {"Authorization": f"Bearer {account.token(self.issuer)}"}
        return self.http.get(self.edge + path, params=query, headers=headers)


@pytest.fixture(scope="session")
def city(whole_stack: Stack) -> Iterator[City]:
    """Loaded through the API as the personnel agency would, and known to reporting."""
    issuer = whole_stack.issuer
    assert issuer is not None
    with httpx.Client(timeout=30, trust_env=False) as http:
        yield _loaded(City(whole_stack.edge, issuer, http))


def _loaded(found: City) -> City:
    token = ACCOUNTS["bkpsdm"].token(found.issuer)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
    sent = found.http.post(
        f"{found.edge}/api/directory/v1/imports",
        params={"filename": "kota.zip", "dry_run": "false"},
        content=archive(PEOPLE),
        headers=headers,
    )
    assert sent.status_code == 202, sent.text
    agency = ACCOUNTS["bkpsdm"]
    soon(lambda: found.get(sent.headers["location"], agency).json()["state"] == "applied" or None, "applied", SECONDS)

    def known(where: str) -> bool | None:
        return found.get(where, agency).is_success or None

    for one in (HEAD, SECRETARY, SECTION, STRANGER):
        where = f"/api/reporting/v1/employees/{one}/days/2026-08-03"
        soon(partial(known, where), "known to reporting", SECONDS)
    superior, theirs = ACCOUNTS["atasan"], f"/api/appraisal/v1/employees/{SECTION}/tasks"
    soon(lambda: found.get(theirs, superior, date="2026-08-03").is_success or None, "known to appraisal", SECONDS)
    head = ACCOUNTS["pimpinan"]
    soon(lambda: found.get(theirs, head, date="2026-08-03").is_success or None, "units known to appraisal", SECONDS)

    def colleague() -> bool | None:
        token = ACCOUNTS["pegawai"].token(found.issuer)
        return found.ask("POST", f"/api/feedback/v1/employees/{HEAD}/praise", token, json={}) == 422 or None

    soon(colleague, "posts and units known to feedback", SECONDS)
    return found


@pytest.fixture(scope="session")
def stranger_issuer() -> Iterator[Issuer]:
    """Another issuer that runs all right, but is not ours."""
    with Issuer() as running:
        yield running
