"""What citizens said of a unit's services: one full state a service and day, the highest version counts.

The other kind of fact that a unit's day sums up, beside the strands of its people's days (strands.py): it is of a
service and names nobody. `service_days` has a document per service and local date; the totals of the unit and date
sum them as `served.<field>`.
"""

from collections.abc import Mapping
from typing import Any

from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

from contracts.events.feedback import ServiceRated
from kit.projector import Documents
from services.reporting.presence.inputs import Day, Text
from services.reporting.presence.rules import Document
from services.reporting.presence.shares import Totals
from services.reporting.presence.strands import Count, Sums

SERVICE_DAYS, SERVED, KIND = "service_days", "served", ServiceRated.TYPE
FIELDS = ("ratings", "released", "stars", "one", "two", "three", "four", "five")


class Served(TypedDict):
    """`ServiceRated`."""

    service_id: Text
    unit_id: Text
    local_date: Day
    version: Count
    ratings: Count
    released: Count
    stars: Count
    one: Count
    two: Count
    three: Count
    four: Count
    five: Count


def identity_of(event: Mapping[str, Any]) -> str:
    """The id of the document an event is of."""
    return f"{event['service_id']}|{event['local_date']}"


def fold(event: Served, documents: Documents, totals: Totals) -> None:
    """One state into its document, and by the difference into the totals of its unit."""
    identity = identity_of(event)
    known = documents.get(SERVICE_DAYS, identity)
    if known is not None:
        if known["version"] >= event["version"]:
            return
        totals.add(known["date"], known["unit"], _sums(known), -1)
    day: Document = {"_id": identity, "service": event["service_id"], "unit": event["unit_id"]}
    day |= {"date": event["local_date"], "version": event["version"]}
    day |= {field: event[field] for field in FIELDS}  # type: ignore[literal-required]
    documents.put(SERVICE_DAYS, day)
    totals.add(day["date"], day["unit"], _sums(day), 1)


def _sums(day: Mapping[str, Any]) -> Sums:
    return tuple((f"{SERVED}.{field}", day[field]) for field in FIELDS if day[field])
