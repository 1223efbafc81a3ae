"""The database as `make run` starts it: who has no password gets nothing, each service its own database only."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.local import credentials, mongo
from deploy.local.ports import free_ports
from deploy.local.replica_set import is_empty
from tests.stack import Stack

pytestmark = pytest.mark.integration

Client = MongoClient[dict[str, Any]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("secured")


@pytest.fixture(scope="module")
def secrets(data: Path) -> credentials.Credentials:
    return credentials.load(data)


@pytest.fixture(scope="module")
def stack(data: Path, secrets: credentials.Credentials) -> Iterator[Stack]:
    stack = Stack(data)
    (stack.mongo_port,) = free_ports(1)
    stack.add(mongo.program(data / "mongod", stack.mongo_port, access=secrets.access, cache_gb=0.25, oplog_mb=990))
    with stack:
        yield stack


def client_of(stack: Stack, secrets: credentials.Credentials, service: str) -> Client:
    return MongoClient(mongo.uri(stack.host, stack.mongo_port, secrets.user(service)))


def test_without_a_login_nothing_can_be_read(stack: Stack) -> None:
    with (
        MongoClient[dict[str, Any]](mongo.uri(stack.host, stack.mongo_port)) as client,
        pytest.raises(OperationFailure, match="requires authentication"),
    ):
        client.attendance.events.find_one()


def test_a_service_may_do_its_work_and_reach_no_other_database(stack: Stack, secrets: credentials.Credentials) -> None:
    with client_of(stack, secrets, "attendance") as client:
        own = client.attendance
        own.events.create_index("device")
        with own.events.watch(max_await_time_ms=100) as stream:
            with client.start_session() as session, session.start_transaction():
                own.events.insert_one({"_id": 1}, session=session)
            assert next(stream)["documentKey"] == {"_id": 1}
        for other in ("directory", "reporting", "admin"):
            with pytest.raises(OperationFailure, match="not authorized"):
                client[other].anything.find_one()


def test_a_successor_may_end_its_predecessors_transaction(stack: Stack, secrets: credentials.Credentials) -> None:
    with client_of(stack, secrets, "reporting") as killed, client_of(stack, secrets, "reporting") as successor:
        rows = killed.reporting.days
        rows.insert_one({"_id": "day", "count": 0})
        session = killed.start_session()
        session.start_transaction()
        rows.update_one({"_id": "day"}, {"$inc": {"count": 1}}, session=session)
        successor.reporting.command("killSessions", [session.session_id])
        assert successor.reporting.days.update_one({"_id": "day"}, {"$set": {"count": 5}}).modified_count == 1
        with pytest.raises(OperationFailure):
            session.commit_transaction()
        session.end_session()


def test_a_transaction_nobody_ends_holds_its_locks_for_20_s_at_most(
    stack: Stack, secrets: credentials.Credentials
) -> None:
    with MongoClient[dict[str, Any]](
        stack.host, stack.mongo_port, username="root", password=secrets.access.root_password, directConnection=True
    ) as client:
        found = client.admin.command("getParameter", 1, transactionLifetimeLimitSeconds=1)
    assert found["transactionLifetimeLimitSeconds"] == mongo.TRANSACTION_SECONDS == 20


def test_the_same_data_on_another_port_is_the_same_database(
    stack: Stack, data: Path, secrets: credentials.Credentials
) -> None:
    password = secrets.access.root_password
    with client_of(stack, secrets, "directory") as client:
        client.directory.events.insert_one({"_id": "kept"})
    stack.stop("mongod")
    (stack.mongo_port,) = free_ports(1)
    stack.add(mongo.program(data / "mongod", stack.mongo_port, access=secrets.access, cache_gb=0.25, oplog_mb=990))
    stack.start("mongod")
    with client_of(stack, secrets, "directory") as client:
        assert client.directory.events.find_one() == {"_id": "kept"}
    assert not is_empty(stack.host, stack.mongo_port, password, database="directory", collection="events")
    assert is_empty(stack.host, stack.mongo_port, password, database="directory", collection="other")
