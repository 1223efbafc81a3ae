"""What may be said, taken back, answered and asked, and what a day comes to."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from services.feedback.notes import rules
from services.feedback.notes.models import NewFeedback, NewPraise, NotesTally, Said
from services.feedback.notes.rules import Refused

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TODAY = NOW.date()
MINUTE = timedelta(minutes=1)


def note(**fields: Any) -> dict[str, Any]:
    return {
        "_id": "n",
        "author_id": "budi",
        "employee_id": "ani",
        "kind": "feedback",
        "status": "standing",
        "words": "Rapi sekali",
        "given_on": "2026-11-23",
        "given_at": NOW,
        "answer": None,
        **fields,
    }


def request(**fields: Any) -> dict[str, Any]:
    row = {"_id": "r", "employee_id": "ani", "status": "open", "activity_id": None, "date": None, "note_id": None}
    return row | {"open_for": "ani|", "declined": None} | fields


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (NewFeedback, {"value": "rajin", "tone": "good"}),
        (NewFeedback, {"value": "loyal", "tone": "bad"}),
        (NewFeedback, {"value": "loyal", "tone": "good", "words": "x" * 1001}),
        (NewFeedback, {"value": "loyal", "tone": "good", "activity_id": "a b"}),
        (NewFeedback, {"value": "loyal", "tone": "good", "kata": "x"}),
        (NewPraise, {"value": "loyal"}),
        (NewPraise, {"value": "loyal", "shown": "everybody"}),
        (Said, {"words": "ok\u200b\u200b\u200b\u200b"}),
    ],
)
def test_what_is_no_note_is_refused(model: Any, fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(fields)


def test_what_cannot_be_seen_is_left_out_and_script_is_text() -> None:
    sent = NewFeedback.model_validate({"value": "loyal", "tone": "good", "words": "<b>Ra\u200bpi</b>\x00\u202e "})
    assert sent.words == "<b>Rapi</b>"


def test_who_should_do_better_is_told_what() -> None:
    rules.check_words("good", "")
    rules.check_words("improve", "Datang lebih awal")
    with pytest.raises(Refused, match="sebaiknya diperbaiki") as refused:
        rules.check_words("improve", "ok")
    assert refused.value.field == "words"


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        (None, None),
        (TODAY, None),
        (TODAY - timedelta(days=365), None),
        (TODAY + timedelta(days=1), "belum tiba"),
        (TODAY - timedelta(days=366), "satu tahun"),
    ],
)
def test_a_note_is_about_a_day_of_the_last_year(day: date | None, refused: str | None) -> None:
    if refused is None:
        rules.check_day(day, TODAY)
        return
    with pytest.raises(Refused, match=refused):
        rules.check_day(day, TODAY)


def test_nobody_praises_himself() -> None:
    rules.check_praise("budi", "ani")
    with pytest.raises(Refused, match="diri sendiri"):
        rules.check_praise("ani", "ani")


def test_a_note_is_taken_back_within_a_quarter_of_an_hour_and_its_words_are_gone() -> None:
    after = rules.withdrawn(note(), NOW + 15 * MINUTE)
    assert (after["status"], after["words"]) == ("withdrawn", "")
    assert rules.withdrawable_until(note()) == NOW + 15 * MINUTE
    assert rules.withdrawable_until(after) is None
    with pytest.raises(Refused, match="15 menit"):
        rules.withdrawn(note(), NOW + 15 * MINUTE + timedelta(milliseconds=1))
    with pytest.raises(Refused, match="sudah dibatalkan"):
        rules.withdrawn(after, NOW)


def test_what_was_answered_stays() -> None:
    answered = rules.answered(note(), "Terima kasih", NOW, TODAY)
    assert rules.withdrawable_until(answered) is None
    with pytest.raises(Refused, match="sudah dijawab"):
        rules.withdrawn(answered, NOW)


def test_an_answer_is_changed_for_a_day_and_counts_on_its_first() -> None:
    first = rules.answered(note(), "Terima kasih", NOW, TODAY)
    late = NOW + timedelta(days=1)
    again = rules.answered(first, "Terima kasih, Pak", late, late.date())
    assert again["answer"] == {"at": NOW, "on": "2026-11-23", "words": "Terima kasih, Pak"}
    with pytest.raises(Refused, match="sampai sehari"):
        rules.answered(again, "Lain", late + MINUTE, late.date())
    with pytest.raises(Refused, match="dibatalkan oleh pemberinya"):
        rules.answered(rules.withdrawn(note(), NOW), "Terima kasih", NOW, TODAY)


def test_a_request_is_closed_once() -> None:
    done = rules.fulfilled(request(), "ani", "n")
    assert (done["status"], done["note_id"], "open_for" in done) == ("answered", "n", False)
    refused = rules.declined(request(), "Sudah dibahas kemarin", "budi", NOW)
    assert (refused["status"], refused["declined"]["by"], "open_for" in refused) == ("declined", "budi", False)
    for closed in (done, refused):
        with pytest.raises(Refused, match="sudah dijawab"):
            rules.fulfilled(closed, "ani", "m")
        with pytest.raises(Refused, match="sudah dijawab"):
            rules.declined(closed, "Sudah dibahas", "budi", NOW)
    for nobodys in (None, request(employee_id="cici")):
        with pytest.raises(Refused, match="tidak ada"):
            rules.fulfilled(nobodys, "ani", "n")


def test_a_request_waits_again_when_its_note_is_taken_back_unless_it_was_made_anew() -> None:
    done = rules.fulfilled(request(date="2026-11-20", open_for="ani|2026-11-20"), "ani", "n")
    again = rules.reopened(done, [])
    assert (again["status"], again["note_id"], again["open_for"]) == ("open", None, "ani|2026-11-20")
    lapsed = rules.reopened(done, [request(_id="s")])
    assert (lapsed["status"], "open_for" in lapsed) == ("lapsed", False)


def test_a_request_needs_a_superior_and_is_made_once_for_the_same() -> None:
    rules.check_request("budi", [])
    with pytest.raises(Refused, match="direktori tidak menyebut atasan"):
        rules.check_request(None, [])
    with pytest.raises(Refused, match="masih menunggu"):
        rules.check_request("budi", [request()])
    things = {rules.thing("ani", None, None), rules.thing("ani", "a", TODAY), rules.thing("ani", None, TODAY)}
    assert things == {"ani|", "ani|a", "ani|2026-11-23"}


def test_what_a_day_comes_to_on_both_sides() -> None:
    answer = {"answer": {"on": "2026-11-24", "at": NOW, "words": "Ya"}}
    notes = [note(**answer), note(kind="praise"), note(status="withdrawn"), note(author_id="ani", employee_id="cici")]
    assert rules.tally("budi", "2026-11-23", notes, 0).model_dump() == zero(given=1, praise_given=1)
    assert rules.tally("ani", "2026-11-23", notes, 2).model_dump() == zero(
        given=1, received=1, praise_received=1, requested=2
    )
    assert rules.tally("ani", "2026-11-24", notes, 0).model_dump() == zero(answered=1)
    days = [rules.tally(who, "2026-11-23", notes, 1).model_dump() for who in ("ani", "budi")]
    assert rules.summed(days).model_dump() == zero(given=2, praise_given=1, received=1, praise_received=1, requested=2)


def zero(**counts: int) -> dict[str, int]:
    return dict.fromkeys(NotesTally.model_fields, 0) | counts
