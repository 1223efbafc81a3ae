"""Routes of phones: an employee asks for one, a superior or the personnel agency approves a change."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kit.access import Principal, Reach
from kit.access.reads import Noting, noting
from kit.mongo import Document
from kit.problems import Problem, of_status
from services.attendance.access import PHONES, REVIEWS, within
from services.attendance.checkins.models import InstallId, Words
from services.attendance.checkins.people import People
from services.attendance.devices.registry import Clock
from services.attendance.phones.store import Phones, State

API = "/api/attendance/v1"
Noted = Annotated[Noting, Depends(noting)]


class NewPhone(BaseModel):
    """The installation to bind. `label` is how its owner knows it: kind of phone and browser."""

    model_config = ConfigDict(extra="forbid")

    install_id: InstallId
    label: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class PhoneView(BaseModel):
    """An installation of an employee. `active`: check-ins from it are expected; `pending`: waits for approval."""

    id: str
    employee_id: str
    install_id: str
    label: str
    state: State
    asked_at: datetime
    decided_at: datetime | None = None
    words: str = ""


class PhoneDecision(BaseModel):
    """Approve the change, or refuse it with the reason the employee reads."""

    model_config = ConfigDict(extra="forbid")

    approve: bool = Field(description="true: the new phone counts from now on and the former one ends")
    words: Words


def own_router(phones: Phones, people: People, clock: Clock) -> APIRouter:
    """The routes under /employees/{employee_id}/phones."""
    routes = APIRouter(
        prefix=f"{API}/employees/{{employee_id}}/phones", tags=["phones"], dependencies=[Depends(PHONES)]
    )

    @routes.post("", status_code=201, summary="Daftarkan ponsel presensi")
    async def bind_phone(employee_id: str, body: NewPhone) -> PhoneView:
        """The first one counts at once; another waits for approval. Asking again changes nothing."""
        if await people.one(employee_id) is None:
            raise of_status(404)
        row = await phones.ask(employee_id, body.install_id, body.label, clock())
        return _view(row)

    @routes.get("", summary="Ponsel presensi seorang pegawai, terbaru dahulu")
    async def list_phones(employee_id: str, noted: Noted) -> list[PhoneView]:
        """Former ones too."""
        await noted([employee_id])
        return [_view(row) for row in await phones.of(employee_id)]

    return routes


def queue_router(phones: Phones, clock: Clock) -> APIRouter:
    """The routes under /phones."""
    routes = APIRouter(prefix=f"{API}/phones", tags=["phones"])

    @routes.get("", summary="Penggantian ponsel yang menunggu persetujuan")
    async def list_waiting_phones(reach: Annotated[Reach, Depends(REVIEWS)], noted: Noted) -> list[PhoneView]:
        """Of the people within one's reach, oldest first."""
        rows = await phones.waiting(within(reach))
        await noted(row["employee_id"] for row in rows)
        return [_view(row) for row in rows]

    @routes.post("/{phone}/decision", summary="Setujui atau tolak penggantian ponsel")
    async def decide_phone(
        phone: str, body: PhoneDecision, reach: Annotated[Reach, Depends(REVIEWS)], request: Request
    ) -> PhoneView:
        """Nobody approves their own."""
        asking: Principal = request.scope["principal"]
        row = await phones.one(phone)
        if row is None or not (reach.everyone or row["employee_id"] in reach.people):
            raise of_status(404)
        if row["employee_id"] == asking.employee_id:
            raise _not_now("Penggantian ponsel Anda sendiri diputus oleh orang lain.")
        found = await phones.decide(phone, body.approve, asking.subject, body.words, clock())
        if found is None:
            raise _not_now("Permintaan ini tidak menunggu lagi. Muat ulang antreannya.")
        return _view(found)

    return routes


def _not_now(detail: str) -> Problem:
    return Problem(409, "phone-not-decided", "Langkah ini tidak dapat dilakukan", detail)


def _view(row: Document) -> PhoneView:
    return PhoneView(
        id=row["_id"],
        **{name: row[name] for name in ("employee_id", "install_id", "label", "state", "asked_at")},
        decided_at=row.get("decided_at"),
        words=row.get("words", ""),
    )
