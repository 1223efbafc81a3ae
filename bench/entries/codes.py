"""Codes for ratings, laid into the feedback service's own collection: issuing them is not what is measured."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from motor.motor_asyncio import AsyncIOMotorClient

from kit.mongo import Document
from services.feedback.ratings import codes
from services.feedback.ratings.store import Codes, Subject

LIFE = timedelta(hours=1)


async def laid(mongo_uri: str, subjects: Sequence[Subject], count: int) -> list[str]:
    """`count` unused codes, the subjects taking turns."""
    made = [codes.new() for _ in range(count)]
    client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(mongo_uri)
    try:
        store, ends = Codes(client, client["feedback"]), datetime.now(UTC) + LIFE
        for number, subject in enumerate(subjects):
            if some := made[number :: len(subjects)]:
                await store.issue_many(some, subject, ends)
    finally:
        client.close()
    return made
