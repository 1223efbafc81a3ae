"""How often reasons were tapped, from the services' days."""

from collections.abc import Collection
from datetime import date
from typing import Any

from kit.mongo import Database
from services.feedback.catalogue.store import Catalogue
from services.feedback.ratings.giving import SERVICE_DAYS
from services.feedback.ratings.models import ReasonCount, ServiceReasons
from services.feedback.ratings.reasons import REASONS


class Tapped:
    """Counts of reasons by service."""

    def __init__(self, db: Database, catalogue: Catalogue) -> None:
        self._days = db[SERVICE_DAYS]
        self._catalogue = catalogue

    async def of(self, units: Collection[str] | None, first: date, last: date, least: int) -> list[ServiceReasons]:
        """The services of these units (None: of all), those without ratings included. Of released ratings; fewer than
        `least` show none."""
        where: dict[str, Any] = {"date": {"$gte": str(first), "$lte": str(last)}}
        if units is not None:
            where["unit_id"] = {"$in": sorted(units)}
        each = {reason.id: {"$sum": f"$reasons.{reason.id}"} for reason in REASONS}
        steps = [{"$match": where}, {"$group": {"_id": "$service_id", "ratings": {"$sum": "$released"}, **each}}]
        found = {row["_id"]: row async for row in self._days.aggregate(steps)}
        shown = {service: row for service, row in found.items() if row["ratings"] >= least}
        return [
            ServiceReasons(
                service_id=service.id,
                service=service.name,
                unit_id=service.unit_id,
                ratings=shown[service.id]["ratings"] if service.id in shown else None,
                reasons=[
                    ReasonCount(
                        id=reason.id,
                        id_text=reason.id_text,
                        en_text=reason.en_text,
                        count=shown[service.id][reason.id] if service.id in shown else None,
                    )
                    for reason in REASONS
                ],
            )
            for service in await self._catalogue.of(units, None)
        ]
