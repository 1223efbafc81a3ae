"""Patterns that follow from the law (rules/working_time.yaml), ready to be taken over: an agency begins in one step."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from kit.access import Principal
from kit.idempotency import Answer, Attempt, IdempotencyKey
from kit.mongo import TRIES, Session, in_transaction
from kit.text import Reference
from services.attendance.access import SCHEDULES
from services.attendance.schedules.bulk import Assigning, ManyAssigned
from services.attendance.schedules.desk import API
from services.attendance.schedules.kinds import PATTERN
from services.attendance.schedules.law import load, pattern_of
from services.attendance.schedules.models import Frozen, Pattern, PatternVersion
from services.attendance.schedules.sent import BookDate, PatternRecord
from services.attendance.schedules.store import PATTERNS

Key = Literal["five_day", "six_day"]
NAMES: Mapping[Key, str] = {"five_day": "Lima hari kerja", "six_day": "Enam hari kerja"}


class ReadyPattern(Frozen):
    """One of them. `id` is that of the pattern once it is taken over; `taken` whether it is."""

    key: Key
    id: str
    name: str
    versions: tuple[PatternVersion, ...]
    taken: bool


class Taking(Frozen):
    """The units it is given to from a day on. Without units it is only put into the book."""

    unit_ids: tuple[Reference, ...] = Field(default=(), max_length=200)
    valid_from: BookDate


def ready_patterns(today: date) -> Mapping[Key, Pattern]:
    """As in force today."""
    tables = load()
    return {key: pattern_of(tables[key].on(today), f"law-{key}", name) for key, name in NAMES.items()}


def router(assigning: Assigning) -> APIRouter:
    """The routes under /schedules/ready."""
    routes = APIRouter(prefix=f"{API}/ready", tags=["schedules"], dependencies=[Depends(SCHEDULES)])
    desk = assigning.desk

    @routes.get("", summary="Pola kerja siap pakai menurut peraturan")
    async def list_ready_patterns() -> list[ReadyPattern]:
        """The weeks of Perpres 21/2023 with their hours in Ramadan; the six-day one is practice, as its source says."""
        ready = ready_patterns(desk.today())
        there = {key for key, one in ready.items() if await desk.rows.one(PATTERNS, one.id) is not None}
        return [ReadyPattern(key=key, taken=key in there, **one.model_dump()) for key, one in ready.items()]

    @routes.post("/{key}/take", response_model=PatternRecord, summary="Pakai pola siap pakai")
    async def take_ready_pattern(key: Key, body: Taking, repeat: IdempotencyKey, request: Request) -> Response:
        """Put it into the book, if it is not there yet, and give it to units, all in one step."""
        by: Principal = request.scope["principal"]

        async def work(attempt: Attempt) -> Answer:
            return await _take(assigning, key, body, by, attempt)

        return await desk.keys.respond(request, repeat, work)

    return routes


async def _take(assigning: Assigning, key: Key, sent: Taking, by: Principal, attempt: Attempt) -> Answer:
    desk = assigning.desk
    pattern = ready_patterns(desk.today())[key]

    async def work(session: Session) -> Answer:
        await desk.rows.turn(session)
        row = await desk.rows.one(PATTERNS, pattern.id, session)
        if row is None:
            row = await desk.rows.put(PATTERNS, pattern, 0, by.subject, desk.clock(), session)
        if sent.unit_ids:
            source = pattern.versions[-1].source
            many = ManyAssigned(
                pattern_id=pattern.id,
                unit_ids=sent.unit_ids,
                valid_from=sent.valid_from,
                source=source[:200],
            )
            await assigning.within(many, by, session)
        answer = Answer.of(PATTERN.answered(row))
        await attempt.finish(answer, session)
        return answer

    return await in_transaction(desk.client, work, tries=TRIES)
