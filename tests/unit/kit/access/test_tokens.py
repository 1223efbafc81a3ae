"""A token opens only when it is this issuer's, for us, whole and still valid."""

import base64
import json
from collections.abc import Iterator
from time import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from kit.access import Role
from kit.access.keys import FRESH_SECONDS, IssuerAway, Keys
from kit.access.tokens import LEEWAY_SECONDS, BadToken, Tokens
from tests.stack.issuer import AUDIENCE, Issuer, Key


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with Issuer() as running:
        yield running


@pytest.fixture
def tokens(issuer: Issuer) -> Tokens:
    return Tokens(issuer.url, AUDIENCE, Keys(issuer.url))


async def test_a_good_token_says_who_asks(issuer: Issuer, tokens: Tokens) -> None:
    found = await tokens.read(issuer.token("pegawai", "pimpinan", employee_id="e-1", sub="account-1"))
    assert (found.subject, found.client, found.employee_id) == ("account-1", "kinerja-web", "e-1")
    assert found.roles == {Role.PEGAWAI, Role.PIMPINAN}


async def test_a_machine_is_nobody(issuer: Issuer, tokens: Tokens) -> None:
    found = await tokens.read(issuer.token("integration", azp=None, client_id="simpeg"))
    assert (found.client, found.employee_id) == ("simpeg", None)


async def test_an_issuer_that_serves_others_too_gives_roles_that_are_not_ours(issuer: Issuer, tokens: Tokens) -> None:
    assert (await tokens.read(issuer.token("offline_access", "auditor", "admin"))).roles == {Role.AUDITOR}


async def test_nobody_is_made_a_superior_by_a_token(issuer: Issuer, tokens: Tokens) -> None:
    assert (await tokens.read(issuer.token("atasan", employee_id="e-1"))).roles == frozenset()


@pytest.mark.parametrize("roles", [None, "bkpsdm", {"bkpsdm": True}, [["bkpsdm"]], 7])
async def test_roles_that_are_no_list_of_names_give_nothing(issuer: Issuer, tokens: Tokens, roles: Any) -> None:
    assert (await tokens.read(issuer.token(roles=roles))).roles == frozenset()


@pytest.mark.parametrize("employee", [7, ["e-1"], {"id": "e-1"}, ""])
async def test_an_employee_id_that_is_no_text_is_nobody(issuer: Issuer, tokens: Tokens, employee: Any) -> None:
    assert (
        await tokens.read(issuer.key.sign(issuer.claims("pegawai") | {"employee_id": employee}))
    ).employee_id is None


@pytest.mark.parametrize(
    ("what", "claims"),
    [
        ("expired", {"exp": int(time()) - LEEWAY_SECONDS - 5}),
        ("not valid yet", {"nbf": int(time()) + LEEWAY_SECONDS + 3_600}),
        ("issued in the future", {"iat": int(time()) + LEEWAY_SECONDS + 3_600}),
        ("without an end", {"exp": None}),
        ("without a beginning", {"iat": None}),
        ("for nobody", {"sub": None}),
        ("for another audience", {"aud": "account"}),
        ("for other audiences", {"aud": ["account", "kinerja2"]}),
        ("for no audience", {"aud": None}),
        ("of another issuer", {"iss": "https://elsewhere.example/realms/kinerja"}),
        ("of no issuer", {"iss": None}),
        ("an id token", {"typ": "ID"}),
        ("a refresh token", {"typ": "Refresh"}),
        ("an offline token", {"typ": "Offline"}),
    ],
)
async def test_refused(issuer: Issuer, tokens: Tokens, what: str, claims: dict[str, Any]) -> None:
    with pytest.raises(BadToken):
        await tokens.read(issuer.token("bkpsdm", **claims))


async def test_a_moment_past_its_end_is_forgiven(issuer: Issuer, tokens: Tokens) -> None:
    await tokens.read(issuer.token("bkpsdm", exp=int(time()) - LEEWAY_SECONDS // 2))


async def test_one_of_several_audiences_is_enough(issuer: Issuer, tokens: Tokens) -> None:
    await tokens.read(issuer.token("bkpsdm", aud=["account", AUDIENCE]))


async def test_another_key_under_a_known_id(issuer: Issuer, tokens: Tokens) -> None:
    with pytest.raises(BadToken, match="Signature"):
        await tokens.read(Key(issuer.key.identity).sign(issuer.claims("bkpsdm")))


async def test_an_unknown_key(issuer: Issuer, tokens: Tokens) -> None:
    with pytest.raises(BadToken, match="does not have"):
        await tokens.read(Key("another").sign(issuer.claims("bkpsdm")))


async def test_claims_changed_after_signing(issuer: Issuer, tokens: Tokens) -> None:
    head, body, signature = issuer.token("pegawai").split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    forged = base64.urlsafe_b64encode(json.dumps({**claims, "roles": ["bkpsdm"]}).encode()).decode().rstrip("=")
    with pytest.raises(BadToken, match="Signature"):
        await tokens.read(f"{head}.{forged}.{signature}")


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE"])
async def test_no_signature(issuer: Issuer, tokens: Tokens, algorithm: str) -> None:
    head = base64.urlsafe_b64encode(json.dumps({"alg": algorithm, "kid": issuer.key.identity}).encode()).decode()
    body = issuer.token("bkpsdm").split(".")[1]
    for signature in ("", "AAAA"):
        with pytest.raises(BadToken):
            await tokens.read(f"{head.rstrip('=')}.{body}.{signature}")


async def test_the_public_key_as_a_shared_secret(issuer: Issuer, tokens: Tokens) -> None:
    # RFC 8725 section 2.1: a verifier that takes the algorithm from the token would take the public key for a secret.
    public = issuer.key.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    head = _part({"alg": "HS256", "typ": "JWT", "kid": issuer.key.identity})
    signing = f"{head}.{_part(issuer.claims('bkpsdm'))}"
    signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(signing.encode(), public)
    with pytest.raises(BadToken):
        await tokens.read(f"{signing}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}")


@pytest.mark.parametrize(
    "head", ["", "e30", "W10", "bnVsbA", "***", "\u00e4", "\ud800", base64.urlsafe_b64encode(b"[" * 9_000).decode()]
)
async def test_a_header_that_cannot_be_read_or_names_no_key(tokens: Tokens, head: str) -> None:
    with pytest.raises(BadToken):
        await tokens.read(f"{head}.e30.c2ln")


@pytest.mark.parametrize("header", [{"jku": "https://elsewhere.example/keys"}, {"x5u": "https://elsewhere.example/"}])
async def test_a_token_does_not_say_where_its_keys_are(issuer: Issuer, tokens: Tokens, header: dict[str, str]) -> None:
    forger = Key("forger")
    forged = jwt.encode(issuer.claims("bkpsdm"), forger.private, algorithm="RS256", headers={"kid": "forger", **header})
    with pytest.raises(BadToken):
        await tokens.read(forged)


async def test_a_key_inside_the_token_is_not_believed(issuer: Issuer, tokens: Tokens) -> None:
    forger = Key("forger")
    forged = jwt.encode(
        issuer.claims("bkpsdm"), forger.private, algorithm="RS256", headers={"kid": "forger", "jwk": forger.public()}
    )
    with pytest.raises(BadToken):
        await tokens.read(forged)


async def test_no_key_id(issuer: Issuer, tokens: Tokens) -> None:
    with pytest.raises(BadToken, match="names no key"):
        await tokens.read(jwt.encode(issuer.claims("bkpsdm"), issuer.key.private, algorithm="RS256"))


@pytest.mark.parametrize("text", ["", ".", "..", "a.b.c", "e30.e30.", "a" * 20_000, "é.é.é", "null.null.null"])
async def test_what_is_no_token(tokens: Tokens, text: str) -> None:
    with pytest.raises(BadToken):
        await tokens.read(text)


async def test_a_token_is_judged_once_while_it_lasts(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []
    decode = jwt.decode

    def counted(token: str, *words: Any, **more: Any) -> Any:
        judged.append(token)
        return decode(token, *words, **more)

    monkeypatch.setattr(jwt, "decode", counted)
    now = time()
    tokens = Tokens(issuer.url, AUDIENCE, Keys(issuer.url), clock=lambda: now)
    token, other = issuer.token("pegawai", employee_id="e-1"), issuer.token("pegawai", employee_id="e-2")
    first = await tokens.read(token)
    assert [await tokens.read(token), (await tokens.read(other)).employee_id] == [first, "e-2"]
    assert judged == [token, other]
    now = first.expires or now  # from here on it is looked at anew, each time, and refused when the leeway is over
    await tokens.read(token)
    await tokens.read(token)
    assert judged == [token, other, token, token]


async def test_a_remembered_token_ends_with_its_key() -> None:
    with Issuer() as issuer:
        seconds = 0.0
        tokens = Tokens(issuer.url, AUDIENCE, Keys(issuer.url, clock=lambda: seconds))
        token = issuer.token("bkpsdm")
        await tokens.read(token)
        issuer.keys.remove(issuer.rotate("second"))
        seconds = FRESH_SECONDS + 1
        with pytest.raises(BadToken, match="does not have"):
            await tokens.read(token)


async def test_what_was_changed_in_a_remembered_token_is_another_token(issuer: Issuer, tokens: Tokens) -> None:
    token = issuer.token("pegawai", employee_id="e-1")
    await tokens.read(token)
    header, _, signature = token.split(".")
    forged = _part(issuer.claims("bkpsdm"))
    with pytest.raises(BadToken):
        await tokens.read(f"{header}.{forged}.{signature}")


async def test_nobody_can_be_judged_while_the_issuer_was_never_reached() -> None:
    with Issuer() as gone:
        token = gone.token("bkpsdm")
    with pytest.raises(IssuerAway):
        await Tokens(gone.url, AUDIENCE, Keys(gone.url)).read(token)


def _part(claims: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
