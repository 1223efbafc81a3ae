"""The employee day as the peers fold it: the product's own pure rules, so that only the machinery differs."""

from collections.abc import Iterable, Mapping
from typing import Any

from pymongo import MongoClient

from kit.mongo import Document
from services.reporting.presence.folds import DAYS, EMPLOYEES
from services.reporting.presence.rules import derive, instant, place


def collection_names(generation: int) -> tuple[str, str]:
    """The collections of days and of people in one run."""
    return f"{DAYS}_v{generation}", f"{EMPLOYEES}_v{generation}"


def assignments(uri: str, database: str, collection: str) -> dict[str, list[Document]]:
    """The reference data a peer enriches with: who is where, read once at the start."""
    with MongoClient[Document](uri) as client:
        return {row["_id"]: row["assignments"] for row in client[database][collection].find({}, {"assignments": 1})}


def fresh(punch: Mapping[str, Any], places: Mapping[str, Iterable[Document]]) -> Document:
    """The day of a first punch."""
    employee, on = punch["employee_id"], str(punch["local_date"])
    unit, site = place(places.get(employee, ()), on)
    return {"_id": f"{employee}|{on}", "employee": employee, "date": on, "unit": unit, "site": site, "punches": []}


def fold(day: Document, punch: Mapping[str, Any]) -> None:
    """One punch into its day; known ones change nothing."""
    if any(known["id"] == punch["punch_id"] for known in day["punches"]):
        return
    day["punches"].append(
        {
            "id": punch["punch_id"],
            "at": instant(punch["occurred_at"]),
            "device": punch["device_id"],
            "site": punch["site_id"],
            "zone": punch["zone"],
            "source": punch["source"],
            "direction": punch["direction"],
            "method": punch["method"],
            "flags": list(punch["flags"]),
        }
    )
    derive(day)
