"""One load of a page in Chromium, and what it was like."""

import json
from dataclasses import dataclass
from time import time
from typing import Any

from playwright.async_api import BrowserContext, Request

from bench.pages.network import Condition

LONG_TASK = 50.0  # milliseconds that nobody notices
SETTLED = 1_500  # milliseconds after the main control for what still comes
LONGEST = 120_000

OBSERVE = """(() => {
  const seen = window.__seen = { fcp: null, lcp: null, shifts: [], tasks: [], usable: null };
  const watch = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each))
    .observe({ type, buffered: true });
  watch("paint", (e) => { if (e.name === "first-contentful-paint") seen.fcp = e.startTime; });
  watch("largest-contentful-paint", (e) => { seen.lcp = e.startTime; });
  watch("layout-shift", (e) => { if (!e.hadRecentInput) seen.shifts.push([e.startTime, e.value]); });
  watch("longtask", (e) => { seen.tasks.push([e.startTime, e.duration]); });
  const control = %s;
  const look = () => {
    const found = [...document.querySelectorAll(control)].some((one) => !one.disabled && one.getClientRects().length);
    if (!found) return requestAnimationFrame(look);
    seen.usable = performance.timeOrigin + performance.now();
    document.documentElement.dataset.usable = "";
  };
  requestAnimationFrame(look);
})()"""


@dataclass(frozen=True, slots=True)
class Page:
    """`role` None = nobody is signed in. `control` is what people came for, as a selector."""

    name: str
    path: str
    role: str | None
    control: str


async def load(context: BrowserContext, address: str, page: Page, condition: Condition) -> dict[str, float]:
    """Opens the page in a tab of its own. Times in milliseconds: `usable_ms` since the address was entered, the others
    since the shown document began (for the sign-in page that is after the redirect)."""
    tab = await context.new_page()
    cdp = await context.new_cdp_session(tab)
    await cdp.send("Emulation.setCPUThrottlingRate", {"rate": condition.cpu})
    await tab.add_init_script(OBSERVE % json.dumps(page.control))
    asked: list[Request] = []
    done: list[Request] = []
    tab.on("request", lambda one: asked.append(one))  # it keeps a mark on the handler: not a built-in one
    tab.on("requestfinished", lambda one: done.append(one))
    began = time() * 1000
    await tab.goto(address + page.path, wait_until="commit", timeout=LONGEST)
    await tab.wait_for_selector("html[data-usable]", timeout=LONGEST)  # also behind a redirect to another document
    await tab.wait_for_timeout(SETTLED)
    seen = await tab.evaluate("window.__seen")
    scripts = [(await one.sizes())["responseBodySize"] for one in done if one.resource_type == "script"]
    await tab.close()
    return figures(seen, began=began, requests=len(asked), scripts=scripts)


def figures(seen: dict[str, Any], *, began: float, requests: int, scripts: list[int]) -> dict[str, float]:
    """What the page's observers saw, as the numbers that are published."""
    return {
        "script_kb": round(sum(scripts) / 1000, 1),
        "requests": requests,
        "fcp_ms": round(seen["fcp"] or 0.0),
        "lcp_ms": round(seen["lcp"] or 0.0),
        "cls": round(layout_shift(seen["shifts"]), 4),
        "blocked_ms": round(blocked(seen["tasks"], seen["fcp"] or 0.0)),
        "usable_ms": round(seen["usable"] - began),
    }


def blocked(tasks: list[tuple[float, float]], since: float) -> float:
    """Total blocking time: what tasks after the first paint took beyond what nobody notices."""
    return sum(max(0.0, length - LONG_TASK) for start, length in tasks if start + length > since)


def layout_shift(shifts: list[tuple[float, float]]) -> float:
    """Cumulative layout shift: the worst burst, with at most a second between two shifts and five in all."""
    worst = burst = first = last = 0.0
    for at, value in sorted(shifts):
        if burst and at - last < 1_000 and at - first < 5_000:
            burst += value
        else:
            burst, first = value, at
        last = at
        worst = max(worst, burst)
    return worst
