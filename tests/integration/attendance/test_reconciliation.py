"""Completeness over the device protocol's bytes: counts, a gap asked for once, filled and closed, complete to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.attendance.reconciliation.building import refilling_of
from tests.fixtures.iclock.write import attlog, get, lines, post
from tests.integration.attendance.conftest import Running

pytestmark = pytest.mark.integration

NOW = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)  # 02.30 WIB of 3 March
DAY = {"start": "2026-03-02 00:00:00", "end": "2026-03-02 23:59:59"}
POLL = get("/iclock/getrequest?SN=KNJ1")


class Terminal:
    """KNJ1, and the looks that are taken at its gaps."""

    def __init__(self, service: Running) -> None:
        self.service = service
        self.refilling = refilling_of(service.parts, every=30)

    async def counts(self, held: int) -> None:
        """It answers how many records it holds of 2 March."""
        result = f"ID=x&Return=0&CMD=VERIFY SUM&StartTime={DAY['start']}&EndTime={DAY['end']}&AttlogSum={held}\n"
        await self.service.send(post("/iclock/devicecmd?SN=KNJ1", result.encode()))

    async def look(self) -> None:
        self.service.clock.fixed = self.service.clock() + timedelta(seconds=30)
        await self.refilling.look()

    async def asked(self) -> list[tuple[str, str]]:
        """What it was asked, oldest first."""
        rows = await self.service.get("/devices/KNJ1/commands")
        return [(row["kind"], row["state"]) for row in reversed(rows) if row["kind"] != "unsolicited"]

    async def does(self) -> None:
        """It fetches its next command and says that it has done it."""
        text = (await self.service.send(POLL)).text
        identity = text.split(":")[1]
        result = f"ID={identity}&Return=0&CMD=DATA QUERY\n"
        await self.service.send(post("/iclock/devicecmd?SN=KNJ1", result.encode()))

    async def day(self) -> dict[str, Any]:
        await self.service.beats.flush()
        found = await self.service.get("/reconciliation/KNJ1", **{"from": "2026-03-02", "to": "2026-03-02"})
        day: dict[str, Any] = found["days"][0]
        return {**day, "complete_to": found["complete_to"]}


@pytest.fixture
async def terminal(attendance: Running) -> Terminal:
    await attendance.register("KNJ1", pins=["41", "42"])
    attendance.clock.fixed = NOW
    await attendance.send(POLL)
    await attendance.send(attlog("KNJ1", lines(*(f"41\t2026-03-02 07:3{n}:00\t0\t1" for n in range(4)))))
    return Terminal(attendance)


async def test_a_gap_is_asked_for_once_and_closes_when_it_is_filled(terminal: Terminal) -> None:
    await terminal.counts(4)
    whole = await terminal.day()
    assert (whole["held"], whole["stored"], whole["percent"], whole["gaps"]) == (4, 4, "100", [])
    assert whole["complete_to"] == "2026-03-02T19:30:00Z"

    await terminal.counts(6)
    short = await terminal.day()
    assert (short["held"], short["stored"], short["percent"]) == (6, 4, "66.6")
    assert short["complete_to"] == "2026-03-01T17:00:00Z", "before the first second of the gap"
    (gap,) = short["gaps"]
    assert [one["kind"] for one in gap["asked"]] == ["query_attlog"]
    for _ in range(3):
        await terminal.counts(6)
        await terminal.look()
    assert await terminal.asked() == [("query_attlog", "queued")], "once a gap, however often it is found"

    await terminal.does()
    await terminal.look()
    assert await terminal.asked() == [("query_attlog", "done"), ("verify_attlog", "queued")], "was that all?"
    await terminal.look()
    assert len(await terminal.asked()) == 2
    await terminal.service.send(attlog("KNJ1", lines("42\t2026-03-02 07:50:00\t0\t1", "42\t2026-03-02 16:01:00\t0\t1")))
    await terminal.look()
    filled = await terminal.day()
    assert (filled["stored"], filled["percent"]) == (6, "100")
    assert [(one["open"], one["asked"][0]["kind"]) for one in filled["gaps"]] == [(False, "verify_attlog")]
    assert await terminal.service.alerts("KNJ1", "gap") == []
    page = await terminal.service.get("/reconciliation", date="2026-03-02")
    assert [(one["serial"], one["days"][0]["percent"]) for one in page["items"]] == [("KNJ1", "100")]
    assert [(one["site_id"], one["owing"], one["terminals"]) for one in page["sites"]] == [("wib", 0, 1)]


async def test_a_site_is_complete_to_the_earliest_of_its_terminals(terminal: Terminal) -> None:
    service = terminal.service
    await service.register("KNJ2")
    await service.register("KNJ3")  # was never heard of: it has recorded nothing
    service.clock.fixed = NOW - timedelta(hours=3)
    await service.send(get("/iclock/getrequest?SN=KNJ2"))
    await service.beats.flush()
    page = await service.get("/reconciliation", date="2026-03-02")
    (site,) = page["sites"]
    assert (site["complete_to"], site["terminals"]) == ("2026-03-02T16:30:00Z", 3)
    assert [one["complete_to"] for one in page["items"]][2] is None
    assert [one["days"][0]["percent"] for one in page["items"]] == [None, None, None], "nobody has counted"


async def test_what_is_asked_wrongly(terminal: Terminal) -> None:
    api = terminal.service.api
    long = {"from": "2026-01-01", "to": "2026-03-02"}
    assert (await api.get("/reconciliation/KNJ1", params=long)).status_code == 422
    assert (await api.get("/reconciliation/KNJ9", params={"from": "2026-03-02", "to": "2026-03-02"})).status_code == 404
