"""Bulk loading: straight into the collections, in the shapes the services themselves write."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from time import perf_counter
from typing import Any, TypeVar

from pymongo import MongoClient
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.write_concern import WriteConcern

from bench.population import CHANGED, SPACE, Population
from contracts.topics import PARTITIONS
from kit.mongo import Document
from services.attendance.devices.models import Device
from services.reporting.presence.folds import EMPLOYEES, HEADCOUNTS, Presence

CHUNK = 5_000
SUFFIX = "_v1"
T = TypeVar("T")
Say = Callable[[str], None]


def connect(uri: str) -> MongoClient[Document]:
    """For loading and comparing: not the product's client."""
    return MongoClient(uri, tz_aware=False)


def insert(collection: "Collection[Document]", rows: Iterable[Document], say: Say, what: str) -> int:
    """Insert many rows quickly; returns how many. Durable at the end, not after each chunk."""
    quick = collection.with_options(write_concern=WriteConcern(w=1, j=False))
    began = said = perf_counter()
    done = 0
    for chunk in chunks(rows, CHUNK):
        quick.insert_many(chunk, ordered=False)
        done += len(chunk)
        if perf_counter() - said > 5:
            said = perf_counter()
            say(f"{what}: {done:,} loaded, {done / (said - began):,.0f}/s")
    collection.database.client.admin.command("fsync")
    return done


def chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut a stream into lists."""
    source = iter(rows)
    while chunk := list(islice(source, size)):
        yield chunk


def attendance(db: "Database[Document]", population: Population, say: Say) -> None:
    """Sites, approved terminals, enrolments."""
    db["sites"].insert_many(population.site_rows())
    insert(db["devices"], device_rows(population), say, "terminals")
    insert(db["enrolments"], population.enrolment_rows(), say, "enrolments")


def device_rows(population: Population) -> Iterator[Document]:
    """attendance.devices: in service for some time, at their site."""
    for number in range(population.terminals):
        yield Device(
            serial=population.serial(number),
            status="active",
            name=f"Mesin {number}",
            site_id=population.site(number),
            pin_space=SPACE,
            addresses=("127.0.0.1",),
            first_seen=CHANGED,
            approved_at=CHANGED,
            changed_at=CHANGED,
            delay=60,
        ).to_document()


def reporting(db: "Database[Document]", population: Population, say: Say) -> None:
    """The view's people and headcounts, as if the directory's events had been folded."""
    plain: Any = db
    Presence().setup(plain, SUFFIX)
    insert(db[EMPLOYEES + SUFFIX], population.employee_rows(), say, "people")
    shards = population.headcount_rows(PARTITIONS)
    insert(db[HEADCOUNTS["unit_id"] + SUFFIX], shards, say, "headcounts")
