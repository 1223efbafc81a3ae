"""Seals a journal, ten punches a link, until it kills itself before commit N: `python -m … URI DB N`.

All writes of that transaction are made and its locks held; it is neither committed nor aborted by us.
"""

import asyncio
import os
import signal
import sys
from functools import partial
from unittest.mock import patch

from motor.motor_asyncio import AsyncIOMotorClientSession

from kit.mongo import connect_uri
from services.attendance.devices.registry import now
from services.attendance.receipts import rules, sealing
from services.attendance.receipts.parts import ReceiptParts
from tests.unit.attendance.receipts.making import WIB, signer


async def main(uri: str, name: str, number: int) -> None:
    commits, commit = 0, AsyncIOMotorClientSession.commit_transaction

    async def counted(session: AsyncIOMotorClientSession) -> None:
        nonlocal commits
        commits += 1
        if commits == number:
            os.kill(os.getpid(), signal.SIGKILL)
        await commit(session)

    client = connect_uri(uri, "dying")
    own = ReceiptParts.of(client, client[name])
    patch.object(AsyncIOMotorClientSession, "commit_transaction", counted).start()
    vars(sealing)["cut"] = partial(rules.cut, most=10)
    await sealing.Sealer(own.journal, own.receipts, own.keys, own.findings, signer(), now, WIB).run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
