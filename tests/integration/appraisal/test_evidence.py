"""Evidence over HTTP on a real database: sent, listed, handed out, taken away, swept."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

import httpx
import pytest

from contracts.events.access import PersonViewed
from kit.evidence.rules import MOST_BYTES
from kit.evidence.store import BUCKET, LOOSE
from tests.integration.appraisal.conftest import ANI, BUDI, CICI, HEAD, MONDAY, Office
from tests.unit.kit.files import jpeg, object_stream, pdf, png

pytestmark = pytest.mark.integration


def path_of(entry: Any, *more: str) -> str:
    return "/".join((f"/employees/{entry['employee_id']}/activities/{entry['id']}/evidence", *more))


async def send(
    office: Office, entry: Any, content: Any, version: int = 1, name: str = "bukti.png", who: str = ANI
) -> httpx.Response:
    headers = {"If-Match": f'"{version}"', "Content-Type": "text/html"}  # what it is called counts for nothing
    return await office.ask("POST", path_of(entry), who, content=content, params={"filename": name}, headers=headers)


async def files(office: Office) -> dict[str, int]:
    """What lies in the database."""
    names = (f"{BUCKET}.files", f"{BUCKET}.chunks", LOOSE)
    return {name: await office.parts.db[name].count_documents({}) for name in names}


NOTHING = {f"{BUCKET}.files": 0, f"{BUCKET}.chunks": 0, LOOSE: 0}


@pytest.mark.parametrize(
    ("content", "sent", "kind", "name"),
    [
        (png(), "..\\foto “rapat”.png", "image/png", "foto “rapat”.png"),
        (jpeg(), "a.exe", "image/jpeg", "a.exe.jpg"),
        (pdf(object_stream(b"<< /Type /Font >>" + b" " * 20_000)), "laporan.pdf", "application/pdf", "laporan.pdf"),
        (png(seed=bytes(600_000)), "besar.png", "image/png", "besar.png"),
    ],
    ids=["png", "jpeg", "pdf", "several chunks"],
)
async def test_what_is_sent_comes_back_as_a_download(
    office: Office, content: bytes, sent: str, kind: str, name: str
) -> None:
    entry = await office.record()
    answer = await send(office, entry, content, name=sent)
    assert (answer.status_code, answer.headers["etag"]) == (201, '"2"'), answer.text
    (listed,) = answer.json()["evidence"]
    digest = sha256(content).hexdigest()
    assert listed | {"id": ""} == {
        "id": "",
        "name": name,
        "media_type": kind,
        "size": len(content),
        "sha256": digest,
        "added_at": "2026-11-23T08:30:00Z",
    }
    assert answer.json()["status"] == "waiting"
    assert [step["what"] for step in answer.json()["steps"]] == ["changed"]
    seen = (await office.ask("GET", f"/employees/{ANI}/activities/{entry['id']}", ANI)).json()
    assert seen["evidence"] == [listed]

    got = await office.ask("GET", path_of(entry, listed["id"]), ANI)
    assert got.content == content
    told = got.headers
    assert (told["content-type"], told["content-length"], told["etag"]) == (kind, str(len(content)), f'"{digest}"')
    assert told["content-disposition"].startswith('attachment; filename="')
    assert told["x-content-type-options"] == "nosniff"
    assert told["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert told["cache-control"] == "no-store"


async def test_evidence_counts_nowhere_and_is_not_published(office: Office) -> None:
    entry = await office.record()
    before = await office.parts.journal.collection.count_documents({})
    await send(office, entry, png())
    assert await office.parts.journal.collection.count_documents({}) == before
    (one,) = await office.told()
    assert (one.version, one.minutes) == (1, 30)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00" + bytes(500), "program"),
        (b"<html><script>alert(1)</script></html>", "halaman web"),
        (png(65_000, 65_000), "megapiksel"),
        (pdf(object_stream(b"", packed=zlib.compress(b"7 0 " + b" " * 40_000_000, 9))), "mengembang"),
        (b"\x7fELF" + bytes(500), "program"),
        (pdf(b"<< /S /JavaScript /JS (1) >>"), "skrip"),
        (b"", "kosong"),
    ],
    ids=["program", "page", "bomb", "bomb of a PDF", "program of Linux", "script", "empty"],
)
async def test_what_is_no_evidence_is_refused_and_leaves_nothing(office: Office, content: bytes, said: str) -> None:
    entry = await office.record()
    answer = await send(office, entry, content, name="foto.png")
    assert answer.status_code == 422
    (wrong,) = answer.json()["errors"]
    assert wrong["pointer"] == "/body"
    assert said in wrong["detail"]
    assert await files(office) == NOTHING


async def test_ten_megabytes_and_not_a_byte_more(office: Office) -> None:
    entry = await office.record()
    whole = png(seed=bytes(MOST_BYTES - len(png())))
    assert len(whole) == MOST_BYTES
    taken = 0

    async def streamed(data: bytes) -> AsyncIterator[bytes]:
        nonlocal taken
        for start in range(0, len(data), 65_536):
            taken += 1
            yield data[start : start + 65_536]

    for content in (whole + b"x", streamed(whole + b"x")):
        answer = await send(office, entry, content)
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/evidence-too-large")
    assert await files(office) == NOTHING
    taken = 0
    answer = await send(office, entry, streamed(whole * 3))
    assert answer.status_code == 413
    assert taken <= MOST_BYTES // 65_536 + 2, "read on although it was too much already"

    answer = await send(office, entry, streamed(whole))
    assert answer.status_code == 201
    got = await office.ask("GET", path_of(entry, answer.json()["evidence"][0]["id"]), ANI)
    assert sha256(got.content).hexdigest() == sha256(whole).hexdigest()


async def test_the_same_content_is_one_file_and_five_are_the_most(office: Office) -> None:
    entry = await office.record()
    for version in range(1, 6):
        assert (await send(office, entry, png(seed=bytes(version)), version)).status_code == 201
    again = await send(office, entry, png(seed=bytes(1)), 1, "lain.png")  # sent again: its answer was lost on the way
    assert (again.status_code, again.headers["etag"], len(again.json()["evidence"])) == (201, '"6"', 5)
    sixth = await send(office, entry, png(seed=bytes(9)), 6)
    assert (sixth.status_code, "Paling banyak 5 berkas" in sixth.json()["detail"]) == (409, True)
    assert (await files(office)) == {f"{BUCKET}.files": 5, f"{BUCKET}.chunks": 5, LOOSE: 0}


async def test_two_at_once_are_one_and_one_that_has_to_look_again(office: Office) -> None:
    entry = await office.record()
    answers = await asyncio.gather(*(send(office, entry, png(seed=bytes(one))) for one in range(1, 5)))
    assert sorted(answer.status_code for answer in answers) == [201, 412, 412, 412]
    assert (await files(office)) == {f"{BUCKET}.files": 1, f"{BUCKET}.chunks": 1, LOOSE: 0}
    same = await asyncio.gather(*(send(office, entry, jpeg(), 2) for _ in range(4)))
    assert {answer.status_code for answer in same} <= {201, 412}
    seen = (await office.ask("GET", f"/employees/{ANI}/activities/{entry['id']}", ANI)).json()
    assert (len(seen["evidence"]), seen["version"]) == (2, 3)


async def test_evidence_beside_an_edit_loses_neither(office: Office) -> None:
    entry = await office.record()
    path = f"/employees/{ANI}/activities/{entry['id']}"
    body = {"what": "Memeriksa berkas pensiun", "minutes": 50}
    edited, sent = await asyncio.gather(
        office.ask("PUT", path, ANI, json=body, headers={"If-Match": '"1"'}), send(office, entry, png())
    )
    assert sorted((edited.status_code, sent.status_code)) in ([200, 412], [201, 412])
    seen = (await office.ask("GET", path, ANI)).json()
    assert (seen["minutes"] == 50, len(seen["evidence"])) in ((True, 0), (False, 1))
    if edited.status_code == 412:
        again = await office.ask("PUT", path, ANI, json=body, headers={"If-Match": '"2"'})
        assert (again.json()["minutes"], len(again.json()["evidence"])) == (50, 1)


async def test_it_is_taken_away_for_good(office: Office) -> None:
    entry = await office.record()
    (listed,) = (await send(office, entry, png())).json()["evidence"]
    path = path_of(entry, listed["id"])
    assert (await office.ask("DELETE", path, ANI)).status_code == 428
    assert (await office.ask("DELETE", path, ANI, headers={"If-Match": '"1"'})).status_code == 412
    answer = await office.ask("DELETE", path, ANI, headers={"If-Match": '"2"'})
    assert (answer.status_code, answer.json()["evidence"], answer.headers["etag"]) == (200, [], '"3"')
    assert await files(office) == NOTHING
    assert (await office.ask("GET", path, ANI)).status_code == 404
    assert (await office.ask("DELETE", path, ANI, headers={"If-Match": '"3"'})).status_code == 404


async def test_only_while_the_entry_may_be_changed(office: Office) -> None:
    entry = await office.record()
    (listed,) = (await send(office, entry, png())).json()["evidence"]
    await office.decide(BUDI, "returned", entry["id"], words="Tambahkan foto.")
    returned = await send(office, entry, jpeg(), 3)
    assert (returned.status_code, returned.json()["status"], len(returned.json()["evidence"])) == (201, "returned", 2)

    async def refused(version: int, said: str) -> None:
        answers = (
            await send(office, entry, pdf(), version),
            await office.ask("DELETE", path_of(entry, listed["id"]), ANI, headers={"If-Match": f'"{version}"'}),
        )
        for answer in answers:
            assert (answer.status_code, said in answer.json()["detail"]) == (409, True), answer.text

    path = f"/employees/{ANI}/activities/{entry['id']}"
    body = {"what": "Memeriksa berkas", "minutes": 30}
    await office.ask("PUT", path, ANI, json=body, headers={"If-Match": '"4"'})
    await office.decide(BUDI, "validated", entry["id"])
    await refused(6, "sudah disahkan")
    corrected = await office.ask("PUT", path, ANI, json=body | {"reason": "Kurang bukti"}, headers={"If-Match": '"6"'})
    assert (corrected.status_code, len(corrected.json()["evidence"])) == (200, 2)
    office.clock[0] = MONDAY + timedelta(days=20)
    await refused(7, "sudah ditutup")
    office.clock[0] = MONDAY
    await office.decide(BUDI, "rejected", entry["id"], words="Bukan tugasnya.")
    await refused(8, "ditolak")
    assert (await office.ask("GET", path_of(entry, listed["id"]), BUDI)).status_code == 200


async def test_whoever_may_see_the_entry_may_see_it_and_is_noted(office: Office) -> None:
    entry, other = await office.record(), await office.record(CICI)
    (listed,) = (await send(office, entry, png())).json()["evidence"]
    path = path_of(entry, listed["id"])
    asked = {
        "superior": (await office.ask("GET", path, BUDI), 200),
        "agency": (await office.ask("GET", path, None, "bkpsdm"), 200),
        "auditor": (await office.ask("GET", path, None, "auditor"), 200),
        "colleague": (await office.ask("GET", path, CICI), 403),
        "superior's superior": (await office.ask("GET", path, HEAD), 403),
        "operator": (await office.ask("GET", path, None, "operator"), 403),
        # By way of an entry of one's own, or of another of hers.
        "elsewhere": (await office.ask("GET", path_of(other, listed["id"]), CICI), 404),
    }
    assert {who: answer.status_code for who, (answer, _) in asked.items()} == {
        who: status for who, (_, status) in asked.items()
    }
    for who in (BUDI, CICI):
        assert (await send(office, entry, jpeg(), 2, who=who)).status_code == 403
        assert (await office.ask("DELETE", path, who, headers={"If-Match": '"2"'})).status_code == 403
    noted = [
        PersonViewed.model_validate_json(fact["data"])
        async for one in office.parts.journal.collection.find({"facts.type": PersonViewed.TYPE})
        for fact in one["facts"]
    ]
    assert len(noted) == 3
    assert {(one.employee_id, one.operation) for one in noted} == {(ANI, "get_evidence")}
    assert BUDI in {one.reader_id for one in noted}


async def test_what_was_left_behind_is_swept_after_a_day_and_nothing_else(office: Office) -> None:
    entry = await office.record()
    (listed,) = (await send(office, entry, png())).json()["evidence"]
    await office.parts.evidence.files.keep(jpeg(), MONDAY)  # the process ended before the entry listed it
    broken = await office.parts.evidence.files.keep(pdf(), MONDAY)  # … and before the file's last byte
    await office.parts.db[f"{BUCKET}.files"].delete_one({"_id": broken})

    office.clock[0] = MONDAY + timedelta(hours=23)
    assert await office.parts.evidence.files.sweep(office.clock[0]) == 0
    office.clock[0] = MONDAY + timedelta(hours=25)
    assert await office.parts.evidence.files.sweep(office.clock[0]) == 2
    assert (await files(office)) == {f"{BUCKET}.files": 1, f"{BUCKET}.chunks": 1, LOOSE: 0}
    assert (await office.ask("GET", path_of(entry, listed["id"]), ANI)).content == png()
