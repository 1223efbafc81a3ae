"""Turns registrations, heartbeats and alerts into `DeviceChanged` facts: on change, and not too often.

What a person should see at once (status, alerts, counts, last punch) goes out within `every` seconds; a heartbeat
alone only each `heartbeat` seconds, because the journal keeps every fact for ever.
"""

import asyncio
from collections import defaultdict
from datetime import datetime, timedelta

import structlog
from pymongo import UpdateOne
from pymongo.errors import PyMongoError

from contracts.events.attendance import DeviceChanged
from kit.gathering import Unwritten
from kit.journal import Fact, Journal
from kit.mongo import Database, Document
from services.attendance.alerts.store import Alerts
from services.attendance.devices.models import Device
from services.attendance.devices.registry import Clock
from services.attendance.devices.store import DeviceStore
from services.attendance.fleet.rules import device_state, fingerprint
from services.attendance.quarantine.store import Quarantine

log = structlog.get_logger()

PUBLISHED = "device_published"
BATCH = 500


class Publisher:
    """`published` remembers what was last said of each terminal, so that a restart says nothing twice."""

    def __init__(
        self,
        db: Database,
        journal: Journal,
        devices: DeviceStore,
        alerts: Alerts,
        quarantine: Quarantine,
        clock: Clock,
        *,
        every: float,
        heartbeat: float,
    ) -> None:
        self._published = db.get_collection(PUBLISHED)
        self._journal = journal
        self._devices = devices
        self._alerts = alerts
        self._quarantine = quarantine
        self._clock = clock
        self._every = every
        self._heartbeat = timedelta(seconds=heartbeat)

    async def run(self) -> None:
        """Look and publish until cancelled."""
        while True:
            try:
                await self.publish()
            except (PyMongoError, Unwritten) as error:
                log.warning("states of terminals could not be published, trying again", error=str(error))
            await asyncio.sleep(self._every)

    async def publish(self) -> int:
        """Publish every terminal whose state has changed; returns how many."""
        count = 0
        rows: list[Document] = []
        async for row in self._devices.devices.find().sort("_id", 1):
            rows.append(row)
            if len(rows) == BATCH:
                count += await self._publish(rows)
                rows = []
        return count + (await self._publish(rows) if rows else 0)

    async def _publish(self, rows: list[Document]) -> int:
        now = self._clock()
        serials = [row["_id"] for row in rows]
        states = await self._devices.states_of(serials)
        before = {row["_id"]: row async for row in self._published.find({"_id": {"$in": serials}})}
        quarantined = await self._quarantine.open_count(serials)
        alerts: dict[str, list[Document]] = defaultdict(list)
        for alert in await self._alerts.open_of(serials):
            alerts[alert["serial"]].append(alert)
        facts, marks = [], []
        for row in rows:
            device = Device.from_document(row)
            serial = device.serial
            found = device_state(device, states.get(serial, {}), alerts[serial], quarantined.get(serial, 0), now)
            mark = fingerprint(found)
            if not self._worth_saying(found, mark, before.get(serial), now):
                continue
            facts.append(Fact.of(found, event_id=f"{serial}:{mark}:{int(now.timestamp())}", key=serial, time=now))
            said = {"mark": mark, "at": now, "last_seen": found.last_seen}
            marks.append(UpdateOne({"_id": serial}, {"$set": said}, upsert=True))
        if facts:
            await self._journal.append(facts, entry={"way": "fleet"})
            await self._published.bulk_write(marks, ordered=False)
        return len(facts)

    def _worth_saying(self, state: DeviceChanged, mark: str, before: Document | None, now: datetime) -> bool:
        if before is None or before["mark"] != mark:
            return True
        due: bool = now - before["at"] >= self._heartbeat
        return due and state.last_seen != before["last_seen"]
