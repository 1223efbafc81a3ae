"""From days of absence to a case that a superior decides, and a month's cut to the article, on the real system.

The demo city begins to assess on the day it was made, so nobody was ever absent: the test lets it begin some days
earlier and takes that back. Then everybody was absent on those days, and each that has a superior has a case.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, expect

from deploy.local.demo_accounts import accounts
from tests.e2e.chromium import violations
from tests.e2e.pictures import pictures
from tests.e2e.system import System, soon
from tests.e2e.test_activities import DESK, seat

pytestmark = pytest.mark.timeout(600)

API = "/api/attendance/v1"
ME = next(one.employee_id for one in accounts() if one.username == "pegawai")
BACK = 10
SETTLING = 240.0  # seconds: the days of everybody are assessed anew


@pytest.fixture(scope="module")
def absent(running: System) -> Iterator[list[str]]:
    """The days on which everybody should have been there and nobody was; on the last of them somebody came late."""
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    first, last = today - timedelta(days=BACK), today - timedelta(days=2)
    body = {"day": str(first), "source": f"Uji {uuid4().hex[:8]}"}
    made = running.post(f"{API}/schedules/beginnings", body)
    assert made.status_code == 201, made.text
    yesterday = today - timedelta(days=1)
    plans = running.get(f"{API}/employees/{ME}/plans", **{"from": str(first), "to": str(yesterday)})["items"]
    asked = [one["day"] for one in plans if one["shifts"]]
    days = [day for day in asked if day <= str(last)]
    come(running, date.fromisoformat(days[-1]))
    soon(lambda: True if settled(running, days, asked) else None, "the days are assessed and counted", SETTLING)
    yield days
    match = {"If-Match": f'"{made.json()["version"]}"'}
    assert running.send("DELETE", f"{API}/schedules/beginnings/{made.json()['id']}", {}, match).status_code == 204
    cases = f"{API}/discipline/cases"
    soon(lambda: None if running.get(cases, limit=1)["total"] else True, "the cases are withdrawn", SETTLING)
    assert {one["status"] for one in ladder(running)["cases"]} <= {"withdrawn"}, "and nothing of them is erased"


def ladder(running: System) -> dict[str, Any]:
    """Where the member of staff stands."""
    return running.get(f"{API}/employees/{ME}/ladder")


def settled(running: System, days: list[str], asked: list[str]) -> bool:
    """Whether these days are assessed for good, and the ladder has counted all that are: yesterday too, when the time
    for its punches is over."""
    query = {"from": asked[0], "to": asked[-1]}
    found = {one["local_date"]: one for one in running.get(f"{API}/employees/{ME}/days", **query)["items"]}
    if not set(asked) <= set(found):
        return False
    there = [found[day]["status"] for day in days] == ["absent"] * (len(days) - 1) + ["present"]
    absent = {day for day in asked if found[day]["status"] == "absent" and not found[day].get("missing")}
    return there and absent | set(days) <= {one["day"] for one in ladder(running)["counted"]}


def cut_of(running: System, month: str) -> Decimal:
    """What the assessed days of a month come to by Permentan 68/2012: other tests have left punches on some."""
    query = {"from": f"{month}-01", "to": str(datetime.now(ZoneInfo("Asia/Jakarta")).date())}
    cut = Decimal("0.0")
    for day in running.get(f"{API}/employees/{ME}/days", **query)["items"]:
        if day.get("missing"):
            continue
        cut += 4 * (day["status"] == "absent")
        for shift in day["shifts"]:
            bands = (shift.get("late_band"), shift.get("early_band"))
            cut += sum((Decimal(band[-1]) / 2 for band in bands if band), Decimal(0))
    return cut


def come(running: System, day: date) -> None:
    """Twenty minutes late, and not early home."""
    held = running.get(f"/api/directory/v1/employees/{ME}")["assignments"][-1]
    zone = ZoneInfo(running.get(f"/api/directory/v1/sites/{held['site_id']}")["zone"])
    for hour, minute in ((7, 50), (16, 45)):
        at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
        punch = {"employee_id": ME, "site_id": held["site_id"], "occurred_at": at.isoformat()}
        answer = running.post(f"{API}/punches", {"client_event_id": uuid4().hex, **punch})
        assert answer.status_code in (200, 201), answer.text


async def test_from_the_ladder_to_a_decision(running: System, browser: Browser, absent: list[str]) -> None:
    async with (
        seat(browser, running, "pegawai", "/disiplin", phone=True) as staff,
        seat(browser, running, "atasan", "/kasus") as above,
    ):
        standing = staff.get_by_test_id("standing")
        await expect(standing).to_contain_text(f"{ladder(running)['days']} hari tanpa keterangan")
        await expect(standing).to_contain_text("bukan hukuman")
        await expect(staff.locator("li[data-here]")).to_contain_text("Pasal 9")
        assert await violations(staff) == []
        await pictures(staff, "discipline-ladder")
        await staff.locator(f"li[data-date='{absent[0]}']").get_by_role("link").click()
        await expect(staff.get_by_text("tidak hadir tanpa keterangan").first).to_be_visible()

        await expect(above.get_by_role("heading", name="Perkara disiplin")).to_be_visible()
        listed = above.locator("li[data-case][data-status='proposed']")
        await expect(listed.first).to_be_visible()
        assert await violations(above) == []
        await pictures(above, "discipline-cases")
        await above.set_viewport_size(DESK)
        # Not the member of staff: what is decided stays, and the test runs any number of times.
        others = above.locator(f"li[data-case][data-status='proposed']:not([data-case^='{ME}'])")
        await others.last.get_by_role("link").click()
        await expect(above.get_by_text("Diperiksa atasan langsung, tanpa tim.")).to_be_visible()
        await expect(above.locator("li[data-deadline='hearing']")).to_contain_text("PP 94/2021 Pasal 26(2)")
        assert await violations(above) == []
        await pictures(above, "discipline-case")
        await above.set_viewport_size(DESK)

        today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
        await above.get_by_role("button", name="Catat panggilan").click()
        form = above.get_by_role("form", name="Catat panggilan")
        await form.get_by_label("Tanggal panggilan").fill(str(today - timedelta(days=30)))
        await form.get_by_label("Tanggal pemeriksaan").fill(str(today - timedelta(days=27)))
        await form.get_by_role("button", name="Simpan panggilan").click()
        await expect(form).to_contain_text("7 hari kerja sesudah panggilan")
        await form.get_by_label("Tanggal pemeriksaan").fill(str(today - timedelta(days=5)))
        await form.get_by_role("button", name="Simpan panggilan").click()
        await expect(above.locator("li[data-step='summoned']")).to_be_visible()

        await above.get_by_role("button", name="Catat keputusan").click()
        decision = above.get_by_role("form", name="Catat keputusan")
        await decision.get_by_role("button", name="Simpan keputusan").click()
        await expect(decision.get_by_text("Isi", exact=False).first).to_be_visible()
        await decision.get_by_label("Nomor surat keputusan").fill("800/12/2026")
        await decision.get_by_label("Alasan").fill("Terbukti tidak hadir tanpa keterangan.")
        assert await violations(above) == []
        await pictures(above, "discipline-decision")
        await above.set_viewport_size(DESK)
        await decision.get_by_role("button", name="Simpan keputusan").click()
        await expect(above.locator("section[data-status='decided']")).to_be_visible()
        await expect(above.locator("li[data-deadline='delivery']")).to_contain_text("PP 94/2021 Pasal 37(3)")
        await expect(above.locator("li[data-step='decided']")).to_contain_text("Terbukti tidak hadir tanpa keterangan.")
        await expect(above.locator("li[data-step='decided']")).to_contain_text("Atasan")


async def test_a_months_cut_is_explained_to_the_article(running: System, browser: Browser, absent: list[str]) -> None:
    month = absent[-1][:7]
    inside = [day for day in absent[:-1] if day.startswith(month)]
    async with (
        seat(browser, running, "pegawai", f"/tunjangan?from={month}-01", phone=True) as staff,
        seat(browser, running, "bkpsdm", "/aturan-tunjangan") as agency,
    ):
        percent = f"{cut_of(running, month):f}".replace(".", ",").removesuffix(",0")
        await expect(staff.get_by_test_id("month-percent")).to_have_text(f"{percent}%")
        late = staff.locator(f"li[data-date='{absent[-1]}'][data-what='late']")
        await expect(late).to_contain_text("Terlambat 20 menit, pita TL1")
        await expect(late).to_contain_text("0,5%")
        await expect(late).to_contain_text("20 menit lebih awal: 0%.")
        await expect(late).to_contain_text("Permentan 68/2012")
        if inside:
            gone = staff.locator(f"li[data-date='{inside[0]}'][data-what='absent']")
            await expect(gone).to_contain_text("Tidak hadir tanpa keterangan")
            await expect(gone).to_contain_text("4%")
        assert await violations(staff) == []
        await pictures(staff, "allowance-month")
        await late.get_by_role("link").click()
        lead = staff.get_by_text(re.compile(r"Anda terlambat 20 menit: pita TL1, potongan 0,5%\."))
        await expect(lead).to_be_visible()

        await expect(agency.get_by_role("heading", name="Aturan tunjangan")).to_be_visible()
        await expect(agency.locator("section[data-table='bgn-4-2025']")).to_contain_text("Pitanya berbeda")
        assert await violations(agency) == []
        await pictures(agency, "allowance-tables")
        await agency.set_viewport_size(DESK)
        await agency.get_by_role("button", name="Tetapkan tabel").click()
        form = agency.get_by_role("form", name="Tetapkan tabel")
        await form.get_by_label("Tabel").click()
        await agency.get_by_role("option", name="Pedoman lain, dengan batas sehari").click()
        await form.get_by_label("Berlaku mulai").fill("2090-01-01")
        await form.get_by_label("Keputusan (nomor dan tanggal)").fill("SK Uji 9/2026")
        await form.get_by_role("button", name="Simpan keputusan").click()
        await expect(form).to_contain_text("isi menurut keputusan instansi")
        await form.get_by_label("Persen tidak hadir sehari").fill("3,5")
        await form.get_by_role("button", name="Simpan keputusan").click()
        made = agency.locator("li[data-choice]").filter(has_text="SK Uji 9/2026")
        await expect(made).to_contain_text("3,5%")
        await made.get_by_role("button", name="Hapus keputusan").click()
        await expect(made).to_have_count(0)
