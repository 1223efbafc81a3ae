"""`python -m services.reporting rebuild` and `retire`: the view from the first record on, proved equal, then used."""

from collections.abc import Collection

from kit.mongo import connect, database
from kit.projector import rebuild as again
from services.reporting.presence.folds import Presence
from services.reporting.settings import ReportingSettings


async def rebuild(settings: ReportingSettings, *, move: bool, changed: Collection[str] = ()) -> None:
    """Fold everything into the next generation, compare all but what was `changed`, and with `move` switch. Ends with 1
    when they differ, and with one line when a collection is not of this view."""
    client = connect(settings)
    try:
        db = database(client, settings)
        outcome = await again.rebuild(Presence(), client, db, settings.kafka, move=move, changed=changed)
    except ValueError as error:
        raise SystemExit(str(error)) from None
    finally:
        client.close()
    if outcome.differing:
        raise SystemExit(
            f"generation {outcome.generation} differs from the one in use in {', '.join(outcome.differing)} "
            "(the first ones): nothing was switched, both are kept. Where this release folds a collection otherwise, "
            "say so: --changed COLLECTION"
        )
    did = "in use now" if outcome.switched else "not switched to"
    left_out = f", not compared: {', '.join(outcome.changed)}" if outcome.changed else ""
    print(f"generation {outcome.generation}: {outcome.documents} documents, all equal{left_out}; {did}")  # noqa: T201


async def retire(settings: ReportingSettings, generation: int) -> None:
    """Drop a generation. Ends with one line when it is in use."""
    client = connect(settings)
    try:
        await again.retire(database(client, settings), Presence(), generation)
    except ValueError as error:
        raise SystemExit(str(error)) from None
    finally:
        client.close()
