"""Session fixtures: one broker and one database for all tests, names of one's own for each.

A stack that already runs is used instead when KINERJA_TEST_KAFKA and KINERJA_TEST_MONGO name it.
"""

import os
import uuid
from collections.abc import Iterator

import pytest
from pymongo import MongoClient

from tests.stack.stack import Stack


@pytest.fixture(scope="session")
def infrastructure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Broker and database, launched together; `kafka` and `mongo_uri` wait for the one they need."""
    stack = Stack.infrastructure(tmp_path_factory.mktemp("stack"), heap_mb=384, cache_gb=0.25)
    stack.launch("mongod")
    stack.launch("kafka")
    yield stack
    stack.stop_all()


@pytest.fixture(scope="session")
def kafka(request: pytest.FixtureRequest) -> str:
    """The bootstrap address of a real broker. It does not create topics by itself: `kit.kafka.ensure_topics`."""
    if running := os.environ.get("KINERJA_TEST_KAFKA"):
        return running
    stack: Stack = request.getfixturevalue("infrastructure")
    stack.wait("kafka")
    return stack.bootstrap


@pytest.fixture(scope="session")
def mongo_uri(request: pytest.FixtureRequest) -> str:
    """The URI of a real replica set, no database named, without authentication."""
    if running := os.environ.get("KINERJA_TEST_MONGO"):
        return running
    stack: Stack = request.getfixturevalue("infrastructure")
    stack.wait("mongod")
    with MongoClient[dict[str, object]](stack.mongo_uri) as client:
        # Tests set their own clocks: by the server's, what they store may be past its time and vanish at any moment.
        client.admin.command("setParameter", 1, ttlMonitorEnabled=False)
    return stack.mongo_uri


@pytest.fixture(scope="session")
def whole_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Everything `make run` starts, empty: broker, database, services, edge. Shared: do not kill its parts."""
    with Stack.whole(tmp_path_factory.mktemp("whole")) as stack:
        yield stack


@pytest.fixture
def database_name(mongo_uri: str) -> Iterator[str]:
    """A database of this test's own, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    yield name
    with MongoClient[dict[str, object]](mongo_uri) as client:
        client.drop_database(name)


@pytest.fixture
def topic_prefix() -> str:
    """For topics and groups of this test's own on the shared broker."""
    return f"t{uuid.uuid4().hex[:10]}."
