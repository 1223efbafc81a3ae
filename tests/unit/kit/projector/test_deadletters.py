"""What a dead letter says, and whose replay answers it."""

from kit.projector.deadletters import ANSWERS, answered, letter
from tests.unit.kit.projector.records import record

THING = "id.test.thing.v1"


def answer(letter_id: str) -> tuple[tuple[str, bytes | None], ...]:
    return ((ANSWERS, letter_id.encode()),)


def test_a_letter_keeps_the_whole_record_and_is_named_by_its_place() -> None:
    row = record(THING, b"\x00junk", topic="punches", partition=3, offset=17, after=(("traceparent", None),))
    kept = letter("presence_v1", row, "n: missing")
    assert kept["_id"] == "presence_v1:punches:3:17"
    assert (kept["value"], kept["key"]) == (b"\x00junk", b"person-1")
    assert kept["headers"] == [["ce_type", THING.encode()], ["traceparent", None]]
    assert (kept["reason"], kept["status"]) == ("n: missing", "waiting")


def test_a_replay_that_is_poison_again_is_the_same_letter() -> None:
    again = record(THING, b"x", offset=99, after=answer("presence_v1:things:0:17"))
    assert letter("presence_v1", again, "still")["_id"] == "presence_v1:things:0:17"


def test_to_another_view_a_replay_is_a_record_like_any_other() -> None:
    again = record(THING, b"x", offset=99, after=answer("presence_v1:things:0:17"))
    assert letter("fleet_v1", again, "bad")["_id"] == "fleet_v1:things:0:99"
    assert answered("fleet_v1", [again], set()) == []
    assert answered("presence_v10", [again], set()) == []


def test_folded_replays_answer_their_letters_and_poison_does_not() -> None:
    good = record(THING, {"n": 1}, after=answer("v_v1:things:0:1"))
    bad = record(THING, {"n": 1}, after=answer("v_v1:things:0:2"))
    plain = record(THING, {"n": 1})
    bare = record(None, {"n": 1})
    assert answered("v_v1", [plain, good, bad, bare], {id(bad)}) == ["v_v1:things:0:1"]
