"""`python -m services.reporting api|worker|all`, and the operator's commands `dead-letters` and `wait`."""

from argparse import ArgumentParser

from contracts.topics import TOPICS
from kit.health import Readiness
from kit.http import configure, health_app, run, serve
from kit.kafka import ensure_topics
from kit.mongo import connect, database
from services.reporting import waiting, worker
from services.reporting.app import create
from services.reporting.deadletters import commands
from services.reporting.settings import ReportingSettings


def main() -> None:
    """Read the command and the environment, then do it."""
    parser = ArgumentParser(prog="python -m services.reporting", description=__doc__)
    roles = parser.add_subparsers(dest="command")
    for role, what in {"api": "answer", "worker": "fold", "all": "both in one process"}.items():
        roles.add_parser(role, help=what)
    commands.arguments(roles.add_parser("dead-letters", help="records that could not be folded"))
    wait = roles.add_parser("wait", help="until the view has folded what the topics hold now")
    wait.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    settings = ReportingSettings.load()
    configure(settings)
    if asked.command == "dead-letters":
        run(commands.run(settings, asked))
    elif asked.command == "wait":
        run(waiting.run(settings, asked.seconds))
    elif asked.command == "worker":
        run(_worker(settings))
    else:
        run(_api(settings, with_worker=asked.command != "api"))


async def _api(settings: ReportingSettings, *, with_worker: bool) -> None:
    app = create(settings)

    async def follow() -> None:
        await ensure_topics(settings.kafka, TOPICS)
        await app.state.reading.run()

    async def fold() -> None:
        await ensure_topics(settings.kafka, TOPICS)
        client = connect(settings)
        await worker.projector(settings, client, database(client, settings)).run()

    await serve(app, settings, background=[follow, fold] if with_worker else [follow])


async def _worker(settings: ReportingSettings) -> None:
    client = connect(settings)
    running = worker.projector(settings, client, database(client, settings))

    async def readiness() -> Readiness:
        return worker.readiness(running)

    async def fold() -> None:
        await ensure_topics(settings.kafka, TOPICS)
        await running.run()

    await serve(health_app("reporting", readiness), settings, background=[fold])


if __name__ == "__main__":
    main()
