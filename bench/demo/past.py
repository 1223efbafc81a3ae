"""Runs the services' `history` commands against the running system and follows what they journal into the views."""

import asyncio
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench.morning.city import Api
from deploy.local import services
from deploy.local.credentials import Credentials
from deploy.local.processes import inherited
from deploy.local.program import ROOT
from deploy.local.settings import StackSettings
from deploy.local.spawn import dying_with_parent

STREAMS = (
    ("attendance", services.ATTENDANCE_API),
    ("appraisal", services.APPRAISAL),
    ("feedback", services.FEEDBACK),
)
FRESHNESS = "/api/reporting/v1/freshness"
LOOK_SECONDS = 2.0
PATIENCE = 180.0
"""Seconds without a single record folded after which something must be wrong."""


@dataclass(frozen=True, slots=True)
class Position:
    """How many records each topic has, how many are not folded yet, and what every view is complete to."""

    records: Counter[str]
    left: int | None
    complete_to: datetime | None

    def of(self, service: str) -> int:
        """Records of a service's own topics."""
        return sum(count for topic, count in self.records.items() if topic.partition(".")[0] == service)


def read(answer: Any) -> Position:
    """What the freshness route says. Pure."""
    records: Counter[str] = Counter()
    for view in answer["views"]:
        for part in view["partitions"]:
            records[part["topic"]] += part["end_offset"] or 0
    lags = [view["lag"] for view in answer["views"]]
    said = [view["freshness"]["complete_to"] for view in answer["views"]]
    return Position(
        records,
        None if None in lags else sum(lags),
        None if None in said else min(datetime.fromisoformat(one) for one in said),
    )


async def position(api: Api) -> Position:
    """Where reporting stands. Raises NotReady when nothing runs."""
    return read(await api.get(FRESHNESS))


async def load(api: Api, settings: StackSettings, secrets: Credentials, words: Sequence[str], before: Position) -> int:
    """All streams at once; the exit code of the first that fails, else 0. Raises NotReady."""
    began = time.monotonic()
    names = [service for service, _ in STREAMS]
    codes = await asyncio.gather(
        *(run(settings, secrets, service, port + settings.service_offset, words) for service, port in STREAMS)
    )
    for service, code in zip(names, codes, strict=True):
        if code:
            print(f"the past of {service} could not be loaded (exit code {code}); the same command goes on from here")
            return code
    loaded = time.monotonic()
    after = await _folded(api, datetime.now(UTC))
    folded = time.monotonic()
    told = {service: after.of(service) - before.of(service) for service in names}
    total = sum(told.values())
    if total:
        each = ", ".join(f"{service} {count:,}" for service, count in told.items())
        # Counted on the topics: what people and timers of the running system did meanwhile is among them.
        print(f"\n{total:,} events have come into the views meanwhile: {each}")
        print(
            f"written in {loaded - began:.0f} s, complete in every view after {folded - began:.0f} s: "
            f"{total / (folded - began):,.0f} events/s"
        )
    print(f"look at http://{settings.host}:{settings.edge}: the board, a card, a unit (accounts: make status)\n")
    return 0


async def run(settings: StackSettings, secrets: Credentials, service: str, port: int, words: Sequence[str]) -> int:
    """One command, in a session of its own: Ctrl-C reaches us, and we end it in order."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"services.{service}", "history", *words),
        cwd=ROOT,
        env={**inherited(), **services.environment(settings, secrets, service, port)},
        stdin=asyncio.subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=dying_with_parent(signal.SIGTERM),
    )
    try:
        return await child.wait()
    finally:
        if child.returncode is None:
            child.terminate()
            await child.wait()


async def _folded(api: Api, until: datetime) -> Position:
    """Wait until every view has all that was recorded before `until`. Raises TimeoutError when it stands still."""
    shown = began = moved = time.monotonic()
    first = least = None
    while True:
        now, at = time.monotonic(), await position(api)
        if at.left == 0 and at.complete_to is not None and at.complete_to >= until:
            return at
        if at.left is not None and (least is None or at.left < least):
            least, moved = at.left, now
        first = at.left if first is None else first
        if now - moved > PATIENCE:
            raise TimeoutError("the views do not come on: `make status` and the projector's log say more")
        if now - shown > LOOK_SECONDS and at.left and first is not None:
            shown = now
            pace = max(first - at.left, 0) / (now - began)
            print(f"reporting  {at.left:,} events still to be folded  {pace:,.0f}/s", flush=True)
        await asyncio.sleep(LOOK_SECONDS / 4)
