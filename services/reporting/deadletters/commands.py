"""`python -m services.reporting dead-letters list|show|replay|drop`."""

import json
from argparse import ArgumentParser, Namespace
from datetime import datetime

from kit.kafka import producer, retry_until_started
from kit.mongo import Database, Document, connect, database
from kit.projector import deadletters
from services.reporting.settings import ReportingSettings

BY = deadletters.Actor("command line")


def arguments(parser: ArgumentParser) -> None:
    """The command's own arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="letters that wait, oldest first")
    listing.add_argument("--limit", type=int, default=100)
    show = actions.add_parser("show", help="one letter with its headers and value (may be personal data)")
    show.add_argument("id")
    replay = actions.add_parser("replay", help="put letters back on their topic; the projector folds them or refuses")
    replay.add_argument("id", nargs="*", help="letters; all that wait when none is named")
    drop = actions.add_parser("drop", help="give a letter up; the people it concerns stay marked incomplete")
    drop.add_argument("id")
    drop.add_argument("--reason", required=True)


async def run(settings: ReportingSettings, asked: Namespace) -> None:
    """Do what was asked, or end with one line that says why not."""
    client = connect(settings)
    db = database(client, settings)
    try:
        if asked.action == "list":
            async for row in deadletters.waiting(db, asked.limit):
                print(f"{row['_id']}  {row['first_seen']:%Y-%m-%d %H:%M:%S}Z  {row['reason']}")  # noqa: T201
        elif asked.action == "show":
            print(json.dumps(_shown(await _letter(db, asked.id)), indent=2, ensure_ascii=False, default=_time))  # noqa: T201
        elif asked.action == "replay":
            await _replay(settings, db, asked.id)
        elif not await deadletters.drop(db, asked.id, asked.reason, BY):
            raise SystemExit(f"no dead letter {asked.id} waits")
    finally:
        client.close()


async def _letter(db: Database, identity: str) -> Document:
    row = await db[deadletters.LETTERS].find_one({"_id": identity})
    if row is None:
        raise SystemExit(f"there is no dead letter {identity}")
    return row


def _shown(row: Document) -> Document:
    text = {"key": deadletters.as_text(row["key"]), "value": deadletters.as_text(row["value"])}
    headers = {name: deadletters.as_text(value) for name, value in row["headers"]}
    return {**row, **text, "headers": headers}


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


async def _replay(settings: ReportingSettings, db: Database, wanted: list[str]) -> None:
    sender = producer(settings.kafka, "dead-letters")
    await retry_until_started(sender)
    try:
        letters = wanted or [row["_id"] async for row in deadletters.waiting(db, 100_000)]
        for identity in letters:
            if not await deadletters.replay(db, sender, identity, BY):
                raise SystemExit(f"no dead letter {identity} waits")
        print(f"{len(letters)} put back; those that cannot be folded again will be listed again")  # noqa: T201
    finally:
        await sender.stop()
