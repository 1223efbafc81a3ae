"""From an employee and a day to a row as answers and frames show it. Pure."""

from collections.abc import Collection, Sequence
from datetime import date as calendar_date

from kit.mongo import Document
from kit.unit_tree import Tree
from services.reporting.freshness.models import Freshness
from services.reporting.organisation.register import Organisation, unit_ref
from services.reporting.presence.day import Found
from services.reporting.presence.models import EmployeeDay, Person, Punch
from services.reporting.presence.people import Row, held_on
from services.reporting.presence.rules import review_of
from services.reporting.presence.states import assessed, state_of


def person(row: Row, date: str, tree: Tree, organisation: Organisation, incomplete: Collection[str] = ()) -> Person:
    """One row. Built without validating again what the projector validated."""
    employee, day = row
    held = held_on(employee["assignments"], date) or {}
    unit = day["unit"] if day and day["unit"] else held.get("unit_id", "")
    said = assessed(day) if day else {}
    return Person.model_construct(
        employee_id=employee["_id"],
        name=employee["name"],
        post_title=held.get("post_title"),
        unit=unit_ref(tree, unit),
        state=state_of(day),
        first_at=day["first_at"] if day else None,
        last_at=day["last_at"] if day else None,
        first_site=organisation.site(day["first_site"]) if day else None,
        count=day["count"] if day else 0,
        status=said.get("status"),
        late_minutes=said.get("late_minutes", 0),
        incomplete=employee["_id"] in incomplete,
    )


def newest_first(days: Sequence[Document]) -> list[Document]:
    """Days in the order of their last punch, newest first; those without one that counts come last. Equal
    instants stand in the order of their ids."""
    return sorted(days, key=lambda day: (-day["last_at"].timestamp() if day["last_at"] else 0.0, day["_id"]))


def employee_day(
    employee_id: str, date: calendar_date, found: Found, organisation: Organisation, freshness: Freshness
) -> EmployeeDay:
    """One person's day. The post and unit are those of the date, also where no punch was made."""
    employee, day = found.employee, found.day
    held = held_on(employee["assignments"], str(date)) if employee else None
    return EmployeeDay(
        employee_id=employee_id,
        name=employee["name"] if employee else None,
        date=date,
        unit=unit_ref(organisation.tree(date), held["unit_id"]) if held else None,
        post_title=held["post_title"] if held else None,
        site=organisation.site(held["site_id"]) if held else None,
        state=state_of(day),
        first_at=day["first_at"] if day else None,
        last_at=day["last_at"] if day else None,
        count=day["count"] if day else 0,
        punches=[_punch(punch, day.get("reviews", ()), organisation) for punch in day["punches"]] if day else [],
        incomplete=sorted(found.letters),
        freshness=freshness,
    )


def _punch(punch: Document, reviews: Sequence[Document], organisation: Organisation) -> Punch:
    return Punch(
        punch_id=punch["id"],
        at=punch["at"],
        device_id=punch["device"],
        site=organisation.site(punch["site"]),
        zone=punch["zone"],
        source=punch["source"],
        direction=punch["direction"],
        method=punch["method"],
        flags=punch["flags"],
        review=review_of(punch["id"], reviews) or ("open" if "under_review" in punch["flags"] else None),
    )
