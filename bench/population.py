"""A made-up country for the large workloads: people, terminals and sites by number, each id computable both ways."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from kit.kafka import partition_of
from kit.mongo import Document
from kit.projector.shards import shard_id

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
SINCE = "2026-01-01"
SPACE = "NEGERI"  # one PIN space: a person may punch at any terminal
CHANGED = datetime(2026, 1, 1, tzinfo=UTC)
FIRST_PIN = 1_000_000

# An odd multiplier modulo 2**64 spreads neighbouring numbers over partitions and indexes as real ids do, and can be
# undone, so that what is found in a database is checked against what was sent without a table of all ids.
_MULTIPLIER = 0x9E3779B97F4A7C15
_INVERSE = pow(_MULTIPLIER, -1, 2**64)
_MASK = 2**64 - 1


def employee_id(number: int) -> str:
    """The id of a person, in the form of a UUID."""
    text = f"{number * _MULTIPLIER & _MASK:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:]}-8000-{number:012x}"


def number_of(employee: str) -> int:
    """The person with that id. Raises ValueError for an id that is not of this population."""
    number = int(employee[:8] + employee[9:13] + employee[14:18], 16) * _INVERSE & _MASK
    if employee_id(number) != employee:
        raise ValueError(f"{employee} is nobody of ours")
    return number


def pin(number: int) -> str:
    """What a person types at a terminal."""
    return str(FIRST_PIN + number)


@dataclass(frozen=True, slots=True)
class Population:
    """How many of each. Neighbouring people use the same terminal; terminals take turns over sites, people over units,
    sites over the three zones."""

    people: int
    terminals: int
    sites: int = 60
    units: int = 600

    def serial(self, terminal: int) -> str:
        """The serial number of a terminal."""
        return f"BENCH{terminal:06d}"

    def terminal(self, person: int) -> int:
        """The terminal a person uses."""
        return person * self.terminals // self.people

    def site(self, terminal: int) -> str:
        """The site of a terminal."""
        return f"site-{terminal % self.sites}"

    def zone(self, terminal: int) -> str:
        """The IANA zone of a terminal."""
        return ZONES[terminal % self.sites % len(ZONES)]

    def home(self, person: int) -> str:
        """The site a person belongs to, which need not be where the punches are made."""
        return f"site-{person % self.sites}"

    def unit(self, person: int) -> str:
        """The unit of a person."""
        return f"unit-{person % self.units}"

    def site_rows(self) -> list[Document]:
        """attendance.sites, as its copy of the directory keeps them."""
        return [
            {
                "_id": f"site-{number}",
                "code": f"S{number}",
                "name": f"Lokasi {number}",
                "zone": ZONES[number % len(ZONES)],
                "valid_from": SINCE,
                "valid_to": None,
                "changed_at": CHANGED,
            }
            for number in range(self.sites)
        ]

    def enrolment_rows(self) -> Iterator[Document]:
        """attendance.enrolments."""
        for number in range(self.people):
            text = pin(number)
            yield {
                "_id": f"{SPACE}|{text}",
                "space": SPACE,
                "pin": text,
                "employee_id": employee_id(number),
                "former": [],
                "changed_at": CHANGED,
            }

    def employee_rows(self) -> Iterator[Document]:
        """reporting.employees_v1: what the presence view has folded of `EmployeeChanged`."""
        for number in range(self.people):
            yield {
                "_id": employee_id(number),
                "name": f"Pegawai {number}",
                "sex": "female" if number % 2 else "male",
                "status": "pns",
                "numbers": [{"number": f"{number:018d}", "kind": "pns", "valid_from": SINCE, "valid_to": None}],
                "assignments": [
                    {
                        "kind": "primary",
                        "unit_id": self.unit(number),
                        "post_id": f"post-{number % 500}",
                        "post_title": "Analis",
                        "site_id": self.home(number),
                        "superior_id": employee_id(number % 500),
                        "valid_from": SINCE,
                        "valid_to": None,
                    }
                ],
                "changed_at": CHANGED.replace(tzinfo=None),
            }

    def headcount_rows(self, partitions: int) -> Iterator[Document]:
        """reporting.unit_headcounts_v1: shards of the number of people."""
        counts: dict[tuple[str, int], int] = {}
        for number in range(self.people):
            key = self.unit(number), partition_of(employee_id(number).encode(), partitions)
            counts[key] = counts.get(key, 0) + 1
        for (unit, partition), count in counts.items():
            yield {
                "_id": shard_id(unit, partition),
                "unit": unit,
                "changes": {SINCE: count},
            }


class WallClocks:
    """The wall time in each zone, as terminals print it, formatted once a second."""

    def __init__(self) -> None:
        self._zones = {name: ZoneInfo(name) for name in ZONES}
        self._second = 0
        self._texts: dict[str, str] = {}

    def text(self, zone: str, epoch: float) -> str:
        """`YYYY-MM-DD HH:MM:SS` in `zone` at a moment given in seconds since 1970."""
        second = int(epoch)
        if second != self._second:
            moment = datetime.fromtimestamp(second, UTC)
            self._texts = {name: f"{moment.astimezone(at):%Y-%m-%d %H:%M:%S}" for name, at in self._zones.items()}
            self._second = second
        return self._texts[zone]


def today(zone: str = ZONES[0]) -> date:
    """The date on the wall in a zone."""
    return datetime.now(ZoneInfo(zone)).date()
