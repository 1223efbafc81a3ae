"""Being somebody in the browser: through the real sign-in page, or, with the made-up city, by having been there."""

import json
from time import time

from playwright.async_api import BrowserContext, Page, expect

CLIENT = "kinerja-web"


async def signed_in(context: BrowserContext, *roles: str, employee_id: str | None = None) -> None:
    """Every page of the context finds the session of somebody with these roles (by default of the personnel agency)."""
    user = {
        "access_token": "the-made-up-city-asks-for-none",
        "token_type": "Bearer",
        "scope": "openid profile",
        "expires_at": int(time()) + 86_400,
        "profile": {
            "sub": "made-up",
            "name": "Ratna Dewi, S.Kom.",
            "roles": list(roles) or ["pegawai", "bkpsdm"],
            "employee_id": employee_id,
        },
    }
    await context.add_init_script(
        "try { sessionStorage.setItem(`oidc.user:${location.origin}/auth/realms/kinerja:"
        f"{CLIENT}`, {json.dumps(json.dumps(user))}) }} catch {{}}"
    )


async def sign_in(page: Page, edge: str, username: str, password: str, path: str = "/") -> None:
    """Ask for a page, be sent to the sign-in page, give name and password, be sent back."""
    await page.goto(edge + path)
    await expect(page.get_by_role("heading", name="Masuk")).to_be_visible()
    await page.get_by_label("Nama pengguna").fill(username)
    await page.get_by_label("Kata sandi").fill(password)
    await page.get_by_role("button", name="Masuk").click()
    await expect(page.get_by_role("button", name="Akun")).to_be_visible()
