"""The projector as a process: folds, and says whether it can."""

from kit.health import Check, Readiness
from kit.mongo import Client, Database
from kit.projector import Projection, Projector
from kit.projector.breaker import Limits
from services.reporting.generation import Generation
from services.reporting.presence.folds import Presence
from services.reporting.reads.folds import GENERATION, Reads
from services.reporting.settings import ReportingSettings

HANGING_SECONDS = 120.0  # a take-over or a batch of a large rebuild may take its time


def projector(
    settings: ReportingSettings, client: Client, db: Database, generation: Generation, *, group: str | None = None
) -> Projector:
    """The presence projection as this process is configured. `group` is the view's name unless a test wants its own."""
    return _projector(Presence(), settings, client, db, generation.number, group)


def access_log(settings: ReportingSettings, client: Client, db: Database, *, group: str | None = None) -> Projector:
    """The projection of who has read whose data."""
    return _projector(Reads(), settings, client, db, GENERATION, group)


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


def readiness(view: Projector, log: Projector) -> Readiness:
    """Both caught up at least once, not stopped by poison and not hanging; with the positions and how many records are
    left."""
    return Readiness({**_checks("", view), **_checks("access_log_", log)})


def _checks(prefix: str, running: Projector) -> dict[str, Check]:
    stopped, still = running.tripped, running.still_seconds
    wrong = f"stopped: {stopped}; see `dead-letters list`" if stopped else ""
    if still > HANGING_SECONDS:
        wrong = f"nothing has been folded or waited for in {still:.0f} s: look at the log, then restart this process"
    numbers = {"lag_records": running.lag(), **running.positions()}
    return {
        f"{prefix}folding": Check(not wrong, wrong),
        f"{prefix}caught_up": Check(running.caught_up, "" if running.caught_up else "reading the topics", numbers),
    }
