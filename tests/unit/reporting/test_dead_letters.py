"""What of a dead letter is shown, and whose it is."""

from datetime import UTC, datetime
from typing import Any

import pytest

from kit.projector.deadletters import as_text, replaying
from services.reporting.deadletters.store import detail, named, read_cursor, write_cursor

AT = datetime(2026, 8, 3, 0, 0, 0, 123000, tzinfo=UTC)


def row(**changed: Any) -> dict[str, Any]:
    known = {
        "_id": "presence_v1:attendance.punches:3:17",
        "view": "presence_v1",
        "topic": "attendance.punches",
        "partition": 3,
        "offset": 17,
        "key": b"e-1",
        "headers": [["ce_type", b"id.x.v1"], ["odd", None]],
        "value": b"{}",
        "reason": "zone: missing",
        "status": "waiting",
        "first_seen": AT,
    }
    return known | changed


@pytest.mark.parametrize(
    ("value", "is_json", "parsed"),
    [
        (b'{"a": [1, null]}', True, {"a": [1, None]}),
        (b"null", True, None),
        (b"", False, None),
        (None, False, None),
        (b"NaN", False, None),
        (b"\xff", False, None),
        (b"[" * 100_000, False, None),
    ],
)
def test_a_value_is_json_or_it_is_text(value: bytes | None, is_json: bool, parsed: Any) -> None:
    shown = detail(row(value=value), [], {})
    assert (shown.is_json, shown.value) == (is_json, parsed)
    assert (shown.text is None) == (value is None)


def test_a_letter_from_before_refusals_were_counted_is_shown_all_the_same() -> None:
    shown = detail(row(), [], {})
    assert (shown.refusals, shown.refused_at, shown.replays, shown.replaying) == (1, AT, [], False)


def test_it_is_being_replayed_from_the_brokers_word_to_the_next_refusal() -> None:
    tried = {"id": "x", "subject": "a", "at": AT, "refusals": 1}
    taken = tried | {"acknowledged": True}
    assert not replaying(row())
    assert not replaying(row(replays=[tried], refusals=1))
    assert replaying(row(replays=[taken], refusals=1))
    assert not replaying(row(replays=[taken], refusals=2))
    assert replaying(row(replays=[taken, taken | {"refusals": 2}], refusals=2))
    assert not replaying(row(replays=[taken], refusals=1, status="replayed"))


def test_it_names_whom_it_leaves_incomplete_and_whom_its_key_names() -> None:
    assert named(row(), ["e-2"]) == ["e-2", "e-1"]
    assert named(row(), ["e-1"]) == ["e-1"]
    assert named(row(topic="attendance.devices"), []) == []
    assert named(row(key=None), []) == []


@pytest.mark.parametrize("key", [b"e-1|2026-08-03|x", b"", b"\xff\x00", b"a" * 65, "é".encode()])
def test_a_key_that_is_no_id_names_nobody(key: bytes) -> None:
    assert named(row(key=key), []) == []


def test_what_would_not_be_seen_is_escaped() -> None:
    assert as_text("a\tb\n\u202e\x00 é 😀".encode()) == "a\tb\n\\u202e\\x00 é 😀"
    assert as_text(None) is None


def test_a_cursor_leads_back_to_its_place_and_nonsense_nowhere() -> None:
    assert read_cursor(write_cursor(row())) == (AT, row()["_id"])
    for nonsense in ("", "x", "!!", "////"):
        assert read_cursor(nonsense) is None
