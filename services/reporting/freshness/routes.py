"""GET /freshness: how far every view is, partition by partition."""

from fastapi import APIRouter, Depends, Request

from kit.projector.checkpoint import COLLECTION
from services.reporting.access import FOLDING
from services.reporting.asking import AWAY
from services.reporting.deadletters.store import LetterStore
from services.reporting.freshness.ends import Ends
from services.reporting.freshness.models import FreshnessAnswer
from services.reporting.freshness.views import view_of
from services.reporting.reading import Reads

router = APIRouter(prefix="/api/reporting/v1", tags=["freshness"], responses=AWAY, dependencies=[Depends(FOLDING)])


@router.get("/freshness")
async def get_freshness(request: Request, reads: Reads) -> FreshnessAnswer:
    """Each view in use: what it is complete to, and how far each partition is folded against what its topic holds."""
    ends: Ends = request.app.state.ends
    topics = {topic for position in reads.positions for topic in position.topics}
    known = await ends.of(topics)
    waiting = {view: n for (view, status), n in (await LetterStore(reads.db).counts()).items() if status == "waiting"}
    views = []
    for position in reads.positions:
        # The ends were asked for first: a view can only be further by now, never seem to lag behind what came later.
        standing = await position.read()
        query = {"_id": {"$gte": f"{position.view}:", "$lt": f"{position.view};"}}
        rows = await reads.db[COLLECTION].find(query, {"partition": 1, "at": 1}).to_list(None)
        folded = {row["partition"]: row.get("at") for row in rows}
        lagging = reads.settings.lagging_seconds
        views.append(view_of(position, standing, lagging, known, folded, waiting.get(position.view, 0)))
    return FreshnessAnswer(views=views, broker_answers=known is not None)
