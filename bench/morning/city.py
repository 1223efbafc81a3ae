"""The demo city as its own APIs tell of it: terminals, sites, who is enrolled where."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import httpx


class NotReady(RuntimeError):
    """The running system cannot show a morning; the message says what to do."""


@dataclass(frozen=True, slots=True)
class CityTerminal:
    """An approved terminal. `pins` are (PIN, employee) of the people who work at its site."""

    serial: str
    site_id: str
    zone: str
    pins: list[tuple[str, str]] = field(default_factory=list)


class Api:
    """The edge's APIs, with the operator's token."""

    def __init__(self, edge: str, token: str) -> None:
        self._edge = edge
        self._client = httpx.AsyncClient(
            base_url=edge, headers={"Authorization": f"Bearer {token}"}, timeout=10, trust_env=False
        )

    async def get(self, path: str, **parameters: Any) -> Any:
        """The JSON of a good answer. Raises NotReady when there is none."""
        try:
            answer = await self._client.get(path, params={k: v for k, v in parameters.items() if v is not None})
        except httpx.TransportError as error:
            raise NotReady(f"nothing answers at {self._edge} ({error}): start the system with `make run`") from error
        if answer.status_code == 401:
            raise NotReady("the token is not accepted: set KINERJA_TOKEN to the one that `make run` has printed")
        if answer.status_code != 200:
            raise NotReady(f"{path} answers {answer.status_code}: {answer.text[:300]}")
        return answer.json()

    async def pages(self, path: str, **parameters: Any) -> list[Any]:
        """All items of a list."""
        items: list[Any] = []
        cursor = None
        while True:
            page = await self.get(path, cursor=cursor, **parameters)
            items += page["items"]
            cursor = page.get("next_cursor")
            if not cursor:
                return items

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()


async def read(api: Api) -> list[CityTerminal]:
    """Terminals with the people who may punch there. Raises NotReady for a city without any."""
    devices = await api.pages("/api/attendance/v1/devices", status="active", limit=500)
    enrolments = await api.pages("/api/attendance/v1/enrolments", limit=1000)
    return assemble(devices, enrolments, await sites_of_people(api))


async def sites_of_people(api: Api) -> dict[str, str]:
    """The site of each employee's primary post."""
    found = {}
    for employee in await api.pages("/api/directory/v1/employees", limit=500):
        primary = [held for held in employee["assignments"] if held["kind"] == "primary"]
        if primary:
            found[employee["id"]] = max(primary, key=lambda held: str(held["valid_from"]))["site_id"]
    return found


def assemble(devices: list[Any], enrolments: list[Any], sites: dict[str, str]) -> list[CityTerminal]:
    """Put the answers together; people stand at the terminals of their own site only."""
    by_space: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in enrolments:
        if row["employee_id"]:
            by_space[row["space"]].append((row["pin"], row["employee_id"]))
    found = []
    for device in devices:
        if device["site"] is not None:
            pins = [pair for pair in by_space[device["pin_space"]] if sites.get(pair[1]) == device["site"]["id"]]
            found.append(CityTerminal(device["serial"], device["site"]["id"], device["site"]["zone"], pins))
    if not any(terminal.pins for terminal in found):
        raise NotReady("no terminal has anybody enrolled: load the demo city (KINERJA_DEMO=1 on an empty data folder)")
    return found
