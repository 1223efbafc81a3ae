"""Signing in through the real sign-in page: each role and its home, what goes wrong, and the way out."""

import json

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.signing_in import CLIENT, sign_in
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(600)

HOMES = {
    "pegawai": "/saya",
    "atasan": "/saya",
    "pimpinan": "/",
    "bkpsdm": "/beranda",
    "operator": "/operator",
    "auditor": "/beranda",
}
STORED = f"oidc.user:${{location.origin}}/auth/realms/kinerja:{CLIENT}"


@pytest.mark.parametrize("username", HOMES)
async def test_each_role_signs_in_and_sees_its_home(
    running: System, page: Page, complaints: list[str], username: str
) -> None:
    await sign_in(page, running.edge, username, running.password)
    await page.wait_for_url(running.edge + HOMES[username])
    await expect(page.locator("h1")).to_be_visible()
    await pictures(page, f"home-{username}")
    assert await violations(page) == []
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_sign_in_page_at_every_width(browser: Browser, running: System, scheme: str) -> None:
    context = await browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    await page.goto(running.edge)
    await expect(page.get_by_role("heading", name="Masuk")).to_be_visible()
    await pictures(page, f"sign-in-{scheme}")
    assert await violations(page) == []
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert complaints == []
    await context.close()


async def test_a_wrong_password_is_said_and_nothing_else(running: System, page: Page) -> None:
    for username in ("pegawai", "nobody-of-this-name"):
        await page.goto(running.edge)
        await page.get_by_label("Nama pengguna").fill(username)
        await page.get_by_label("Kata sandi").fill("not-the-password")
        await page.get_by_role("button", name="Masuk").click()
        await expect(page.get_by_role("alert")).to_contain_text("tidak cocok")
        assert await violations(page) == []


async def test_a_session_that_has_ended_leads_back_to_the_same_page(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "bkpsdm", running.password, "/mesin?state=pending")
    await page.wait_for_url(f"{running.edge}/mesin?state=pending")
    # What is left when a phone wakes up after a night: a token that has ended, and none to renew it with.
    await page.evaluate(
        f"""() => {{
            const user = JSON.parse(sessionStorage.getItem(`{STORED}`));
            delete user.refresh_token;
            sessionStorage.setItem(`{STORED}`, JSON.stringify({{ ...user, expires_at: 1 }}));
        }}"""
    )
    await page.reload(wait_until="commit")  # the page leaves for the sign-in as soon as it has begun
    await expect(page.get_by_role("heading", name="Mesin presensi")).to_be_visible()
    assert page.url == f"{running.edge}/mesin?state=pending"


async def test_a_token_that_a_service_refuses_leads_to_signing_in(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "bkpsdm", running.password, "/mesin")
    await page.evaluate(
        f"""() => {{
            const user = JSON.parse(sessionStorage.getItem(`{STORED}`));
            sessionStorage.setItem(`{STORED}`, JSON.stringify({{ ...user, access_token: "not.a.token" }}));
        }}"""
    )
    async with page.expect_response(lambda answer: answer.url.endswith("/protocol/openid-connect/token")):
        await page.reload(wait_until="commit")  # the page leaves for the sign-in as soon as it has begun
    await expect(page).to_have_url(f"{running.edge}/mesin")
    await expect(page.locator("tbody, section").first).to_be_visible()
    token = json.loads(await page.evaluate(f"sessionStorage.getItem(`{STORED}`)"))["access_token"]
    assert token != "not.a.token"


async def test_signing_out_ends_the_session_at_the_issuer_too(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "pegawai", running.password)
    await page.get_by_role("button", name="Akun").click()
    await page.get_by_role("menuitem", name="Keluar").click()
    await expect(page.get_by_role("heading", name="Anda sudah keluar")).to_be_visible()
    assert await violations(page) == []
    assert await page.evaluate(f"sessionStorage.getItem(`{STORED}`)") is None
    await page.get_by_role("button", name="Masuk lagi").click()
    await expect(page.get_by_label("Kata sandi")).to_be_visible()


async def test_staff_see_themselves_and_nobody_else(running: System, page: Page) -> None:
    await sign_in(page, running.edge, "pegawai", running.password, "/?view=people")
    rows = page.locator("tbody th[scope=row]")
    await expect(rows.first).to_be_visible()
    assert await rows.count() == 1


def test_the_edge_hides_the_administration_of_sign_in(running: System) -> None:
    for path in ("/auth/admin/", "/auth/admin/master/console/", "/auth/realms/master", "/auth/metrics", "/auth/health"):
        assert httpx.get(running.edge + path, trust_env=False).status_code == 404, path


def test_pages_of_signing_in_allow_no_frame_and_no_script_but_ours(running: System) -> None:
    answer = httpx.get(
        f"{running.edge}/auth/realms/kinerja/protocol/openid-connect/auth",
        params={
            "client_id": CLIENT,
            "redirect_uri": f"{running.edge}/masuk",
            "response_type": "code",
            "scope": "openid",
            "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "code_challenge_method": "S256",
        },
        trust_env=False,
    )
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in policy
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_uri": "https://elsewhere.example/masuk"},
        {"redirect_uri": "http://127.0.0.1:8080.elsewhere.example/masuk"},
        {"code_challenge": "", "code_challenge_method": ""},
        {"response_type": "token"},
    ],
    ids=["elsewhere", "nearly-here", "without-pkce", "implicit"],
)
def test_signing_in_cannot_be_led_elsewhere(running: System, wrong: dict[str, str]) -> None:
    asked = {
        "client_id": CLIENT,
        "redirect_uri": f"{running.edge}/masuk",
        "response_type": "code",
        "scope": "openid",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    }
    given = {name: value for name, value in (asked | wrong).items() if value}
    answer = httpx.get(
        f"{running.edge}/auth/realms/kinerja/protocol/openid-connect/auth", params=given, trust_env=False
    )
    assert "elsewhere.example" not in answer.headers.get("location", "")
    assert answer.status_code == 400 or "error=" in answer.headers["location"]


def test_another_system_gets_a_token_of_its_own_and_only_what_is_its(running: System) -> None:
    asked = {
        "grant_type": "client_credentials",
        "client_id": "kinerja-integration",
        "client_secret": running.integration_secret,
    }
    where = f"{running.edge}/auth/realms/kinerja/protocol/openid-connect/token"
    token = httpx.post(where, data=asked, trust_env=False).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    units = httpx.get(f"{running.edge}/api/directory/v1/units", headers=headers, trust_env=False)
    assert units.status_code == 200
    devices = httpx.get(f"{running.edge}/api/attendance/v1/devices", headers=headers, trust_env=False)
    assert devices.status_code == 403
    wrong = httpx.post(where, data=asked | {"client_secret": "guessed"}, trust_env=False)
    assert wrong.status_code == 401
