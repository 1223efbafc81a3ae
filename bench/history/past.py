"""Years of punches, written straight into the journal and the read models, in the shapes the services write."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bson import ObjectId
from pymongo import MongoClient

from bench.population import ZONES, Population, employee_id, pin
from bench.seeding import SUFFIX, Say, insert
from bench.terminals.wire import FACE, face_line
from contracts.envelope import rfc3339
from contracts.events.attendance import PunchRecorded
from contracts.topics import PARTITIONS
from kit.journal import COLLECTION as JOURNAL
from kit.kafka import partition_of
from kit.mongo import Document
from kit.projector.shards import shard_id
from services.attendance.punches.rules import DIRECTIONS, punch_id
from services.reporting.presence import counts
from services.reporting.presence.counts import DEVICE_COUNTS
from services.reporting.presence.folds import DAYS
from services.reporting.presence.rules import BUCKET_MINUTES, derive
from services.reporting.presence.shares import SITE_DAYS, UNIT_DAYS

HALVES = ((7, 20, 0), (16, 5, 1))  # hour, minute, punch state
ZONE = ZONES[0]
EAST = timedelta(hours=7)


class Past:
    """`days` working days before `end`, two punches a day of each person; all sites in one zone."""

    def __init__(self, population: Population, days: int, end: date) -> None:
        self._population = population
        self._dates = [end - timedelta(days=number) for number in range(days, 0, -1)]
        self._people = [employee_id(number) for number in range(population.people)]
        self._partitions = [partition_of(one.encode(), PARTITIONS) for one in self._people]

    def punches(self, person: int, on: date) -> list[tuple[str, datetime, str, int]]:
        """(id, instant without zone, wall time, punch state) of a person's day."""
        serial = self._population.serial(self._population.terminal(person))
        found = []
        for hour, minute, status in HALVES:
            local = datetime(on.year, on.month, on.day, hour, self._minute(minute, person), person % 60)  # noqa: DTZ001
            text = f"{local:%Y-%m-%d %H:%M:%S}"
            identity = punch_id(serial, pin(person), text, str(status), str(FACE))
            found.append((identity, local - EAST, text, status))
        return found

    def journal_rows(self) -> Iterator[Document]:
        """attendance.events: one entry a punch, as realtime push makes them."""
        for on in self._dates:
            for person in range(self._population.people):
                terminal = self._population.terminal(person)
                serial, site = self._population.serial(terminal), self._population.site(terminal)
                for identity, at, text, status in self.punches(person, on):
                    moment = at.replace(tzinfo=UTC)
                    event = (
                        f'{{"punch_id":"{identity}","employee_id":"{self._people[person]}",'
                        f'"occurred_at":"{rfc3339(moment)}","local_date":"{on}","zone":"{ZONE}","site_id":"{site}",'
                        f'"device_id":"{serial}","source":"terminal","direction":"{DIRECTIONS[str(status)]}","method":"face","flags":[]}}'
                    )
                    yield {
                        "_id": ObjectId(),
                        "recorded": at,
                        "trace": "",
                        "facts": [
                            {
                                "id": identity,
                                "type": PunchRecorded.TYPE,
                                "key": self._people[person],
                                "time": rfc3339(moment),
                                "data": event.encode(),
                            }
                        ],
                        "device": serial,
                        "days": [str(on)],
                        "lines": 1,
                        "way": "push",
                        "table": "ATTLOG",
                        "query": f"cdata?sn={serial}&table=ATTLOG&stamp=9999",
                        "address": "127.0.0.1",
                        "raw": face_line(pin(person), text, status),
                    }

    def day_rows(self) -> Iterator[Document]:
        """reporting.employee_days."""
        for on in self._dates:
            for person in range(self._population.people):
                terminal = self._population.terminal(person)
                serial, site = self._population.serial(terminal), self._population.site(terminal)
                day: dict[str, Any] = {
                    "_id": f"{self._people[person]}|{on}",
                    "employee": self._people[person],
                    "date": str(on),
                    "unit": self._population.unit(person),
                    "site": self._population.home(person),
                    "punches": [
                        {
                            "id": identity,
                            "at": at,
                            "device": serial,
                            "site": site,
                            "zone": ZONE,
                            "source": "terminal",
                            "direction": DIRECTIONS[str(status)],
                            "method": "face",
                            "flags": [],
                        }
                        for identity, at, _, status in self.punches(person, on)
                    ],
                }
                derive(day)
                yield day

    def total_rows(self, of: str) -> Iterator[Document]:
        """Shards of units or sites a day: `of` is "unit" or "site"."""
        totals: dict[tuple[str, int], Counter[str]] = {}
        for person, partition in enumerate(self._partitions):
            if of == "unit":
                sums = totals.setdefault((self._population.unit(person), partition), Counter())
                sums.update({"present": 1, "punches": len(HALVES), self._bucket(person): 1})
            else:
                first_site = self._population.site(self._population.terminal(person))
                totals.setdefault((self._population.home(person), partition), Counter()).update({"present": 1})
                totals.setdefault((first_site, partition), Counter()).update({"arrived": 1})
        for on in self._dates:
            for (where, partition), sums in totals.items():
                own = {name: count for name, count in sums.items() if not name.isdigit()}
                arrivals = {name: count for name, count in sums.items() if name.isdigit()}
                yield {
                    "_id": shard_id(f"{where}|{on}", partition),
                    of: where,
                    "date": str(on),
                    **own,
                    **({"arrivals": arrivals} if arrivals else {}),
                }

    def _bucket(self, person: int) -> str:
        """The five minutes in which a person comes."""
        hour, minute, _ = HALVES[0]
        at = hour * 60 + self._minute(minute, person)
        return f"{at // 60:02d}{at % 60 // BUCKET_MINUTES * BUCKET_MINUTES:02d}"

    @staticmethod
    def _minute(minute: int, person: int) -> int:
        return (minute + person % 40) % 60

    def device_rows(self) -> Iterator[Document]:
        """Shards of punches stored per terminal."""
        shards: dict[str, Document] = {}
        for person in range(self._population.people):
            serial, punches = self._population.serial(self._population.terminal(person)), 2 * len(self._dates)
            identity = shard_id(counts.total(serial), self._partitions[person])
            shard = shards.setdefault(identity, {"_id": identity, "stored": 0, "devices": {}})
            counted = shard["devices"].setdefault(counts.quoted(serial), {"stored": 0})
            shard["stored"] += punches
            counted["stored"] += punches
        yield from shards.values()


def write(client: "MongoClient[Document]", past: Past, say: Say) -> int:
    """All of it. The relay's position is set behind it: nothing of the past is published. Returns the punches."""
    attendance, reporting = client["attendance"], client["reporting"]
    written = insert(attendance[JOURNAL], past.journal_rows(), say, "journal")
    newest = attendance[JOURNAL].find_one(sort=[("_id", -1)])
    with attendance[JOURNAL].watch() as stream:
        token = stream.resume_token
    attendance["relay"].insert_one(
        {
            "_id": "attendance",
            "token": dict(token or {}),
            "recorded": newest["recorded"] if newest else None,
            "positions": [],
        }
    )
    insert(reporting[DAYS + SUFFIX], past.day_rows(), say, "employee days")
    insert(reporting[UNIT_DAYS + SUFFIX], past.total_rows("unit"), say, "unit days")
    insert(reporting[SITE_DAYS + SUFFIX], past.total_rows("site"), say, "site days")
    insert(reporting[DEVICE_COUNTS + SUFFIX], past.device_rows(), say, "device counts")
    return written
