"""`python -m services.appraisal all`: the API, the relay, the copy of the directory and the timers in one process.

`history` with words of its own loads a made-up past (demo/load.py).
"""

import sys

from kit.http import configure, run, serve
from kit.kafka import once_topics_exist
from kit.relay import Relay
from services.appraisal.app import Parts, create
from services.appraisal.demo.load import history
from services.appraisal.settings import AppraisalSettings


async def everything(settings: AppraisalSettings) -> None:
    """Until the process is asked to stop."""
    parts = Parts.of(settings)
    await parts.setup()
    relay = Relay(parts.client, parts.db, settings.kafka, settings.service)
    working = [
        once_topics_exist(settings, relay.run),
        once_topics_exist(settings, parts.directory.run),
        lambda: parts.evidence.files.sweep_for_ever(parts.desk.now),
        parts.deadlines.timers.run,
    ]
    await serve(create(parts), settings, background=working)


def main(arguments: list[str]) -> None:
    """Run until asked to stop. Raises SystemExit with the usage for anything else."""
    past = arguments[:1] == ["history"]
    if not past and arguments not in ([], ["all"]):
        raise SystemExit("usage: python -m services.appraisal all|history")
    settings = AppraisalSettings.load()
    configure(settings)
    run(history(settings, arguments[1:]) if past else everything(settings))


if __name__ == "__main__":
    main(sys.argv[1:])
