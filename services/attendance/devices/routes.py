"""Terminals over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Response

from kit import paging
from services.attendance.access import TERMINALS
from services.attendance.alerts.store import Alerts
from services.attendance.devices.administration import Administration
from services.attendance.devices.models import SERIAL, Device, Status
from services.attendance.devices.registry import Registry
from services.attendance.devices.store import DeviceStore
from services.attendance.devices.views import (
    Approval,
    Approved,
    DeviceEdit,
    DevicePage,
    DeviceView,
    Registration,
    TokenView,
    alert_view,
    device_view,
)
from services.attendance.quarantine.replay import Replayed
from services.attendance.quarantine.store import Quarantine

Serial = Annotated[str, Path(pattern=SERIAL, description="Nomor seri mesin")]
IfMatch = Annotated[str | None, Header(pattern=r'^"[0-9]{1,9}"$', description="ETag dari jawaban sebelumnya")]


def router(
    registry: Registry, devices: DeviceStore, quarantine: Quarantine, alerts: Alerts, administration: Administration
) -> APIRouter:
    """The routes under /devices."""
    routes = APIRouter(prefix="/api/attendance/v1", tags=["devices"], dependencies=[Depends(TERMINALS)])

    async def views(found: list[Device]) -> list[DeviceView]:
        serials = [device.serial for device in found]
        states = await devices.states_of(serials)
        held = await quarantine.open_count(serials)
        waiting = await quarantine.waiting_count(serials)
        rows = await alerts.open_of(serials)
        return [
            device_view(
                device,
                registry,
                states.get(device.serial, {}),
                [alert_view(row) for row in rows if row["serial"] == device.serial],
                held.get(device.serial, 0),
                waiting.get(device.serial, 0),
            )
            for device in found
        ]

    async def answer(device: Device, response: Response) -> DeviceView:
        response.headers["ETag"] = f'"{device.version}"'
        return (await views([device]))[0]

    async def taken(result: tuple[Device, Replayed], response: Response) -> Approved:
        device, replayed = result
        return Approved(
            device=await answer(device, response),
            replayed_requests=replayed.requests,
            punches=replayed.accepted,
            held=replayed.held,
        )

    @routes.get("/devices")
    async def list_devices(
        status: Status | None = None,
        q: Annotated[str, Query(max_length=64, description="bagian nomor seri atau nama")] = "",
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> DevicePage:
        """Terminals by serial number, with what is known of each: last contact, clock, alerts, held lines."""
        found, total = await devices.page(status, q, paging.decode(cursor), limit)
        following = paging.encode(found[-1].serial) if len(found) == limit else None
        return DevicePage(items=await views(found), next_cursor=following, total=total)

    @routes.post("/devices", status_code=201)
    async def register_device(body: Registration, response: Response) -> Approved:
        """Take a terminal into service before it was ever heard of. 409 when it is known: approve or change it then."""
        fields = body.model_dump(exclude={"serial"}, exclude_none=True)
        return await taken(await administration.register(body.serial, fields), response)

    @routes.get("/devices/{serial}")
    async def get_device(serial: Serial, response: Response) -> DeviceView:
        """One terminal. Its `ETag` is the version that a change may name in `If-Match`."""
        return await answer(await administration.found(serial), response)

    @routes.post("/devices/{serial}/approve")
    async def approve_device(serial: Serial, body: Approval, response: Response) -> Approved:
        """Take a pending or retired terminal into service. What it has sent so far is let in and counted."""
        return await taken(await administration.approve(serial, body.model_dump(exclude_none=True)), response)

    @routes.patch("/devices/{serial}")
    async def edit_device(serial: Serial, body: DeviceEdit, response: Response, if_match: IfMatch = None) -> DeviceView:
        """Change what is given and nothing else. With `If-Match`, 412 when somebody else changed it meanwhile."""
        version = int(if_match.strip('"')) if if_match else None
        fields = body.model_dump(exclude_unset=True, exclude_none=True)
        return await answer(await administration.edit(serial, fields, version), response)

    @routes.post("/devices/{serial}/retire")
    async def retire_device(serial: Serial, response: Response) -> DeviceView:
        """Out of service: what it still sends is kept, not counted. Approving it again brings it back."""
        return await answer(await administration.retire(serial), response)

    @routes.post("/devices/{serial}/recollect")
    async def recollect_device(serial: Serial, response: Response) -> DeviceView:
        """Ask for everything the terminal holds at its next handshake; what is known already stays one punch."""
        return await answer(await administration.recollect(serial), response)

    @routes.post("/devices/{serial}/token")
    async def rotate_device_token(serial: Serial) -> TokenView:
        """A new secret address for the terminal, shown only here; the old one is refused from now on."""
        token = await administration.rotate_token(serial)
        return TokenView(token=token, path=f"/d/{token}")

    return routes
