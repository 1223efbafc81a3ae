"""An agency's month on the topics: its units and people, and what each of their days comes to."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.population import CHANGED, SINCE, Population, employee_id
from contracts.base import EventData
from contracts.envelope import headers, rfc3339
from contracts.events.days import DayAssessed
from contracts.events.directory import EmployeeChanged, UnitChanged
from contracts.topics import BY_TYPE
from kit.days import ends_of
from kit.kafka import partition_of, producer

MONTH = "2026-10"
TOP = "agency"
OFFICES = 30
AT_ONCE = 20_000
LEAVE, SUNDAY = 13, 6


def units(population: Population) -> Iterator[UnitChanged]:
    """The agency, its offices, and the units of the people below these."""
    yield _unit(TOP, None)
    yield from (_unit(f"office-{number}", TOP) for number in range(OFFICES))
    yield from (_unit(f"unit-{number}", f"office-{number % OFFICES}") for number in range(population.units))


def _unit(identity: str, parent: str | None) -> UnitChanged:
    version = {"valid_from": SINCE, "name": f"Unit {identity}", "short_name": identity, "parent_id": parent}
    told = {"unit_id": identity, "code": identity, "versions": [version], "changed_at": CHANGED}
    return UnitChanged.model_validate(told)


def people(population: Population) -> Iterator[EmployeeChanged]:
    """Everybody, as the directory tells of them."""
    for row in population.employee_rows():
        told = {name: value for name, value in row.items() if name != "_id"}
        yield EmployeeChanged.model_validate({"employee_id": row["_id"], **told, "changed_at": CHANGED})


def days(population: Population) -> Iterator[DayAssessed]:
    """Every day of the month of everybody, a day at a time as the assessor says them; deterministic."""
    first, last = ends_of(MONTH)
    for on in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        for number in range(population.people):
            yield DayAssessed.model_validate(_day(number, on))


def _day(number: int, on: date) -> dict[str, Any]:
    mixed = number * 31 + on.day * 17
    off, leave, absent = on.weekday() == SUNDAY, mixed % LEAVE == 0, mixed % 97 == 0
    status = "off" if off else "leave" if leave else "absent" if absent else "present"
    there, late = status == "present", mixed % 60 if status == "present" and mixed % 5 == 0 else 0
    starts = datetime(on.year, on.month, on.day, 0, 30, tzinfo=UTC)
    band = {"late_minutes": late, "late_band": "TL1" if late < 30 else "TL2"} if late else {}
    shift = {"shift_id": f"{on}#1", "kind": "fixed", "status": status, "starts": starts, **band}
    return {
        **{"employee_id": employee_id(number), "local_date": on, "version": 1, "zone": "Asia/Jakarta"},
        **{"status": status, "required_minutes": 0 if off else 450, "effective_minutes": 450 - late if there else 0},
        **{"absent_minutes": 450 if absent and not (off or leave) else 0, "late_minutes": late, "early_minutes": 0},
        **{"required_days": int(not off), "present_days": int(there), "absent_days": int(status == "absent")},
        **{"excused_days": int(status == "leave"), "late_days": int(late > 0), "early_days": 0},
        "shifts": [] if off else [shift | {"ends": starts + timedelta(hours=8)}],
        "rules": ["semua", "kantor@2026-01-01", "tl-psw-bawaan", "baca-bawaan"],
    }


async def publish(bootstrap: str, events: Iterable[EventData]) -> dict[tuple[str, int], int]:
    """Put events on their topics as the relay does; the next offset by topic and partition."""
    sender = producer(bootstrap, "bench-report")
    await sender.start()
    ends: dict[tuple[str, int], int] = {}
    waiting: list[asyncio.Future[Any]] = []
    try:
        for number, event in enumerate(events):
            topic, now = BY_TYPE[event.TYPE], rfc3339(CHANGED)
            subject = str(getattr(event, topic.key))
            key, kind = subject.encode(), event.TYPE
            head = headers(
                event_id=f"{number}-{subject}",
                event_type=kind,
                source=f"/kinerja/{topic.producer}",
                subject=subject,
                time=now,
                recorded=now,
            )
            partition = partition_of(key, topic.partitions)
            waiting.append(await sender.send(topic.name, event.to_json(), key, partition, headers=head))
            if len(waiting) == AT_ONCE:
                _note(await asyncio.gather(*waiting), ends)
                waiting.clear()
        _note(await asyncio.gather(*waiting), ends)
    finally:
        await sender.stop()
    return ends


def _note(sent: Iterable[Any], ends: dict[tuple[str, int], int]) -> None:
    for one in sent:
        at = (one.topic, one.partition)
        ends[at] = max(ends.get(at, 0), one.offset + 1)
