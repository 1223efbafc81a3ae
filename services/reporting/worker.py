"""The projector as a process: folds, and says whether it can."""

from kit.health import Check, Readiness
from kit.mongo import Client, Database
from kit.projector import Projector
from kit.projector.breaker import Limits
from services.reporting.generation import Generation
from services.reporting.presence.folds import Presence
from services.reporting.settings import ReportingSettings


def projector(
    settings: ReportingSettings, client: Client, db: Database, generation: Generation, *, group: str | None = None
) -> Projector:
    """The presence projection as this process is configured. `group` is the view's name unless a test wants its own."""
    return Projector(
        Presence(),
        client,
        db,
        settings.kafka,
        generation=generation.number,
        instance=f"{generation.view}-{settings.instance}",
        max_records=settings.batch_records,
        drain_seconds=settings.rebalance_seconds,
        limits=Limits(run=settings.poison_run, share=settings.poison_share, window=settings.poison_window),
        group=group,
    )


def readiness(running: Projector) -> Readiness:
    """Caught up at least once, and not stopped by poison; with the positions and how many records are left."""
    stopped = running.tripped
    numbers = {"lag_records": running.lag(), **running.positions()}
    return Readiness(
        {
            "folding": Check(stopped is None, f"stopped: {stopped}; see `dead-letters list`" if stopped else ""),
            "caught_up": Check(running.caught_up, "" if running.caught_up else "reading the topics", numbers),
        }
    )
