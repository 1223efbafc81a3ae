"""From days to the figures of a period. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.reporting.card import ratings
from services.reporting.card.models import Figures
from services.reporting.presence.rules import present
from services.reporting.presence.served import FIELDS, SERVED
from services.reporting.presence.strands import RATED, STRANDS, WORK, Strand, sums_of

SERVICES_MOST = 200


def period_before(first: date, last: date) -> tuple[date, date]:
    """The period of the same length that ends the day before."""
    length = last - first
    return first - timedelta(days=1) - length, first - timedelta(days=1)


def kept_of(day: Mapping[str, Any], strand: Strand) -> dict[str, int] | None:
    """A strand's numbers of an employee's day; None where there is nothing but zeros."""
    kept = day.get("strands", {}).get(strand.name)
    return {field: kept[field] for field in strand.sums} if kept and strand.adds(kept) else None


def figures(days: Iterable[Mapping[str, Any]]) -> Figures:
    """Of one employee's days."""
    return _figures(_as_total(day) for day in days)


def norm_of(days: Iterable[Mapping[str, Any]]) -> int | None:
    """The month's norm as the latest day with activities tells it; `days` are oldest first."""
    norm: int | None = None
    for day in days:
        if kept := day.get("strands", {}).get(WORK.name):
            norm = kept["month_norm_minutes"]
    return norm


def summed(rows: Iterable[Mapping[str, Any]], of: str) -> dict[str, Counter[str]]:
    """The numbers of rows by what they are `of` (`unit`, `date`, `service`), in its order; those of a strand under
    names of their own, `work_minutes` for `work.minutes`."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for row in rows:
        # Names are put together at the end: a whole agency's month is tens of thousands of these numbers.
        parts = found.get(row[of])
        if parts is None:
            parts = found[row[of]] = {"": {}}
        for name, value in row.items():
            if isinstance(value, dict):
                part = parts.get(name)
                if part is None:
                    parts[name] = dict(value)
                else:
                    for field, count in value.items():
                        part[field] = part.get(field, 0) + count
            elif isinstance(value, int):
                parts[""][name] = parts[""].get(name, 0) + value
    return {
        key: Counter(
            {
                f"{name}_{field}" if name else field: count
                for name, part in parts.items()
                for field, count in part.items()
            }
        )
        for key, parts in sorted(found.items())
    }


def most_rated(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, Counter[str]]]:
    """Services with their unit and their sums, most ratings first."""
    units = {row["service"]: row["unit"] for row in rows}
    ranked = sorted(summed(rows, "service").items(), key=lambda one: (-one[1]["ratings"], one[0]))
    return [(service, units[service], sums) for service, sums in ranked[:SERVICES_MOST]]


def unit_figures(totals: Iterable[Mapping[str, int]]) -> Figures:
    """Of a unit's days, or of several units', as `summed`."""
    known = list(totals)
    found = _figures(known)
    found.served = ratings.served({field: sum(one.get(f"{SERVED}_{field}", 0) for one in known) for field in FIELDS})
    return found


def _figures(totals: Iterable[Mapping[str, int]]) -> Figures:
    sums: Counter[str] = Counter()
    for one in totals:
        sums.update({field: count for field, count in one.items() if field != "_id"})
    # Each strand under its own name or among the others (ARCHITECTURE, change drill); what citizens said is not shown
    # as it is summed.
    found: dict[str, Any] = {one.name: strand_of(sums, one) for one in STRANDS.values()}
    found[RATED.name] = ratings.rated(found[RATED.name])
    own = {name: found.pop(name) for name in found.keys() & Figures.model_fields.keys()}
    return Figures(days_present=sums["present"], days_with_activity=sums[f"{WORK.name}_people"], more=found, **own)


def strand_of(total: Mapping[str, int], strand: Strand) -> dict[str, int]:
    """A strand's numbers in such a sum."""
    return {field: total[f"{strand.name}_{field}"] for field in strand.sums}


def _as_total(day: Mapping[str, Any]) -> dict[str, int]:
    return {"present": int(present(day))} | {field.replace(".", "_", 1): count for field, count in sums_of(day)}
