"""GET /devices: the fleet."""

from fastapi import APIRouter, Depends

from services.reporting.access import COUNTS
from services.reporting.asking import AWAY, Stands
from services.reporting.devices.models import DevicesAnswer
from services.reporting.reading import Reads

router = APIRouter(prefix="/api/reporting/v1", tags=["devices"], responses=AWAY, dependencies=[Depends(COUNTS)])


@router.get("/devices")
async def list_devices(reads: Reads, standing: Stands) -> DevicesAnswer:
    """Every terminal that is not retired: heard or silent, what it holds and what is stored of it."""
    position = reads.hub.token
    return DevicesAnswer.model_construct(
        items=await reads.fleet.items(reads.organisation),
        totals=reads.fleet.totals(),
        freshness=standing.freshness(reads.settings.lagging_seconds, position),
    )
