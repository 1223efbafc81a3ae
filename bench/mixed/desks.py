"""What people do beside punching: record activities, decide about them, rate, and give notes of feedback."""

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

from bench.clients import Clients
from bench.mixed.town import Person
from bench.terminals.wire import Answer
from tests.stack.issuer import Issuer

APPRAISAL, FEEDBACK = "/api/appraisal/v1", "/api/feedback/v1"
UNDECIDED_SECONDS = 20.0
VALUES = ("kompeten", "harmonis", "loyal", "adaptif", "kolaboratif", "akuntabel", "berorientasi_pelayanan")


class Tokens:
    """Access tokens, each signed once."""

    def __init__(self, issuer: Issuer) -> None:
        self._issuer = issuer
        self._known: dict[str, str] = {}

    def of(self, employee: str, *more: str) -> str:
        """Of an employee, with `more` roles beside the own."""
        if employee not in self._known:
            self._known[employee] = self._issuer.token("pegawai", *more, employee_id=employee)
        return self._known[employee]


class Desks:
    """`officers` go through the edge; `citizens`, whose addresses only the edge could tell apart, straight to the
    feedback service. `codes` are for one rating each. `today` is the agency's."""

    def __init__(self, officers: Clients, citizens: Clients, tokens: Tokens, codes: Iterator[str], today: date) -> None:
        self._officers, self._citizens = officers, citizens
        self._tokens, self._codes = tokens, codes
        self._today = str(today)
        self._numbers = iter(range(10**9))
        self._undecided: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    async def record(self, person: Person, *, decided: bool) -> bool:
        """An activity of today. `decided`: `decide` may take it."""
        number = next(self._numbers)
        body = {"date": self._today, "what": f"Memeriksa berkas nomor {number}", "minutes": 5}
        answer = await self._sent(f"{APPRAISAL}/employees/{person.id}/activities", body, person.id)
        if answer is None or answer.status != 201:
            return False
        if decided and person.superior:
            self._undecided.put_nowait((json.loads(answer.body)["id"], person.superior))
        return True

    async def decide(self) -> bool:
        """The superior validates the activity that has waited longest."""
        try:
            activity, superior = await asyncio.wait_for(self._undecided.get(), UNDECIDED_SECONDS)
        except TimeoutError:
            return False
        body = {"activities": [activity], "outcome": "validated"}
        answer = await self._sent(f"{APPRAISAL}/activities/decisions", body, superior)
        if answer is None or answer.status != 200:
            return False
        return bool(json.loads(answer.body)["items"][0]["status"] == "validated")

    async def note(self, person: Person) -> bool:
        """The superior's feedback."""
        number = next(self._numbers)
        body = {"value": VALUES[number % len(VALUES)], "tone": "good", "words": "Pelayanan hari ini rapi."}
        answer = await self._sent(f"{FEEDBACK}/employees/{person.id}/feedback", body, str(person.superior))
        return answer is not None and answer.status == 201

    async def rate(self, code: str = "") -> bool:
        """A citizen's rating with the next code, or one of the caller's own."""
        number = next(self._numbers)
        body = {"code": code or next(self._codes), "stars": 1 + number % 5, "reasons": ["quick"], "text": ""}
        address = f"10.{number % 250}.{number // 250 % 250}.7"
        answer = await self._citizens.post(f"{FEEDBACK}/public/ratings", body, {"X-Forwarded-For": address})
        return answer is not None and answer.status == 201

    async def _sent(self, path: str, body: Any, who: str) -> Answer | None:
        headers = {"Authorization": f"Bearer {self._tokens.of(who)}", "Idempotency-Key": uuid4().hex}
        return await self._officers.post(path, body, headers)
