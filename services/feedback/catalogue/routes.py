"""Routes of the catalogue of services."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from kit.problems import of_status
from services.feedback.access import CATALOGUE
from services.feedback.catalogue.models import ChangedService, NewService, ServiceList, ServiceRecord
from services.feedback.catalogue.store import Catalogue


def router(catalogue: Catalogue) -> APIRouter:
    """The routes under /services."""
    routes = APIRouter(prefix="/api/feedback/v1/services", tags=["services"], dependencies=[Depends(CATALOGUE)])

    @routes.get("", summary="Katalog layanan")
    async def list_services(
        unit: Annotated[list[str] | None, Query(max_length=500, description="Of these units only")] = None,
        as_of: Annotated[date | None, Query(description="Only what is given on this day")] = None,
    ) -> ServiceList:
        """By name."""
        return ServiceList(items=await catalogue.of(unit, as_of))

    @routes.post("", status_code=201, summary="Tambah layanan")
    async def add_service(body: NewService) -> ServiceRecord:
        """A service of one unit."""
        return await catalogue.add(body)

    @routes.put("/{service}", summary="Ubah layanan")
    async def change_service(service: str, body: ChangedService) -> ServiceRecord:
        """Its name, counters and days. Ratings that were given stay with it."""
        found = await catalogue.change(service, body)
        if found is None:
            raise of_status(404)
        return found

    return routes
