"""What people do with terminals: register, approve, change, retire. No HTTP here."""

from collections.abc import Mapping
from datetime import date
from secrets import token_urlsafe
from typing import Any

from pymongo.errors import DuplicateKeyError

from kit.problems import FieldError, Problem
from services.attendance.alerts.store import Alerts
from services.attendance.devices.doorman import token_hash
from services.attendance.devices.models import Device
from services.attendance.devices.registry import Clock, Registry
from services.attendance.devices.store import DeviceStore
from services.attendance.quarantine.replay import Replay, Replayed
from services.attendance.quarantine.store import Quarantine


class Administration:
    """Every change goes to MongoDB first; all processes learn of it by change stream, this one at once."""

    def __init__(
        self,
        registry: Registry,
        devices: DeviceStore,
        quarantine: Quarantine,
        alerts: Alerts,
        replay: Replay,
        clock: Clock,
        *,
        default_go_live: date,
    ) -> None:
        self._registry = registry
        self._devices = devices
        self._quarantine = quarantine
        self._alerts = alerts
        self._replay = replay
        self._clock = clock
        self._default_go_live = default_go_live

    async def found(self, serial: str) -> Device:
        """The terminal as it is now. Raises a 404 problem."""
        device = await self._devices.get(serial)
        if device is None:
            raise Problem(
                404,
                "device-not-found",
                "Mesin tidak ditemukan",
                f"Tidak ada mesin dengan nomor seri {serial}. Periksa nomor seri pada label mesin.",
            )
        return device

    async def register(self, serial: str, fields: Mapping[str, Any]) -> tuple[Device, Replayed]:
        """Take a terminal into service that was never seen. Raises 409 when it is known, 422 for an unknown site."""
        self._check_site(fields)
        now = self._clock()
        device = Device.model_validate(
            {
                "go_live": self._default_go_live,
                **_known(fields),
                "serial": serial,
                "status": "active",
                "approved_at": now,
                "changed_at": now,
            }
        )
        try:
            await self._devices.register(device)
        except DuplicateKeyError:
            raise Problem(
                409,
                "device-exists",
                "Mesin sudah terdaftar",
                f"Mesin {serial} sudah ada di daftar. Setujui atau ubah mesin itu.",
            ) from None
        self._registry.put(device)
        return device, Replayed()

    async def approve(self, serial: str, fields: Mapping[str, Any]) -> tuple[Device, Replayed]:
        """Take a pending or retired terminal into service, and let in what it has sent so far."""
        self._check_site(fields)
        before = await self.found(serial)
        now = self._clock()
        go_live = fields.get("go_live") or before.go_live or self._default_go_live
        changed = {**_stored(fields), "go_live": go_live.isoformat(), "status": "active", "approved_at": now}
        device = await self._change(serial, changed)
        return device, await self._replay.requests(serial)

    async def edit(self, serial: str, fields: Mapping[str, Any], version: int | None) -> Device:
        """Change options. Raises 412 when the terminal is not at `version` any more."""
        self._check_site(fields)
        await self.found(serial)
        device = await self._change(serial, _stored(fields), version)
        if "pin_space" in fields:
            await self._quarantine.move_space(serial, device.space)
        return device

    async def retire(self, serial: str) -> Device:
        """Out of service: what it still sends is kept, but not counted."""
        await self.found(serial)
        return await self._change(serial, {"status": "retired", "retired_at": self._clock()})

    async def recollect(self, serial: str) -> Device:
        """Ask once, at the next handshake, for everything the terminal holds."""
        await self.found(serial)
        return await self._change(serial, {"recollect": True})

    async def rotate_token(self, serial: str) -> str:
        """A new address token, known to nobody else; the old one is refused from now on."""
        await self.found(serial)
        token = token_urlsafe(16)
        await self._change(serial, {"token_hash": token_hash(token)})
        await self._alerts.close(serial, "wrong_token", self._clock(), note="token diganti")
        return token

    async def _change(self, serial: str, fields: Mapping[str, Any], version: int | None = None) -> Device:
        device = await self._devices.change(serial, fields, self._clock(), version=version)
        if device is None:
            raise Problem(
                412,
                "device-changed",
                "Data sudah berubah",
                "Mesin ini diubah orang lain sesudah Anda membukanya. Muat ulang, lalu ulangi.",
            )
        self._registry.put(device)
        return device

    def _check_site(self, fields: Mapping[str, Any]) -> None:
        site_id = fields.get("site_id")
        if site_id is not None and site_id not in self._registry.sites:
            raise Problem(
                422,
                "validation",
                "Isian tidak sesuai",
                "Pilih lokasi kerja yang ada di direktori.",
                [FieldError("/body/site_id", "lokasi ini tidak dikenal")],
            )


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _stored(fields: Mapping[str, Any]) -> dict[str, Any]:
    """As MongoDB keeps them: dates as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in _known(fields).items()}
