"""What an error of the database means, and in which order a batch is folded."""

from typing import Any

import pytest
from aiokafka import TopicPartition
from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    ConfigurationError,
    CursorNotFound,
    DocumentTooLarge,
    DuplicateKeyError,
    ExecutionTimeout,
    NotPrimaryError,
    OperationFailure,
    PyMongoError,
    ServerSelectionTimeoutError,
    WriteConcernError,
)
from pymongo.helpers_shared import _RETRYABLE_ERROR_CODES

from kit.projector.outcomes import Fenced, Retry
from kit.projector.runner import _by_partition
from kit.projector.unit import _outcome
from tests.unit.kit.projector.records import record

DUPLICATE = {"writeErrors": [{"code": 11000}]}
INVALID = {"writeErrors": [{"code": 121}]}


def labelled(error: PyMongoError, label: str) -> PyMongoError:
    error._add_error_label(label)
    return error


@pytest.mark.parametrize(
    "error",
    [
        AutoReconnect("gone"),
        ServerSelectionTimeoutError("nobody there"),
        NotPrimaryError("stepped down"),
        ConfigurationError("Sessions are not supported by this MongoDB deployment"),
        CursorNotFound("restarted", 43),
        ExecutionTimeout("slow", 50),
        WriteConcernError("no majority in time", 64),
        OperationFailure("conflict", 112),
        labelled(OperationFailure("anything the server calls transient", 4711), "TransientTransactionError"),
        *(OperationFailure("what the driver retries", code) for code in sorted(_RETRYABLE_ERROR_CODES)),
    ],
    ids=repr,
)
def test_infrastructure_is_tried_again(error: PyMongoError) -> None:
    assert isinstance(_outcome(error), Retry)


def test_a_document_that_exists_although_we_did_not_load_it_was_written_by_another_owner() -> None:
    assert isinstance(_outcome(BulkWriteError(DUPLICATE)), Fenced)


@pytest.mark.parametrize(
    "error",
    [
        BulkWriteError(INVALID),
        OperationFailure("not authorised", 13),
        OperationFailure("bad operator", 9),
        DuplicateKeyError("unique index", 11000),
    ],
    ids=repr,
)
def test_what_the_server_refuses_for_its_content_is_a_bug(error: PyMongoError) -> None:
    assert _outcome(error) is error


def test_a_document_too_large_is_not_an_error_of_infrastructure() -> None:
    assert not issubclass(DocumentTooLarge, PyMongoError), "so that it is never taken for one"


def test_master_data_is_folded_before_facts_of_the_same_partition() -> None:
    fetched: dict[TopicPartition, list[Any]] = {
        TopicPartition("attendance.punches", 0): [record("p", {}, topic="attendance.punches")],
        TopicPartition("directory.employees", 1): [record("e", {}, topic="directory.employees")],
        TopicPartition("directory.employees", 0): [record("e", {}, topic="directory.employees")],
    }
    merged = _by_partition(fetched)
    assert {number: [row.topic for row in rows] for number, rows in merged.items()} == {
        0: ["directory.employees", "attendance.punches"],
        1: ["directory.employees"],
    }
