"""The projector as a process: folds, and says whether it can."""

from kit.health import Readiness
from kit.mongo import Client, Database
from kit.projector import Projection, Projector
from kit.projector.breaker import Limits
from kit.projector.health import checks
from services.reporting.generation import Generation
from services.reporting.months.folds import GENERATION as MONTHS_GENERATION
from services.reporting.months.folds import Months
from services.reporting.presence.folds import Presence
from services.reporting.reads.folds import GENERATION, Reads
from services.reporting.settings import ReportingSettings


def projector(
    settings: ReportingSettings, client: Client, db: Database, generation: Generation, *, group: str | None = None
) -> Projector:
    """The presence projection as this process is configured. `group` is the view's name unless a test wants its own."""
    return _projector(Presence(), settings, client, db, generation.number, group)


def access_log(settings: ReportingSettings, client: Client, db: Database, *, group: str | None = None) -> Projector:
    """The projection of who has read whose data."""
    return _projector(Reads(), settings, client, db, GENERATION, group)


def months(settings: ReportingSettings, client: Client, db: Database, *, group: str | None = None) -> Projector:
    """The projection of attendance by month."""
    return _projector(Months(), settings, client, db, MONTHS_GENERATION, group)


def _projector(
    projection: Projection,
    settings: ReportingSettings,
    client: Client,
    db: Database,
    generation: int,
    group: str | None,
) -> Projector:
    return Projector(
        projection,
        client,
        db,
        settings.kafka,
        generation=generation,
        instance=f"{projection.name}_v{generation}-{settings.instance}",
        max_records=settings.batch_records,
        drain_seconds=settings.rebalance_seconds,
        limits=Limits(run=settings.poison_run, share=settings.poison_share, window=settings.poison_window),
        group=group,
    )


def readiness(view: Projector, log: Projector, months: Projector) -> Readiness:
    """All caught up at least once, not stopped by poison and not hanging; with the positions and how many records are
    left."""
    return Readiness({**checks(view), **checks(log, "access_log_"), **checks(months, "months_")})
