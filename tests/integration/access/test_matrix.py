"""Every route of every service, with every role, in and out of scope, and with every bad token: as docs/access.md says.

A request that passes is not asked to succeed (its body is empty, its ids are made up): only not to be refused.
"""

import base64
import json
import re
from time import time

import pytest

from kit.access import Role, Scope
from kit.access.matrix import PAGE, Row, all_rows, page
from tests.integration.access.conftest import ACCOUNTS, HEAD, STRANGER, Account, City, holder
from tests.stack.issuer import Issuer, Key

pytestmark = pytest.mark.timeout(900)

ROWS = all_rows()
FILLED = {"date": "2026-08-03", "sheet": "unit"}


def test_the_committed_page_is_current() -> None:
    assert PAGE.read_text() == page(ROWS), "docs/access.md is stale: run `python -m kit.access.matrix generate`"


# What citizens use has no account: the code they were given is what they show (services/feedback/ratings/public.py).
PUBLIC = {("POST", "/api/feedback/v1/public/codes"), ("POST", "/api/feedback/v1/public/ratings")}


def test_nothing_else_answers_anybody() -> None:
    assert {(row.method, row.path) for row in ROWS if row.allowed is None} == PUBLIC


def test_every_path_of_one_employee_says_that_it_is() -> None:
    """What `Requires` refuses by person is refused only where the path is declared to name one."""
    named = [row for row in ROWS if re.search(r"/employees/\{|\{employee", row.path)]
    assert len(named) >= 9
    assert [f"{row.method} {row.path}" for row in named if row.person is None] == []


def path_of(row: Row, person: str | None = None) -> str:
    """The path with its parameters filled in; the person's by `person`."""
    return re.sub(
        r"\{(\w+)\}",
        lambda found: person if person and found[1] == row.person else FILLED.get(found[1], "X1"),
        row.path,
    )


def scopes_of(row: Row, account: Account) -> set[Scope]:
    """What the page gives the account: its roles', and that of a superior to whoever has subordinates."""
    roles = {Role(role) for role in account.roles} | ({Role.ATASAN} if account.below else set())
    return {scope for role, scope in (row.allowed or {}).items() if role in roles}


def in_reach(account: Account, scopes: set[Scope]) -> str:
    """The one farthest away whom the account may see with these scopes, if there is anybody."""
    if Scope.SUBTREE in scopes and account.within:
        return account.within
    if Scope.SUBORDINATES in scopes and account.below:
        return account.below
    if Scope.OFFICE in scopes:
        return HEAD
    return account.employee_id or STRANGER


def body_of(row: Row) -> dict[str, object]:
    return {} if row.method in {"GET", "DELETE"} else {"json": {}}


@pytest.mark.parametrize("row", [row for row in ROWS if row.allowed is None], ids=lambda row: row.path)
def test_a_public_route_asks_nobody_who_they_are_and_is_closed_to_other_methods(
    city: City, stranger_issuer: Issuer, row: Row
) -> None:
    tokens = bad_tokens(city.issuer, stranger_issuer) | {
        name: account.token(city.issuer) for name, account in ACCOUNTS.items()
    }
    assert {name: city.ask(row.method, row.path, token, json={}) for name, token in tokens.items()} == dict.fromkeys(
        tokens, 422
    )
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        assert city.ask(method, row.path, None) == 401, method
    assert city.ask("POST", f"{row.path}/more", None, json={}) == 401


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.allowed is not None], ids=lambda row: f"{row.method} {row.path}"
)
def test_a_route_keeps_to_the_page(city: City, stranger_issuer: Issuer, row: Row) -> None:
    body = body_of(row)
    for what, token in bad_tokens(city.issuer, stranger_issuer).items():
        assert city.ask(row.method, path_of(row), token, **body) == 401, what
    for name, account in ACCOUNTS.items():
        scopes = scopes_of(row, account)
        token = account.token(city.issuer)
        inside = city.ask(row.method, path_of(row, in_reach(account, scopes)), token, **body)
        assert (inside == 403) == (not scopes), f"{name}: {inside} with {scopes}"
        assert inside != 401, name
        if row.person:
            outside = city.ask(row.method, path_of(row, STRANGER), token, **body)
            assert (outside == 403) == (Scope.ALL not in scopes), f"{name} asks for a stranger: {outside}"
            unknown = city.ask(row.method, path_of(row, "nobody-at-all"), token, **body)
            assert (unknown == 403) == (Scope.ALL not in scopes), f"{name} asks for nobody: {unknown}"


def bad_tokens(issuer: Issuer, stranger: Issuer) -> dict[str, str | None]:
    """Tokens of the personnel agency that are not quite right."""
    good = issuer.token("bkpsdm", "operator", "integration", "auditor")
    head, body, signature = good.split(".")
    claims = issuer.claims("bkpsdm", "operator", "integration", "auditor")
    return {
        "none at all": None,
        "expired": issuer.token("bkpsdm", exp=int(time()) - 3600),
        "for another audience": issuer.token("bkpsdm", aud="account"),
        "of another issuer": stranger.token("bkpsdm"),
        "of another issuer that says it is ours": stranger.token("bkpsdm", iss=issuer.url),
        "signed by somebody else under our key's name": Key(issuer.key.identity).sign(claims),
        "with a changed claim": f"{head}.{_part({**claims, 'sub': 'somebody-else'})}.{signature}",
        "alg none": f"{_part({'alg': 'none', 'kid': issuer.key.identity})}.{body}.",
        "an id token": issuer.token("bkpsdm", typ="ID"),
        "cut short": good[:-10],
    }


def _part(claims: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("name", "seen", "not_seen"),
    [("pegawai", "U17-03", "U17-02"), ("atasan", "U17-03", "U20-03"), ("pimpinan", "U17-04", "U20-03")],
)
def test_a_list_holds_those_in_reach_and_nobody_else(city: City, name: str, seen: str, not_seen: str) -> None:
    answer = city.get("/api/directory/v1/employees", ACCOUNTS[name], limit=500)
    found = {one["id"] for one in answer.json()["items"]}
    assert holder(seen) in found
    assert holder(not_seen) not in found
    assert answer.json()["total"] == len(found), "the count must not tell of others"
    everybody = city.get("/api/directory/v1/employees", ACCOUNTS["auditor"], limit=1).json()["total"]
    assert len(found) < everybody


def test_a_search_finds_nobody_out_of_reach(city: City) -> None:
    stranger = city.get(f"/api/directory/v1/employees/{STRANGER}", ACCOUNTS["auditor"]).json()
    number = stranger["numbers"][-1]["number"]
    asked = ({"q": stranger["name"]}, {"number": number}, {"unit": stranger["assignments"][-1]["unit_id"]})
    for query in (*asked, {"id": STRANGER}):
        for name in ("pegawai", "atasan", "pimpinan"):
            found = city.get("/api/directory/v1/employees", ACCOUNTS[name], **query).json()
            assert STRANGER not in {one["id"] for one in found["items"]}, (name, query)


def test_people_are_found_by_their_ids(city: City) -> None:
    wanted = [holder("U17-03"), holder("U17-04"), STRANGER]
    found = city.get("/api/directory/v1/employees", ACCOUNTS["auditor"], id=wanted).json()
    assert {one["id"] for one in found["items"]} == set(wanted)
