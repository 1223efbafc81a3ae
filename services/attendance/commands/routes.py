"""Commands to terminals over HTTP."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kit.problems import Problem
from services.attendance.access import TERMINALS
from services.attendance.commands.rules import Kind
from services.attendance.commands.store import Commands
from services.attendance.devices.models import SERIAL
from services.attendance.devices.registry import Clock
from services.attendance.devices.store import DeviceStore
from services.attendance.enrolments.models import LOCAL_TIME, PIN
from services.attendance.punches.lines import is_wall_time

NEEDS: Mapping[Kind, tuple[str, ...]] = {
    "query_attlog": ("start", "end"),
    "verify_attlog": ("start", "end"),
    "update_user": ("pin", "name"),
    "delete_user": ("pin",),
}


class Parameters(BaseModel):
    """`start` and `end` are local times of the terminal. A name loses TAB and line ends before it is sent."""

    model_config = ConfigDict(extra="forbid")

    start: str | None = Field(default=None, pattern=LOCAL_TIME)
    end: str | None = Field(default=None, pattern=LOCAL_TIME)
    pin: str | None = Field(default=None, pattern=PIN)
    name: str | None = Field(default=None, max_length=64)
    card: str | None = Field(default=None, max_length=32)
    privilege: Literal["0", "2", "6", "10", "14"] | None = None


class CommandRequest(BaseModel):
    """A command from the allow-list; anything else cannot be sent."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    parameters: Parameters = Parameters()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        given = self.parameters.model_dump(exclude_none=True)
        missing = [name for name in NEEDS.get(self.kind, ()) if not given.get(name)]
        if missing:
            raise ValueError(f"perintah {self.kind} memerlukan {', '.join(missing)}")
        for name in ("start", "end"):
            if name in given and not is_wall_time(given[name]):
                raise ValueError(f"{name} bukan tanggal dan jam yang ada di kalender")
        if given.get("start", "") > given.get("end", "9"):
            raise ValueError("start harus sebelum end")
        return self


class CommandView(BaseModel):
    """A command and what became of it."""

    id: str
    serial: str
    kind: str
    parameters: dict[str, str]
    state: Literal["queued", "sent", "done", "failed", "unanswered", "cancelled", "unsolicited"]
    why: str = ""
    attempts: int
    created: datetime
    sent: datetime | None = None
    finished: datetime | None = None
    returned: int | None = None
    meaning: str = ""
    extra: dict[str, str] = {}


def command_view(row: Mapping[str, Any]) -> CommandView:
    """From MongoDB."""
    return CommandView(id=row["_id"], **{name: row[name] for name in CommandView.model_fields if name in row})


def router(commands: Commands, devices: DeviceStore, clock: Clock) -> APIRouter:
    """The routes under /devices/{serial}/commands."""
    routes = APIRouter(
        prefix="/api/attendance/v1/devices/{serial}/commands", tags=["commands"], dependencies=[Depends(TERMINALS)]
    )
    serial_path = Path(pattern=SERIAL)

    @routes.get("")
    async def list_commands(
        serial: Annotated[str, serial_path], limit: Annotated[int, Query(ge=1, le=500)] = 100
    ) -> list[CommandView]:
        """Commands to a terminal, newest first, with what became of each."""
        return [command_view(row) for row in await commands.of(serial, limit)]

    @routes.post("", status_code=201)
    async def queue_command(serial: Annotated[str, serial_path], body: CommandRequest) -> CommandView:
        """Queue a command; the terminal fetches it at its next poll. Only what is on the allow-list can be sent."""
        device = await devices.get(serial)
        if device is None or device.status != "active":
            raise Problem(
                409,
                "device-not-active",
                "Mesin tidak aktif",
                "Perintah hanya dapat dikirim ke mesin yang sudah disetujui.",
            )
        parameters = body.parameters.model_dump(exclude_none=True)
        return command_view(await commands.queue(serial, body.kind, parameters, clock(), why="diminta operator"))

    @routes.delete("/{command_id}", status_code=204)
    async def cancel_command(serial: Annotated[str, serial_path], command_id: str) -> None:
        """Take back a command the terminal has not fetched yet."""
        if not await commands.cancel(serial, command_id, clock()):
            raise Problem(
                409,
                "command-not-queued",
                "Perintah tidak dapat dibatalkan",
                "Perintah ini tidak ada, atau sudah diambil oleh mesin.",
            )

    return routes
