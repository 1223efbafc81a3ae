"""Fires timers until it kills itself in the middle of the Nth: `python -m … URI DB N`."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta

from kit.mongo import Session, connect_uri
from kit.timers import Timer, Timers


async def main(uri: str, name: str, most: int) -> None:
    client = connect_uri(uri, "dying")
    db = client[name]
    begun = 0

    async def handler(timer: Timer, session: Session) -> None:
        nonlocal begun
        await db["effects"].insert_one({"key": timer.key, "due": timer.due}, session=session)
        begun += 1
        if begun == most:
            os.kill(os.getpid(), signal.SIGKILL)

    # A short lease, so that the test need not wait long.
    await Timers(client, db, {"ring": handler}, clock=lambda: datetime.now(UTC), lease=timedelta(seconds=2)).run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
