"""Notes of feedback and praise over HTTP on a real database: given, read, answered, taken back, counted, published."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from contracts.events.access import PersonViewed
from tests.integration.feedback.notes.conftest import (
    ANI,
    BUDI,
    CICI,
    DEDI,
    HEAD,
    MONDAY,
    PERIOD,
    STRANGER,
    TODAY,
    Office,
    post,
)

pytestmark = pytest.mark.integration


async def test_two_taps_reach_the_employee_and_the_answer_comes_back(office: Office) -> None:
    given = await office.feedback(activity_id="act-1", date="2026-11-20")
    assert given["withdrawable_until"] == "2026-11-23T15:45:00+07:00"
    (note,) = (await office.notes())["items"]
    assert note == given | {"given_at": "2026-11-23T08:30:00Z", "withdrawable_until": None}
    assert (note["author"], note["employee"]["id"]) == ({"id": BUDI, "name": "Budi Santoso"}, ANI)
    assert (note["value"], note["tone"], note["words"], note["date"]) == ("akuntabel", "good", "", "2026-11-20")

    office.clock[0] = MONDAY + timedelta(days=1)
    await office.answer(note["id"])
    page = await office.get(f"/employees/{BUDI}/notes/given", BUDI, **PERIOD)
    assert page["items"][0]["answer"] == {
        "words": "Terima kasih, Pak.",
        "answered_at": "2026-11-24T08:30:00Z",
        "changeable_until": "2026-11-25T08:30:00Z",
    }
    assert page["tally"]["given"] == 1
    assert {key: count for key, count in (await office.notes())["tally"].items() if count} == {
        "received": 1,
        "answered": 1,
    }
    told = await office.told(ANI)
    assert [(str(one.local_date), one.version, one.received, one.answered) for one in told] == [
        ("2026-11-23", 1, 1, 0),
        ("2026-11-23", 2, 1, 0),
        ("2026-11-24", 1, 0, 1),
    ]
    assert await office.counts(BUDI) == {"given": 1}


async def test_newest_first_and_only_of_the_days_asked_for(office: Office) -> None:
    await office.feedback()
    office.clock[0] = MONDAY + timedelta(days=1)
    await office.feedback(value="loyal")
    assert [one["value"] for one in (await office.notes())["items"]] == ["loyal", "akuntabel"]
    day = await office.get(f"/employees/{ANI}/notes", **{"from": TODAY, "to": TODAY})
    assert ([one["value"] for one in day["items"]], day["tally"]["received"]) == (["akuntabel"], 1)
    wrong = await office.ask("GET", f"/employees/{ANI}/notes", ANI, params={"from": TODAY, "to": "2026-11-01"})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"tone": "improve"}, "/body/words"),
        ({"tone": "improve", "words": "\u200b\u200b\u200b\u200b\u200b"}, "/body/words"),
        ({"date": "2026-11-24"}, "/body/date"),
        ({"date": "2020-01-01"}, "/body/date"),
        ({"value": "rajin"}, "/body/value"),
        ({"request_id": "unknown"}, "/body/request_id"),
        ({"words": "x" * 1001}, "/body/words"),
    ],
)
async def test_what_is_no_note_is_refused_with_its_field(office: Office, fields: Any, pointer: str) -> None:
    refused = await office.feedback(status=422, **fields)
    assert [error["pointer"] for error in refused["errors"]] == [pointer]
    assert await office.facts() == []
    assert (await office.notes())["items"] == []


async def test_script_in_words_is_kept_as_text_and_no_word_leaves_the_service(office: Office) -> None:
    words = "<script>rahasia()</script>\n=HYPERLINK(1)"
    note = await office.feedback(tone="improve", words=words + "\u202e\x00")
    assert (await office.notes())["items"][0]["words"] == words
    await office.answer(note["id"], "Rahasia jawaban")
    await office.praise(CICI, ANI, words="Rahasia pujian")
    asked = await office.request(words="Rahasia permintaan")
    await office.decline(asked["id"], words="Rahasia penolakan")
    told = b"".join([fact["data"] for fact in await office.facts()]).lower()
    assert b"rahasia" not in told
    assert b"ani lestari" not in told


async def test_the_same_command_twice_is_one_note(office: Office) -> None:
    key = {"Idempotency-Key": "the-same-key-of-this-phone"}
    body = {"value": "loyal", "tone": "good"}
    answers = await asyncio.gather(
        *(office.ask("POST", f"/employees/{ANI}/feedback", BUDI, json=body, headers=key) for _ in range(5))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await office.counts(ANI) == {"received": 1}


async def test_many_at_once_are_all_counted(office: Office) -> None:
    """The first of a day at once, of both sides, and in circles."""
    await asyncio.gather(
        *(office.feedback(BUDI, to) for to in (ANI, DEDI, ANI)),
        office.praise(ANI, BUDI),
        office.praise(CICI, BUDI),
        office.praise(DEDI, ANI),
    )
    assert await office.counts(BUDI) == {"given": 3, "praise_received": 2}
    assert await office.counts(ANI) == {"received": 2, "praise_received": 1, "praise_given": 1}
    versions = [one.version for one in await office.told(BUDI)]
    assert versions == list(range(1, len(versions) + 1)), "each state once, whoever is told of together"


async def test_only_the_superior_of_today_gives_feedback(office: Office) -> None:
    body = {"value": "loyal", "tone": "good"}

    async def status(who: str, to: str = ANI) -> int:
        return (await office.ask("POST", f"/employees/{to}/feedback", who, json=body)).status_code

    others = {"himself": ANI, "colleague": CICI, "superior's superior": HEAD, "other office": STRANGER}
    assert {what: await status(who) for what, who in others.items()} == dict.fromkeys(others, 403)
    assert await status(BUDI, BUDI) == 403
    assert await office.facts() == []
    for role in ("bkpsdm", "auditor", "operator", "integration"):
        assert (await office.ask("POST", f"/employees/{ANI}/feedback", None, role, json=body)).status_code == 403

    await office.feedback()
    await office.place(ANI, "Ani Lestari", "seksi-2", CICI)  # from now on
    assert (await status(BUDI), await status(CICI)) == (403, 201)


async def test_who_acts_for_a_superior_gives_and_reads_while_it_lasts(office: Office) -> None:
    note = await office.feedback()
    acting = post(BUDI, "seksi-1", None, kind="plh", valid_from=date(2026, 11, 23), valid_to=date(2026, 11, 24))
    await office.place(CICI, "Cici Anisah", "seksi-2", HEAD, acting)
    office.clock[0] = MONDAY + timedelta(minutes=1)
    given = await office.feedback(CICI)
    assert [one["id"] for one in (await office.notes(ANI, CICI))["items"]] == [given["id"], note["id"]]
    office.clock[0] = MONDAY + timedelta(days=2)
    await office.feedback(CICI, status=403)
    assert (await office.ask("GET", f"/employees/{ANI}/notes", CICI, params=PERIOD)).status_code == 403


async def test_praise_goes_to_anybody_of_the_office_but_oneself(office: Office) -> None:
    for who, to in ((CICI, ANI), (ANI, HEAD), (HEAD, DEDI)):
        await office.praise(who, to)
    refused = await office.praise(ANI, ANI, status=409)
    assert "diri sendiri" in refused["detail"]
    for who, to in ((STRANGER, ANI), (ANI, STRANGER), (ANI, "nobody-at-all")):
        await office.praise(who, to, status=403)
    assert await office.told(STRANGER) == []
    machine = await office.ask("POST", f"/employees/{ANI}/praise", None, json={"value": "loyal", "shown": "unit"})
    assert machine.status_code == 403


async def test_who_reads_what(office: Office) -> None:
    feedback = await office.feedback()
    await office.feedback(BUDI, DEDI)
    private = await office.praise(CICI, ANI)
    shown = await office.praise(DEDI, ANI, shown="unit", words="Membantu sampai malam")
    ids = [feedback["id"], private["id"], shown["id"]]

    def of(page: Any) -> set[str]:
        return {one["id"] for one in page["items"]}

    assert of(await office.notes()) == set(ids)
    assert of(await office.notes(ANI, BUDI)) == {feedback["id"], shown["id"]}
    await office.place(ANI, "Ani Lestari", "seksi-1", CICI)
    assert of(await office.notes(ANI, CICI)) == set(ids), "what one wrote oneself"
    refused = {BUDI: "pegawai", HEAD: "pimpinan", STRANGER: "pegawai", "emp-agency": "bkpsdm", "emp-audit": "auditor"}
    for who, role in refused.items():
        for path in (f"/employees/{ANI}/notes", f"/employees/{ANI}/notes/given"):
            assert (await office.ask("GET", path, who, role, params=PERIOD)).status_code == 403, (who, path)

    assert of(await office.get(f"/employees/{DEDI}/unit-praise", DEDI)) == {shown["id"]}
    assert of(await office.get(f"/employees/{CICI}/unit-praise", CICI)) == set(), "another section"
    assert (await office.ask("GET", f"/employees/{DEDI}/unit-praise", ANI)).status_code == 403


async def test_reading_somebody_elses_is_written_down(office: Office) -> None:
    await office.feedback()
    await office.praise(CICI, ANI, shown="unit")
    await office.request()
    await office.notes()
    kind = PersonViewed.TYPE
    assert [fact for fact in await office.facts() if fact["type"] == kind] == []
    await office.notes(ANI, BUDI)
    await office.get("/feedback-requests", BUDI)
    await office.get(f"/employees/{DEDI}/unit-praise", DEDI)
    await office.get("/feedback-requests/waiting", BUDI)
    read = [PersonViewed.model_validate_json(one["data"]) for one in await office.facts() if one["type"] == kind]
    assert [(one.employee_id, one.reader_id, one.operation) for one in read] == [
        (ANI, BUDI, "list_notes"),
        (ANI, BUDI, "list_feedback_requests"),
        (ANI, DEDI, "list_unit_praise"),
    ]


async def test_a_slip_is_taken_back_and_counts_nowhere(office: Office) -> None:
    note = await office.feedback(words="Salah ketuk")
    await office.withdraw(note["id"], ANI, 404)
    assert (await office.withdraw(note["id"]))["words"] == ""
    await office.withdraw(note["id"], status=409)
    assert (await office.notes())["items"] == []
    assert (await office.get(f"/employees/{BUDI}/notes/given", BUDI, **PERIOD))["items"] == []
    assert (await office.counts(ANI), await office.counts(BUDI)) == ({}, {})
    await office.answer(note["id"], status=409)
    kept = await office.parts.db["notes"].find_one({"_id": note["id"]})
    assert kept is not None
    assert kept["words"] == ""

    late = await office.feedback()
    office.clock[0] = MONDAY + timedelta(minutes=16)
    assert "15 menit" in (await office.withdraw(late["id"], status=409))["detail"]


async def test_taken_back_and_answered_at_once_is_one_of_both(office: Office) -> None:
    for _ in range(5):
        note = await office.feedback()
        answered, withdrawn = await asyncio.gather(
            office.ask("PUT", f"/employees/{ANI}/notes/{note['id']}/answer", ANI, json={"words": "Terima kasih"}),
            office.ask("DELETE", f"/employees/{BUDI}/notes/given/{note['id']}", BUDI),
        )
        assert sorted((answered.status_code, withdrawn.status_code)) == [200, 409]
    stands = len((await office.notes())["items"])
    assert await office.counts(ANI) == ({"received": stands, "answered": stands} if stands else {})


async def test_an_answer_is_ones_own_and_changed_for_a_day(office: Office) -> None:
    note = await office.praise(CICI, ANI)
    await office.answer(note["id"], who=CICI, status=404)
    await office.answer(note["id"], words="\u200bya  ", status=422)
    await office.answer(note["id"])
    changed = await office.answer(note["id"], "Terima kasih, Bu.")
    assert changed["answer"]["words"] == "Terima kasih, Bu."
    assert await office.counts(ANI) == {"praise_received": 1, "answered": 1}
    office.clock[0] = MONDAY + timedelta(days=1, minutes=1)
    assert "sampai sehari" in (await office.answer(note["id"], status=409))["detail"]


async def test_colleagues_are_found_by_a_part_of_the_name(office: Office) -> None:
    async def found(text: str, who: str = CICI) -> list[str]:
        return [one["id"] for one in (await office.get(f"/employees/{who}/colleagues", who, q=text))["items"]]

    assert await found("ani") == [ANI], "neither oneself nor another office"
    assert await found("anI", ANI) == [CICI]
    assert await found("(h") == [DEDI]
    assert await found(".*") == []
    (one,) = (await office.get(f"/employees/{CICI}/colleagues", CICI, q="lestari"))["items"]
    assert one == {"id": ANI, "name": "Ani Lestari", "post_title": f"Jabatan {ANI}"}
    for wrong in ("a", "a\u200b", "x" * 61):
        assert (await office.ask("GET", f"/employees/{CICI}/colleagues", CICI, params={"q": wrong})).status_code == 422
    assert (await office.ask("GET", f"/employees/{CICI}/colleagues", ANI, params={"q": "ani"})).status_code == 403
    for number in range(25):
        await office.place(f"emp-{number}", f"Rekan {number:02}", "seksi-2", CICI)
    assert await found("rekan") == [f"emp-{number}" for number in range(20)]
    stored = await office.parts.db["employees"].find_one({"_id": ANI})
    assert stored is not None
    assert set(stored) == {"_id", "name", "assignments", "changed_at"}, "no numbers, nothing else of a person"


async def test_whom_one_leads_and_whom_one_has_not_spoken_to(office: Office) -> None:
    async def led(who: str) -> list[tuple[str, str | None]]:
        items = (await office.get("/subordinates", who))["items"]
        return [(one["id"], one["last_given_on"]) for one in items]

    assert await led(BUDI) == [(ANI, None), (DEDI, None)]
    await office.feedback()
    await office.withdraw((await office.feedback(BUDI, DEDI))["id"])
    assert await led(BUDI) == [(DEDI, None), (ANI, TODAY)]
    assert await led(ANI) == []
