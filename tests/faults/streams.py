"""Activities and ratings recorded all the while, each sent again until it is answered, and what views make of them."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from bench.population import employee_id
from bench.system import System
from deploy.local import services
from kit.mongo import Client
from services.feedback.ratings import codes
from services.feedback.ratings.store import Codes, Subject
from tests.stack.issuer import Issuer

PEOPLE, RATERS, CODES = 6, 4, 4_000
PAUSE = 0.1
TRIES_SECONDS = 90.0
VIEW = "_v1"


class Streams:
    """`recorded` counts activities by employee, `rated` ratings by service: those that were answered for, each once."""

    def __init__(self, system: System, client: Client, issuer: Issuer) -> None:
        self.recorded: Counter[str] = Counter()
        self.rated: Counter[str] = Counter()
        self._client = client
        self._base = {
            name: f"http://{system.settings.host}:{port + system.settings.service_offset}/api/{name}/v1"
            for name, port in (("appraisal", services.APPRAISAL), ("feedback", services.FEEDBACK))
        }
        self._installation = {"Authorization": f"Bearer {system.token}"}
        self._issuer = issuer
        self._http = httpx.AsyncClient(trust_env=False, timeout=20)
        self._today = str((datetime.now(UTC) - timedelta(days=1)).date())
        self._tasks: list[asyncio.Task[None]] = []
        self._going = True
        self._left = iter(range(CODES))

    async def start(self) -> None:
        """A service in the catalogue, codes for it, and everybody at work."""
        body = {"name": "Surat keterangan", "unit_id": "u-drill", "valid_from": "2020-01-01"}
        answer = await self._http.post(f"{self._base['feedback']}/services", json=body, headers=self._installation)
        answer.raise_for_status()
        self._service = answer.json()["id"]
        self._codes = [codes.new() for _ in range(CODES)]
        ends = datetime.now(UTC) + timedelta(hours=2)
        store = Codes(self._client, self._client["feedback"])
        await store.issue_many(self._codes, Subject(self._service, "u-drill", None, employee_id(0)), ends)
        self._tasks += [asyncio.create_task(self._records(employee_id(number))) for number in range(PEOPLE)]
        self._tasks += [asyncio.create_task(self._rates()) for _ in range(RATERS)]

    async def stop(self) -> None:
        """Nobody begins anything more; what was begun is answered. Raises what went wrong meanwhile."""
        self._going = False
        await asyncio.gather(*self._tasks)
        await self._http.aclose()

    async def _records(self, employee: str) -> None:
        number = 0
        while self._going:
            number += 1
            body = {"date": self._today, "what": f"Kegiatan {number}", "minutes": 1}
            token = self._issuer.token("pegawai", employee_id=employee)
            # One key: the same command, however often it is sent.
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid4().hex}
            path = f"{self._base['appraisal']}/employees/{employee}/activities"
            await self._answered(lambda: self._http.post(path, json=body, headers=headers), {201})  # noqa: B023 - awaited
            self.recorded[employee] += 1
            await asyncio.sleep(PAUSE)

    async def _rates(self) -> None:
        while self._going:
            body = {"code": self._codes[next(self._left)], "stars": 4}
            path = f"{self._base['feedback']}/public/ratings"
            # Whoever got no answer and sends again is told that the code is used: it was counted the first time.
            await self._answered(lambda: self._http.post(path, json=body), {201}, again={201, 409})  # noqa: B023
            self.rated[self._service] += 1
            await asyncio.sleep(PAUSE)

    async def _answered(
        self, ask: Callable[[], Awaitable[httpx.Response]], good: set[int], again: set[int] | None = None
    ) -> None:
        ends, wanted = asyncio.get_running_loop().time() + TRIES_SECONDS, good
        while True:
            try:
                answer = await ask()
            except httpx.TransportError:
                status = 0
            else:
                status = answer.status_code
                if status in wanted:
                    return
                # 409: the first sending is still being worked on; 429: all citizens of this test have one address.
                assert status in {409, 429, 503}, answer.text
            assert asyncio.get_running_loop().time() < ends, f"never answered well, last {status}"
            wanted = again or good
            await asyncio.sleep(0.2)

    async def seen(self) -> tuple[Counter[str], Counter[str]]:
        """What the views have: activities by employee, ratings by service."""
        views: Any = self._client["reporting"]
        work, rated = Counter[str](), Counter[str]()
        async for day in views["employee_days" + VIEW].find(
            {"employee": {"$in": [employee_id(number) for number in range(PEOPLE)]}}
        ):
            if work_of := day.get("strands", {}).get("work"):
                work[day["employee"]] += work_of["entries"]
        async for day in views["service_days" + VIEW].find({"service": self._service}):
            rated[day["service"]] += day["ratings"]
        return work, rated
