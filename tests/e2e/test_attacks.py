"""What a hostile page, link or name can do to somebody who is signed in: nothing, in a real browser."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.e2e.signing_in import CLIENT, sign_in
from tests.e2e.system import System, soon

pytestmark = pytest.mark.timeout(300)

HOSTILE = "<img src=x onerror=alert(1)>"
ISSUER = "/auth/realms/kinerja"


@contextmanager
def elsewhere(html: str) -> Iterator[str]:
    """A page on another origin (another port is one)."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = html.encode()
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("path", ["/", "/operator", "/masuk", f"{ISSUER}/account", "/api/reporting/v1/devices"])
async def test_a_page_that_frames_us_shows_nothing(running: System, context: BrowserContext, path: str) -> None:
    page = await context.new_page()
    await sign_in(page, running.edge, "operator", running.password)
    frames = '<title>Hadiah</title><iframe src="{}"></iframe><iframe src="{}"></iframe>'
    with (
        elsewhere("<h1>Boleh dibingkai</h1>") as willing,
        elsewhere(frames.format(willing, running.edge + path)) as url,
    ):
        await page.goto(url)
        await page.wait_for_load_state("load")
        other, ours = page.frames[1:]
        assert other.url == willing, "what may be framed is"
        assert ours.url.startswith("chrome-error:"), f"{path} is shown in a frame of {url}"


async def test_a_page_elsewhere_cannot_act_as_who_is_signed_in(running: System, context: BrowserContext) -> None:
    site = running.get("/api/reporting/v1/presence/sites")["items"][0]["site"]
    serial = f"ATK{uuid.uuid4().hex[:12].upper()}"
    body = {"serial": serial, "name": "Pintu", "site_id": site["id"]}
    assert running.send("POST", "/api/attendance/v1/devices", body).status_code == 201
    page = await context.new_page()
    await sign_in(page, running.edge, "operator", running.password)
    # Of us a browser keeps only the issuer's own cookies, and sends them nowhere else.
    kept = await context.cookies()
    assert kept
    assert {cookie["path"].rstrip("/") for cookie in kept} == {ISSUER}
    assert await context.cookies(f"{running.edge}/api/attendance/v1/devices") == []

    target = f"{running.edge}/api/attendance/v1/devices/{serial}/retire"
    form = f'<form method="post" action="{target}" enctype="text/plain"><input name="a" value="b"></form>'
    with elsewhere(form) as url:
        await page.goto(url)
        for request in (
            "{method: 'POST', credentials: 'include', body: '{}'}",  # a simple request: no question beforehand
            "{method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}'}",
            "{method: 'POST', credentials: 'include', headers: {'Content-Type': 'application/json'}, body: '{}'}",
            "{method: 'POST', headers: {Authorization: 'Bearer guessed'}, body: '{}'}",
        ):
            told = await page.evaluate(
                f"fetch('{target}', {request}).then(r => r.type === 'opaque' ? 'unseen' : r.status, () => 'refused')"
            )
            assert told in ("refused", "unseen"), request
        async with page.expect_navigation() as leaving:
            await page.evaluate("document.forms[0].submit()")
        answer = await leaving.value
        assert answer is not None
        assert answer.status == 401
    assert running.get(f"/api/attendance/v1/devices/{serial}")["status"] == "active"


@pytest.mark.parametrize("method", ["OPTIONS", "POST", "GET"])
def test_no_other_origin_is_given_leave(running: System, method: str) -> None:
    """Also to whoever has a good token: what another origin's page may not read, it may not read."""
    for headers in ({}, {"Authorization": f"Bearer {running.token}"}):
        asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"} | headers
        for path in ("/api/reporting/v1/devices", "/api/attendance/v1/devices", "/api/directory/v1/units", "/"):
            answer = httpx.request(method, running.edge + path, headers=asked, trust_env=False)
            given = [name for name in answer.headers if name.startswith("access-control-")]
            assert given == [], f"{method} {path}"
            assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["//elsewhere.example/", "//elsewhere.example/%2f..", "/%5c%5celsewhere.example/", "/%09/elsewhere.example/"],
)
async def test_a_hostile_link_leads_through_signing_in_to_ourselves(running: System, page: Page, path: str) -> None:
    left: list[str] = []
    page.on("request", lambda request: left.append(request.url) if "elsewhere.example" in _host(request.url) else None)
    await sign_in(page, running.edge, "pegawai", running.password, path)
    assert page.url.startswith(f"{running.edge}/")
    assert left == []


async def test_an_answer_of_the_issuer_that_nobody_asked_for_signs_nobody_in(running: System, page: Page) -> None:
    """A forged `state`, or somebody else's code: signing in a victim as the attacker begins like this."""
    await page.goto(f"{running.edge}/masuk?code=stolen&state=https%3A%2F%2Felsewhere.example&iss=x")
    await expect(page.get_by_role("heading", name="Belum dapat masuk")).to_be_visible()
    assert page.url.startswith(f"{running.edge}/masuk")
    assert await page.evaluate(f"sessionStorage.getItem('oidc.user:' + location.origin + '{ISSUER}:{CLIENT}')") is None


def _host(url: str) -> str:
    return httpx.URL(url).host


@asynccontextmanager
async def renamed(running: System, employee: dict[str, Any], name: str) -> AsyncIterator[None]:
    """Somebody has a name for a while."""
    path = f"/api/directory/v1/employees/{employee['id']}"
    for said in (name, employee["name"]):
        version = running.get(path)["version"]
        changed = running.send("PATCH", path, {"name": said}, {"If-Match": f'"{version}"'})
        assert changed.status_code == 200, changed.text
        if said == name:
            yield


async def test_a_script_in_a_name_is_a_name(
    running: System, page: Page, complaints: list[str], browser: Browser
) -> None:
    dialogs: list[str] = []

    async def dismiss(dialog: Any) -> None:
        dialogs.append(dialog.message)
        await dialog.dismiss()

    page.on("dialog", dismiss)
    site = running.get("/api/reporting/v1/presence/sites")["items"][0]["site"]
    day = datetime.now(ZoneInfo(site["zone"])).date().isoformat()
    absent = running.get("/api/reporting/v1/presence/people", state="not_yet", date=day, limit=1)["items"][0]
    employee = running.get(f"/api/directory/v1/employees/{absent['employee_id']}")
    name = f"{HOSTILE}{uuid.uuid4().hex[:6]}"
    serial = f"XSS{uuid.uuid4().hex[:12].upper()}"
    terminal = {"serial": serial, "name": f"{name} mesin", "site_id": site["id"]}
    assert running.send("POST", "/api/attendance/v1/devices", terminal).status_code == 201
    pin = {"employee_id": employee["id"]}
    assert running.send("PUT", f"/api/attendance/v1/enrolments/{serial}/7", pin).is_success
    async with renamed(running, employee, name):
        at = datetime.now(ZoneInfo(site["zone"])) - timedelta(seconds=2)
        await asyncio.to_thread(running.attlog, serial, ("7", at), ("<script>", at))

        def known() -> bool | None:
            found = running.get("/api/reporting/v1/presence/people", date=day, q=name, state="present")["items"]
            return bool(found) or None

        await asyncio.to_thread(soon, known, "the name is on the board")
        await sign_in(page, running.edge, "bkpsdm", running.password)
        for path, where in {
            "/": "[data-testid=feed]",
            f"/?view=people&q={name[-6:]}": "tbody",
            f"/pegawai?q={name[-6:]}": "tbody",
            f"/pegawai/{employee['id']}": "h1",
            f"/mesin?q={serial}": "main",
            f"/mesin/{serial}": "h1",
            "/dinding": "main",
        }.items():
            await page.goto(running.edge + path)
            await expect(page.locator(where).first, path).to_contain_text(name)
            assert await page.locator("img[src=x]").count() == 0, path
    assert dialogs == []
    assert complaints == [], "a script that tried to run would have been reported by the security policy"
