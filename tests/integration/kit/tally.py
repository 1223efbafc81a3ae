"""Two small views: `Tally` goes wrong visibly when a record is lost, doubled or disordered, `Ledger` forgives doubles.

Both read `PunchRecorded`, of which they need only the punch and whose it is.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from typing_extensions import TypedDict

from contracts.events.attendance import PunchRecorded
from kit.projector import Documents, Poison, Projection
from kit.projector.documents import Document, Touched
from kit.projector.projection import FEED
from kit.projector.shards import Shards

PEOPLE, TOTALS = "people", "totals"
PUNCH = PunchRecorded.TYPE


class Said(TypedDict):
    """What is read of a punch."""

    punch_id: str
    employee_id: str


class Tally(Projection):
    """Appends every record to its person and adds one to a total, without looking whether it has it already."""

    name = "tally"
    inputs = {PUNCH: Said}
    collections = (PEOPLE, TOTALS, FEED)
    totals = (TOTALS,)
    refused: ClassVar[set[str]] = set()
    """Punches that cannot be folded today."""

    def touched(self, kinds: Sequence[str], events: Sequence[Any], documents: Documents) -> Iterator[Touched]:
        yield {PEOPLE: [event["employee_id"] for event in events]}

    def fold(self, kind: str, event: Any, documents: Documents) -> None:
        if event["punch_id"] in self.refused:
            raise Poison(f"{event['punch_id']} is refused today")
        person = documents.get(PEOPLE, event["employee_id"])
        if person is None:
            person = {"_id": event["employee_id"], "punches": []}
        self.note(event["punch_id"], person, documents)

    def note(self, punch: str, person: Document, documents: Documents) -> None:
        person["punches"].append(punch)
        documents.put(PEOPLE, person)
        documents.totals.add(TOTALS, "all", {"of": "all"}, {"punches": 1})

    def changes(self, batch: Sequence[Documents], totals: Shards) -> Document:
        return {"people": sorted(identity for documents in batch for identity in documents.changed(PEOPLE))}


class Ledger(Tally):
    """The same, once per punch: for logs that may carry a record twice, as a relay's may."""

    name = "ledger"

    def note(self, punch: str, person: Document, documents: Documents) -> None:
        if punch not in person["punches"]:
            super().note(punch, person, documents)
