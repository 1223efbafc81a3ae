"""The pages people use, loaded by Chromium as a good computer and as a cheap phone on a slow network.

Each with an empty cache and with a filled one (the service worker has taken the app); medians of the runs, and the load
average of the machine while they ran.
"""

import asyncio
import json
import os
import shutil
import sys
from statistics import median
from typing import Any

from playwright.async_api import Browser, BrowserContext

from bench.measure import medians
from bench.options import Options
from bench.pages.loading import Page, load
from bench.pages.network import Condition, Relay
from bench.startup.workload import Installation
from bench.system import FIRST_PORT
from bench.workload import Result, Row, Workload, say
from deploy.local import credentials
from deploy.local.program import ROOT
from deploy.local.settings import HOST
from tests.e2e.chromium import chromium
from tests.e2e.signing_in import sign_in

Session = tuple[dict[str, str], Any]
PLAIN = Condition("plain", "computer, no delay")
PHONE = Condition("phone", "CPU 4x slower, 400 ms, 400 kB/s", rtt=0.4, rate=400_000, cpu=4)
SLOW = Condition("slow_3g", "CPU 4x slower, 400 ms, 400 kbit/s", rtt=0.4, rate=50_000, cpu=4)
PAGES = (
    Page("sign-in", "/", None, "input[name=username]"),
    Page("/nilai", "/nilai", None, "#code"),
    Page("/saya", "/saya", "pegawai", "main [class*=press] button"),
    Page("/", "/", "bkpsdm", "main tbody tr"),
    Page("/pegawai", "/pegawai", "bkpsdm", "main tbody tr"),
    Page("/mesin", "/mesin", "operator", "main a[href*='/mesin/']"),
    Page("/pemeriksaan", "/pemeriksaan", "atasan", "main input[type=radio]"),
)
FIRST_USE = {"sign-in", "/nilai", "/saya"}  # what somebody at a door or a counter needs: on the slowest network too
CHECK_IN = "/saya"
MOST_SCRIPT_KB = 200
FIRST_USE_MS = 5_000
MOST_SHIFT = 0.1
INSTALLING = "navigator.serviceWorker.getRegistration('/').then((found) => Boolean(found) && !found.active)"


def run(options: Options) -> Result:
    """On a system of its own."""
    data = options.data / "pages"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    installation = Installation(ROOT, data / "data", sys.executable)
    try:
        installation.up()
        password = credentials.load(data / "data").demo_password
        result = asyncio.run(_measure(installation.edge, password, options.repeats(5)))
    finally:
        installation.down()
    if not options.keep:
        shutil.rmtree(data, ignore_errors=True)
    return result


async def _measure(edge: int, password: str, runs: int) -> Result:
    address = f"http://{HOST}:{edge}"
    door = FIRST_PORT + 90
    found: Result = {}
    rule = f"--host-resolver-rules=MAP {HOST}:{edge} {HOST}:{door}"
    async with Relay(HOST, door, edge) as relay, chromium(rule) as browser:
        before = os.getloadavg()
        for page in PAGES:
            for condition in (PLAIN, PHONE, SLOW) if page.name in FIRST_USE else (PLAIN, PHONE):
                cold: list[dict[str, float]] = []
                warm: list[dict[str, float]] = []
                session = await _session(browser, address, page, password)
                for _ in range(runs):
                    context = await _context(browser, session)
                    relay.condition = condition
                    cold.append(await load(context, address, page, condition))
                    relay.condition = PLAIN
                    await _kept(context, address)
                    relay.condition = condition
                    warm.append(await load(context, address, page, condition))
                    await context.close()
                    relay.condition = PLAIN
                middle = {"cold": medians(cold), "warm": medians(warm)}
                found.setdefault(page.name, {})[condition.name] = {**middle, "runs": {"cold": cold, "warm": warm}}
                say(f"{page.name}, {condition.title}: usable after {middle['cold']['usable_ms'] / 1000:.1f} s, "
                    f"again {middle['warm']['usable_ms'] / 1000:.1f} s")  # fmt: skip
    return {"pages": found, "load_average": {"before": list(before), "after": list(os.getloadavg())}}


async def _session(browser: Browser, address: str, page: Page, password: str) -> Session:
    """What a browser keeps of somebody who has signed in; of nobody for the sign-in page."""
    if page.role is None:
        return {}, {}
    context = await browser.new_context()
    tab = await context.new_page()
    await sign_in(tab, address, page.role, password, page.path)
    kept: dict[str, str] = await tab.evaluate("({...sessionStorage})")
    cookies = {**await context.storage_state(), "origins": []}
    await context.close()
    return kept, cookies


async def _context(browser: Browser, session: Session) -> BrowserContext:
    """A browser that has loaded nothing yet, of somebody who is signed in already."""
    kept, cookies = session
    context = await browser.new_context(viewport={"width": 360, "height": 740}, storage_state=cookies or None)
    await context.add_init_script(
        f"if (location.port && !sessionStorage.length) Object.entries({json.dumps(kept)})"
        ".forEach(([key, value]) => sessionStorage.setItem(key, value))"
    )
    return context


async def _kept(context: BrowserContext, address: str) -> None:
    """Waits until the service worker has the app."""
    tab = await context.new_page()
    await tab.goto(f"{address}/healthz")
    while await tab.evaluate(INSTALLING):
        await tab.wait_for_timeout(50)
    await tab.close()


def rows(result: Result) -> list[Row]:
    """The published lines."""
    out = [Row("load average of the machine, begin and end",
               f"{result['load_average']['before'][0]:.1f}, {result['load_average']['after'][0]:.1f}")]  # fmt: skip
    for name, conditions in result["pages"].items():
        weight = conditions["plain"]["cold"]
        light = weight["script_kb"] <= MOST_SCRIPT_KB if name == CHECK_IN else None
        asked = f"≤ {MOST_SCRIPT_KB} kB of script" if name == CHECK_IN else ""
        sent = f"{weight['script_kb']:.0f} kB of script as sent, {weight['requests']:.0f} requests"
        out.append(Row(f"{name}: weight", sent, asked, light))
        out += [_quick(name, key, found) for key, found in conditions.items()]
        cold, warm = (max(_shift(found["runs"][cache]) for found in conditions.values()) for cache in ("cold", "warm"))
        held = max(cold, warm) < MOST_SHIFT
        out.append(Row(f"{name}: layout shift", f"{cold:.3f}, again {warm:.3f}", f"< {MOST_SHIFT}", held))
    return out


def _quick(name: str, key: str, found: Result) -> Row:
    title = {one.name: one.title for one in (PLAIN, PHONE, SLOW)}[key]
    cold, warm = found["cold"], found["warm"]
    goal = key != "plain" and name in FIRST_USE
    return Row(
        f"{name}: {title}",
        f"usable {_seconds(cold, 'usable_ms')}, again {_seconds(warm, 'usable_ms')} "
        f"(first paint {_seconds(cold, 'fcp_ms')}, {_seconds(warm, 'fcp_ms')}; largest {_seconds(cold, 'lcp_ms')}, "
        f"{_seconds(warm, 'lcp_ms')}; blocked {cold['blocked_ms']:.0f}, {warm['blocked_ms']:.0f} ms)",
        "first use < 5 s" if goal else "",
        cold["usable_ms"] < FIRST_USE_MS if goal else None,
    )


def _shift(runs: list[dict[str, float]]) -> float:
    """The median as it was measured: two decimals, as of the others, would hide on which side of the goal it is."""
    return median(one["cls"] for one in runs)


def _seconds(found: Result, name: str) -> str:
    return f"{found[name] / 1000:.1f} s"


WORKLOAD = Workload("pages", "The pages in a browser", run, rows)
