"""`python -m services.reporting api|worker|all`, and the operator's commands.

`wait` until the view has caught up; `dead-letters …` for what could not be folded; `rebuild` folds everything anew
beside the view in use, compares and switches; `retire N` drops a generation that is not in use.
"""

import asyncio
from argparse import ArgumentParser

from kit.health import Readiness
from kit.http import configure, health_app, run, serve
from kit.kafka import ensure_registry
from kit.mongo import connect, database
from kit.projector import Projector
from services.reporting import rebuilding, waiting, worker
from services.reporting.deadletters import commands
from services.reporting.generation import in_use
from services.reporting.settings import ReportingSettings


def main() -> None:
    """Read the command and the environment, then do it."""
    asked = _parser().parse_args()
    settings = ReportingSettings.load()
    configure(settings)
    match asked.command:
        case "dead-letters":
            run(commands.run(settings, asked))
        case "wait":
            run(waiting.run(settings, asked.seconds))
        case "rebuild":
            run(rebuilding.rebuild(settings, move=not asked.no_switch, changed=asked.changed))
        case "retire":
            run(rebuilding.retire(settings, asked.generation))
        case "worker":
            run(_worker(settings))
        case role:
            run(_api(settings, with_worker=role != "api"))


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m services.reporting", description=__doc__)
    roles = parser.add_subparsers(dest="command")
    for role, what in {"api": "answer", "worker": "fold", "all": "both in one process (default)"}.items():
        roles.add_parser(role, help=what)
    commands.arguments(roles.add_parser("dead-letters", help="records that could not be folded"))
    wait = roles.add_parser("wait", help="until the view has folded what the topics hold now")
    wait.add_argument("--seconds", type=float, default=60.0)
    rebuild = roles.add_parser("rebuild", help="fold everything into the next generation, compare, switch")
    rebuild.add_argument("--no-switch", action="store_true", help="only compare")
    rebuild.add_argument(
        "--changed", nargs="+", default=[], metavar="COLLECTION", help="folded otherwise by this release: not compared"
    )
    roles.add_parser("retire", help="drop a generation that is not in use").add_argument("generation", type=int)
    return parser


async def _api(settings: ReportingSettings, *, with_worker: bool) -> None:
    from services.reporting.app import create  # the worker has no use for its 10 MB

    app = create(settings)

    async def follow() -> None:
        await ensure_registry(settings)
        await app.state.reading.run()

    async def fold() -> None:
        client = connect(settings)
        db = database(client, settings)
        generation = app.state.reading.generation
        await _folded(
            settings,
            worker.projector(settings, client, db, generation),
            worker.access_log(settings, client, db),
            worker.months(settings, client, db),
        )

    await serve(app, settings, background=[follow, fold] if with_worker else [follow])


async def _worker(settings: ReportingSettings) -> None:
    client = connect(settings)
    db = database(client, settings)
    generation = await in_use(db, settings.generation)
    running, log = worker.projector(settings, client, db, generation), worker.access_log(settings, client, db)
    months = worker.months(settings, client, db)

    async def readiness() -> Readiness:
        return worker.readiness(running, log, months)

    async def fold() -> None:
        await _folded(settings, running, log, months)

    async def watch() -> None:
        await generation.until_switched(db)

    await serve(health_app("reporting", readiness), settings, background=[fold, watch])


async def _folded(settings: ReportingSettings, *projectors: Projector) -> None:
    await ensure_registry(settings)
    async with asyncio.TaskGroup() as group:
        for projector in projectors:
            group.create_task(projector.run())


if __name__ == "__main__":
    main()
