"""Transactions that meet trouble are begun again, from the first read to the commit, and happen once."""

import pytest
from pymongo.errors import OperationFailure

from kit.mongo import Client, Database, Session, in_transaction

pytestmark = pytest.mark.integration


async def test_a_transaction_that_is_lost_before_its_commit_is_begun_again(client: Client, db: Database) -> None:
    """As when the database was restarted between the last write and the commit."""
    await db.create_collection("rows")
    begun = 0

    async def work(session: Session) -> int:
        nonlocal begun
        begun += 1
        await db["rows"].insert_one({"begun": begun}, session=session)
        if begun == 1:
            await client.admin.command("killSessions", [{"id": session.session_id["id"]}])  # type: ignore[index] # a property
        return begun

    assert await in_transaction(client, work) == 2
    assert [row["begun"] async for row in db["rows"].find()] == [2]


async def test_two_that_change_one_document_both_happen(client: Client, db: Database) -> None:
    await db["rows"].insert_one({"_id": "one", "count": 0})
    begun = 0

    async def outer(session: Session) -> None:
        nonlocal begun
        begun += 1
        await db["rows"].find_one({"_id": "one"}, session=session)
        if begun == 1:
            await in_transaction(client, inner)  # after the other's first look
        await inner(session)

    async def inner(session: Session) -> None:
        await db["rows"].update_one({"_id": "one"}, {"$inc": {"count": 1}}, session=session)

    await in_transaction(client, outer)
    assert begun == 2
    assert await db["rows"].find_one({"_id": "one"}) == {"_id": "one", "count": 2}


async def test_what_is_wrong_with_the_work_itself_is_raised_at_once(client: Client, db: Database) -> None:
    await db.create_collection("rows")
    begun = 0

    async def work(session: Session) -> None:
        nonlocal begun
        begun += 1
        await db["rows"].insert_one({"begun": begun}, session=session)
        await db["rows"].update_one({}, {"$bad": 1}, session=session)

    with pytest.raises(OperationFailure, match="bad"):
        await in_transaction(client, work)
    assert begun == 1
    assert await db["rows"].count_documents({}) == 0
