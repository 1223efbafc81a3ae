"""A projector as a process of its own, killed (-9) by itself at the moment before its n-th commit.

python -m tests.integration.kit.process BOOTSTRAP MONGO_URI DATABASE TOPIC PARTITIONS INSTANCE N
"""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from unittest.mock import patch

from pymongo.client_session import ClientSession

from contracts.topics import ATTENDANCE_PUNCHES, BY_TYPE
from kit import log
from kit.mongo import connect_uri
from kit.projector import Projector
from tests.integration.kit.tally import PUNCH, Tally


def die_before_commit(number: int) -> None:
    """All writes of the transaction are made and their locks held; it will never be committed nor aborted by us."""
    commits = 0
    commit = ClientSession.commit_transaction

    def counted(session: ClientSession) -> None:
        nonlocal commits
        commits += 1
        if commits == number:
            os.kill(os.getpid(), signal.SIGKILL)
        commit(session)

    patch.object(ClientSession, "commit_transaction", counted).start()


async def main(bootstrap: str, uri: str, database: str, topic: str, partitions: int, instance: str) -> None:
    """Project until killed."""
    BY_TYPE[PUNCH] = replace(ATTENDANCE_PUNCHES, name=topic, partitions=partitions)
    client = connect_uri(uri, "killed")
    await Projector(Tally(), client, client[database], bootstrap, instance=instance, group=f"{topic}.tally").run()


if __name__ == "__main__":
    log.configure("killed")
    broker, database_uri, name, punches, number, member, commits = sys.argv[1:]
    die_before_commit(int(commits))
    asyncio.run(main(broker, database_uri, name, punches, int(number), member))
