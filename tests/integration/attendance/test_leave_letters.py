"""Files of letters over HTTP on a real database: who adds and reads them, while what, and what is left of them."""

import asyncio
from typing import Any

import httpx
import pytest

from contracts.events.access import PersonViewed
from kit.evidence.rules import MOST_BYTES
from kit.evidence.store import BUCKET, LOOSE
from tests.integration.attendance.test_leave import Office, office
from tests.unit.kit.files import jpeg, pdf, png

__all__ = ["office"]
pytestmark = pytest.mark.integration

SICK: dict[str, Any] = {"kind": "sick", "first": "2026-06-01", "last": "2026-06-03", "letter": "445/12"}
PAPER: dict[str, Any] = {**SICK, "first": "2026-02-02", "last": "2026-02-03"}
FOREIGN = ("budi", "citra", "dodi")


def at(row: Any, file: str = "") -> str:
    return f"/employees/{row['employee_id']}/leave/{row['id']}/letters" + (file and f"/{file}")


async def ask(
    office: Office, method: str, path: str, who: str, *roles: str, version: int | None = None, **more: Any
) -> httpx.Response:
    agency = ("pegawai", "bkpsdm") if who in ("citra", "eka") else ("pegawai",)
    headers = {"Authorization": f"Bearer {office.issuer.token(*(roles or agency), employee_id=who)}"}
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    return await office.service.api.request(method, path, headers=headers, **more)


async def attach(
    office: Office, row: Any, content: bytes, status: int = 201, who: str | None = None, name: str = "surat.png"
) -> Any:
    """The request with a file more, added to it in the version of `row`."""
    more: dict[str, Any] = {"content": content, "params": {"filename": name}}
    answer = await ask(office, "POST", at(row), who or row["employee_id"], version=row["version"], **more)
    assert answer.status_code == status, answer.text
    return answer.json()


async def files(office: Office) -> tuple[int, int]:
    """Files in the database, and those that nothing lists."""
    db = office.service.parts.db
    return await db[f"{BUCKET}.files"].count_documents({}), await db[LOOSE].count_documents({})


async def test_a_letter_is_added_and_read_by_whoever_may_see_the_request(office: Office) -> None:
    row = await office.request(**SICK)
    assert (row["needs_letter"], row["letters"]) == (True, [])
    row = await attach(office, row, pdf(), name="surat dokter.pdf")
    (file,) = row["letters"]
    assert (file["name"], file["media_type"], row["status"], row["version"]) == (
        "surat dokter.pdf", "application/pdf", "waiting", 2,
    )  # fmt: skip
    (queued,) = (await office.ask("GET", "/leave", 200, "budi")).json()["items"]
    assert queued["letters"] == [file]
    got = await ask(office, "GET", at(row, file["id"]), "ani")
    assert (got.content, got.headers["content-type"]) == (pdf(), "application/pdf")
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    for who, roles in {"budi": (), "citra": (), "audit": ("auditor",)}.items():
        assert (await ask(office, "GET", at(row, file["id"]), who, *roles)).status_code == 200, who
    for who, roles in {"dodi": (), "feri": (), "head": ("pimpinan",), "operator": ("operator",)}.items():
        assert (await ask(office, "GET", at(row, file["id"]), who, *roles)).status_code == 403, who
    own = await office.request("dodi")
    mine = f"/employees/dodi/leave/{row['id']}/letters/{file['id']}"
    assert (await ask(office, "GET", mine, "dodi")).status_code == 404
    assert (await ask(office, "GET", mine.replace(row["id"], own["id"]), "dodi")).status_code == 404
    found = office.service.parts.journal.collection.find({"facts.type": PersonViewed.TYPE})
    noted = [PersonViewed.model_validate_json(fact["data"]) async for one in found for fact in one["facts"]]
    looked = [one.reader_id for one in noted if one.operation == "get_leave_letter"]
    assert sorted(str(one) for one in looked) == ["audit", "budi", "citra"]


async def test_nobody_else_adds_to_a_request_or_takes_from_it(office: Office) -> None:
    row = await attach(office, await office.request(**SICK), png())
    (file,) = row["letters"]
    for who in FOREIGN:
        await attach(office, row, jpeg(), 403, who)
        answer = await ask(office, "DELETE", at(row, file["id"]), who, version=row["version"])
        assert answer.status_code == 403, who
    stolen = {**row, "employee_id": "dodi"}
    await attach(office, stolen, jpeg(), 404)
    assert (await ask(office, "DELETE", at(stolen, file["id"]), "dodi", version=2)).status_code == 404
    assert (await office.one(row))["letters"] == [file]
    assert await files(office) == (1, 0)


async def test_what_is_no_letter_is_refused_and_leaves_nothing(office: Office) -> None:
    row = await office.request(**SICK)
    program = await attach(office, row, b"MZ\x90\x00" + bytes(500), 422)
    assert "berkas ini sebuah program" in program["errors"][0]["detail"]
    text = await attach(office, row, b"Surat keterangan sakit", 422)
    assert "bukan PDF, PNG, atau JPEG" in text["errors"][0]["detail"]
    large = await attach(office, row, png() + bytes(MOST_BYTES), 413)
    assert large["type"] == "/problems/evidence-too-large"
    nameless = await ask(office, "POST", at(row), "ani", version=1, content=png())
    assert nameless.status_code == 422
    unseen = await ask(office, "POST", at(row), "ani", content=png(), params={"filename": "a.png"})
    assert unseen.status_code == 428
    assert await files(office) == (0, 0)


async def test_the_same_twice_is_one_and_there_are_five_at_most(office: Office) -> None:
    asked = await office.request(**SICK)
    row = await attach(office, asked, png())
    again = await attach(office, asked, png())
    assert again == row, "sent again, in the version before: its answer was lost on the way"
    await attach(office, asked, jpeg(), 412)
    for number in range(4):
        row = await attach(office, row, png(seed=bytes(number + 1)))
    sixth = await attach(office, row, jpeg(), 409)
    assert sixth["detail"].startswith("Paling banyak 5 berkas")
    gone = row["letters"][0]["id"]
    assert (await ask(office, "DELETE", at(row, gone), "ani", version=1)).status_code == 412
    answer = await ask(office, "DELETE", at(row, gone), "ani", version=row["version"])
    assert (answer.status_code, len(answer.json()["letters"]), await files(office)) == (200, 4, (4, 0))
    assert answer.headers["etag"] == f'"{row["version"] + 1}"'
    assert (await ask(office, "GET", at(row, gone), "ani")).status_code == 404
    assert (await ask(office, "DELETE", at(row, gone), "ani", version=row["version"] + 1)).status_code == 404


async def test_added_at_once_in_one_version_is_added_once(office: Office) -> None:
    row = await office.request(**SICK)
    same = [attach(office, row, png()) for _ in range(4)]
    assert {len(one["letters"]) for one in await asyncio.gather(*same)} == {1}
    row = await office.one(row)
    params = {"filename": "a.png"}
    answers = await asyncio.gather(
        *(
            ask(office, "POST", at(row), "ani", version=row["version"], content=png(seed=bytes(n)), params=params)
            for n in range(1, 5)
        )
    )
    assert sorted(one.status_code for one in answers) == [201, 412, 412, 412]
    assert (len((await office.one(row))["letters"]), await files(office)) == (2, (2, 0))


async def test_files_are_added_while_it_may_be_changed_and_stay_with_what_was_decided(office: Office) -> None:
    row = await attach(office, await office.request(**SICK), png())
    assert [(one.version, one.status) for one in await office.facts()] == [(1, "waiting"), (2, "waiting")]
    await office.decide("budi", "returned", row["id"], words="Fotonya buram.")
    row = await attach(office, await office.one(row), jpeg())
    assert (row["status"], await office.waiting("budi")) == ("returned", []), "a file alone does not send it"
    mended = {**SICK, "last": "2026-06-02"}
    row = (await office.ask("PUT", at(row)[: -len("/letters")], 200, "ani", mended, **{"If-Match": '"4"'})).json()
    assert (row["status"], len(row["letters"])) == ("waiting", 2)
    await office.decide("budi", "approved", row["id"])
    row = await office.one(row)
    late = await attach(office, row, pdf(), 409)
    assert late["detail"].startswith("Permintaan ini sudah diputus")
    answer = await ask(office, "DELETE", at(row, row["letters"][0]["id"]), "ani", version=row["version"])
    assert (answer.status_code, await files(office)) == (409, (2, 0))
    rejected = await attach(office, await office.request(kind="sick", first="2026-06-08"), pdf())
    await office.decide("budi", "rejected", rejected["id"])
    withdrawn = await attach(office, await office.request(first="2026-06-10"), pdf())
    await office.cancel(withdrawn)
    for one in (rejected, withdrawn):
        now = await office.one(one)
        assert now["letters"] == one["letters"]
        await attach(office, now, jpeg(), 409)
    assert await files(office) == (4, 0)


async def test_it_is_approved_without_the_file_of_a_needed_letter(office: Office) -> None:
    row = await office.request(**SICK)
    assert (await office.decide("budi", "approved", row["id"]))["status"] == "approved"
    for kind, first in (("annual", "2026-06-05"), ("sick", "2026-06-08")):
        assert (await office.request(kind=kind, first=first))["needs_letter"] is False


async def test_the_agency_adds_to_what_it_recorded_right_after(office: Office) -> None:
    key = {"Idempotency-Key": "paper-with-a-letter"}
    row = (await office.ask("POST", "/employees/ani/paper-leave", 201, "citra", PAPER, **key)).json()
    row = await attach(office, row, pdf(), who="citra")
    assert (row["status"], len(row["letters"]), row["steps"][-1]["by"]) == ("approved", 1, "citra")
    assert len(await office.excuses()) == 1, "the days stay as they were"
    await attach(office, row, png(), 409)
    colleague = await attach(office, row, png(), 409, "eka")
    assert "yang mencatatnya" in colleague["detail"]
    office.later(hours=23)
    taken = await ask(office, "DELETE", at(row, row["letters"][0]["id"]), "citra", version=row["version"])
    assert (taken.status_code, taken.json()["letters"], await files(office)) == (200, [], (0, 0))
    office.later(hours=2)
    await attach(office, taken.json(), png(), 409, "citra")


async def test_a_request_from_before_files_were_taken_takes_them(office: Office) -> None:
    row = await office.request(**SICK)
    rows = office.service.parts.db["leave_requests"]
    await rows.update_one({"_id": row["id"]}, {"$unset": {"letters": "", "needs_letter": ""}})
    shown = await office.one(row)
    assert (shown["needs_letter"], shown["letters"]) == (False, [])
    assert len((await attach(office, row, png()))["letters"]) == 1
