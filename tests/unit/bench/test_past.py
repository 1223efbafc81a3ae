"""What is loaded in bulk is what the services would have written; otherwise the workload measures something else."""

from datetime import UTC, date, datetime
from typing import Any

from pydantic import TypeAdapter

from bench.history.past import Past
from bench.population import Population, employee_id, pin
from bench.seeding import device_rows
from contracts.events.attendance import PunchRecorded
from contracts.topics import PARTITIONS
from kit.kafka import partition_of
from kit.projector import Documents
from kit.projector.documents import load
from kit.projector.shards import Shards, shard_id
from services.attendance.devices.models import Device
from services.attendance.enrolments.cache import holder_of
from services.attendance.enrolments.store import document_of
from services.attendance.punches.lines import read_attlog
from services.attendance.punches.rules import Arrival, Origin, assess
from services.reporting.presence.counts import DEVICE_COUNTS
from services.reporting.presence.folds import DAYS, EMPLOYEES, Presence
from services.reporting.presence.inputs import Punch
from services.reporting.presence.shares import SITE_DAYS, UNIT_DAYS

POPULATION = Population(people=40, terminals=4, sites=3, units=5)
PAST = Past(POPULATION, days=2, end=date(2026, 11, 23))


class Store(dict[str, "Store"]):
    """A database that holds the people and nothing else."""

    def __init__(self, rows: list[dict[str, Any]] | None = None) -> None:
        super().__init__()
        self.rows = rows or []

    def __missing__(self, name: str) -> "Store":
        return Store(list(POPULATION.employee_rows()) if name.startswith(EMPLOYEES) else None)

    def find(self, query: dict[str, Any], **_: Any) -> list[dict[str, Any]]:
        wanted = query.get("_id", {}).get("$in", ())
        return [row for row in self.rows if row["_id"] in wanted]


STORE: Any = Store()


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """As an update names nested fields."""
    out: dict[str, Any] = {}
    for name, value in row.items():
        nested = flat(value).items() if isinstance(value, dict) else ()
        out |= {f"{name}.{below}": one for below, one in nested} or {name: value}
    return out


def folded() -> dict[int, Documents]:
    """The journal's facts through the product's own decoding and folding, partition by partition."""
    records: dict[int, list[bytes]] = {}
    for entry in PAST.journal_rows():
        for fact in entry["facts"]:
            records.setdefault(partition_of(fact["key"].encode(), PARTITIONS), []).append(fact["data"])
    out = {}
    adapter = TypeAdapter(list[Punch])
    for partition, values in records.items():
        events = adapter.validate_json(b"[" + b",".join(values) + b"]")
        kinds = [PunchRecorded.TYPE] * len(events)
        view, documents = Presence(), Documents(STORE, "{}_v1".format, Shards(partition))
        load(STORE, "{}_v1".format, [(documents, view.touched(kinds, events, documents))])
        view.prepare(kinds, events, documents)
        for kind, event in zip(kinds, events, strict=True):
            view.fold(kind, event, documents)
        view.settle(documents)
        out[partition] = documents
    return out


def test_employee_days_are_those_the_view_folds() -> None:
    expected = {identity: day for documents in folded().values() for identity, day in documents.changed(DAYS).items()}
    assert {day["_id"]: day for day in PAST.day_rows()} == expected
    assert len(expected) == 80


def test_totals_are_those_the_view_adds_up() -> None:
    documents = folded().values()
    for collection, rows in (
        (UNIT_DAYS, PAST.total_rows("unit")),
        (SITE_DAYS, PAST.total_rows("site")),
        (DEVICE_COUNTS, PAST.device_rows()),
    ):
        shards = {
            shard_id(total, one.totals.writer): change
            for one in documents
            for total, change in one.totals.changes(collection).items()
        }
        made = {row["_id"]: row for row in rows}
        assert made.keys() == shards.keys()
        for name, shard in shards.items():
            sums = {field: amount for field, amount in shard.sums.items() if amount}  # as they are written
            assert flat(made[name]) == {"_id": name, **shard.base, **sums}


def test_journal_entries_carry_the_facts_the_intake_makes_of_their_raw_bytes() -> None:
    entry = next(PAST.journal_rows())
    terminal = 0
    origin = Origin(entry["device"], POPULATION.site(terminal), "Asia/Jakarta", "2020-01-01")
    received = Arrival(datetime(2026, 11, 21, 0, 20, 10, tzinfo=UTC), "terminal")
    found = assess(read_attlog(entry["raw"]), origin, {pin(0): employee_id(0)}, received)
    assert entry["facts"] == [fact.document() for fact in found.facts]
    assert entry["days"] == found.days


def test_seeded_enrolments_and_terminals_are_read_as_the_service_writes_them() -> None:
    row = next(POPULATION.enrolment_rows())
    assert row == document_of(row["space"], row["pin"], row["employee_id"], row["changed_at"])
    assert holder_of(row) == employee_id(0)
    device = Device.from_document(next(device_rows(POPULATION)))
    assert (device.status, device.space) == ("active", row["space"])
