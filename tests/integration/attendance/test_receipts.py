"""Receipts on a real database: sealed once whatever dies, verified by their owner, and tampering named."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from bson import Binary, ObjectId

from contracts.events.attendance import PunchRecorded
from deploy.local.program import ROOT
from services.attendance.receipts.__main__ import main
from services.attendance.receipts.auditing import Audit
from services.attendance.receipts.checking import check_links
from services.attendance.receipts.rules import Chain
from services.attendance.receipts.sealing import Sealer
from services.attendance.receipts.signing import Signer
from services.attendance.receipts.store import Fenced
from services.attendance.receipts.verifying import misfits
from tests.fixtures.iclock.write import attlog, lines
from tests.integration.attendance.conftest import Running, running, settings_for, until
from tests.stack.issuer import Issuer
from tests.unit.attendance.receipts.making import KNOWN, WIB, signer

pytestmark = pytest.mark.integration

# The clock is the real one, as the database says itself when it has stored something; punches are those of a morning.
PUNCHED = {"from": "2026-03-01", "to": "2026-03-02"}
NEXT_KEY = "TM0Imyj/ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U+4pvs="


@asynccontextmanager
async def sealing(service: Running, key: Signer | None = None, ahead: timedelta = timedelta()) -> AsyncIterator[None]:
    task = asyncio.create_task(sealer(service, key, ahead).run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def sealer(service: Running, key: Signer | None = None, ahead: timedelta = timedelta()) -> Sealer:
    own = service.parts.receipts
    return Sealer(
        own.journal, own.receipts, own.keys, own.findings, key or signer(), lambda: service.clock() + ahead, WIB
    )


def audit(service: Running) -> Audit:
    own = service.parts.receipts
    return Audit(service.parts.db, own.looking, own.findings, service.clock, WIB, every=1)


async def push(service: Running, *minutes: int, pin: str = "7") -> None:
    """One request with a punch at each of these minutes of the morning."""
    rows = [f"{pin}\t2026-03-02 07:{minute:02d}:00\t0\t1\t0\t0" for minute in minutes]
    reply = await service.send(attlog("SN1", lines(*rows)))
    assert reply.status == 200, reply


async def sealed(service: Running, count: int) -> list[dict[str, Any]]:
    async def all_of_them() -> Any:
        rows = await service.parts.receipts.receipts.rows.find().to_list(None)
        return rows if len(rows) >= count else None

    found: list[dict[str, Any]] = await until(all_of_them, 15)
    assert len(found) == count
    return found


async def chain_holds(service: Running) -> None:
    """Signatures, roots, order: and a receipt for each punch of the journal, which verifies."""
    own = service.parts.receipts
    links = await own.receipts.links.find().sort("_id", 1).to_list(None)
    assert check_links(links, None, await own.keys.public()) == []
    punches = await service.punches()
    rows = await own.receipts.rows.find().to_list(None)
    assert {row["_id"] for row in rows} == set(punches)
    for row in rows:
        receipt = await own.receipts.receipt(row["employee_id"], row["_id"])
        assert receipt is not None
        assert misfits(receipt, await own.keys.public()) == []


@pytest.fixture
async def service(attendance: Running) -> Running:
    await attendance.register("SN1", pins=["7", "8"])
    return attendance


def today(service: Running) -> str:
    return service.clock().astimezone(WIB).date().isoformat()


async def days(service: Running) -> list[dict[str, Any]]:
    period = {
        "from": str(service.clock().date() - timedelta(days=2)),
        "to": str(service.clock().date() + timedelta(days=2)),
    }
    found: list[dict[str, Any]] = (await service.get("/receipts/days", **period))["items"]
    return found


async def test_a_punch_gets_its_receipt_and_its_owner_verifies_it(
    service: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with sealing(service):
        await push(service, 28)
        (row,) = await sealed(service, 1)
    listed = await service.get("/employees/emp-7/receipts", **PUNCHED)
    assert listed["total"] == 1
    assert listed["items"][0] == {
        "punch_id": row["_id"],
        "occurred_at": "2026-03-02T00:28:00Z",
        "local_date": "2026-03-02",
        "recorded_at": row["recorded_at"],
        "day": today(service),
        "number": 1,
    }
    answer = await service.api.get(f"/employees/emp-7/receipts/{row['_id']}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="tanda-terima-2026-03-02-')
    (key,) = (await service.get("/receipts/keys"))["items"]
    assert (key["key_id"], key["until"]) == (signer().key_id, None)
    (tmp_path / "r.json").write_bytes(answer.content)
    (tmp_path / "k.pem").write_text(key["pem"])
    assert main(["verify", str(tmp_path / "r.json"), "--key", str(tmp_path / "k.pem")]) == 0
    assert "2026-03-02 07:28:00" in capsys.readouterr().out


async def test_pushed_again_and_by_file_it_stays_one_receipt(service: Running) -> None:
    async with sealing(service):
        await push(service, 28, 29)
        await push(service, 28, 29)
        first = await sealed(service, 2)
        body = {"serial": "SN1", "preset": "zk6"}
        file = {"file": ("attlog.dat", b"7\t2026-03-02 07:28:00\t1\t0\t1\t0\n7\t2026-03-02 07:30:00\t1\t0\t1\t0\n")}
        answer = await service.api.post("/imports", data=body, files=file)
        assert answer.status_code < 300, answer.text
        rows = {row["_id"]: row for row in await sealed(service, 3)}
    assert all(rows[row["_id"]] == row for row in first), "what is sealed stays as it is"
    await chain_holds(service)


async def test_what_was_recorded_before_anybody_sealed_gets_its_receipt(service: Running) -> None:
    await push(service, 1, 2, 3)
    async with sealing(service):
        await sealed(service, 3)
        await push(service, 4)
        await sealed(service, 4)
    await push(service, 5)
    async with sealing(service):
        await sealed(service, 5)
    await chain_holds(service)


async def test_a_lost_token_seals_nothing_twice(service: Running) -> None:
    async with sealing(service):
        await push(service, 1, 2)
        await sealed(service, 2)
    await service.parts.db["receipt_chain"].update_one({}, {"$set": {"token": None}})
    await push(service, 3)
    async with sealing(service):
        await sealed(service, 3)
    await chain_holds(service)


async def test_of_two_at_once_one_seals(service: Running) -> None:
    await push(service, *range(40))
    async with sealing(service), sealing(service):
        await push(service, *range(40, 50), pin="8")
        await sealed(service, 50)
    await chain_holds(service)
    own = service.parts.receipts.receipts
    chain, _ = await own.chain()
    with pytest.raises(Fenced):
        await own.add(Chain(), [], chain, {})


async def test_midnight_closes_the_day(service: Running) -> None:
    day = today(service)
    async with sealing(service):
        await push(service, 1)
        await sealed(service, 1)
    assert [(one["day"], one["closed"]) for one in await days(service)] == [(day, False)]
    async with sealing(service, ahead=timedelta(days=1)):

        async def closed() -> Any:
            return (await days(service))[0]["closed"]

        assert await until(closed)
    (found,) = await days(service)
    chain, _ = await service.parts.receipts.receipts.chain()
    assert (found["day"], found["links"], found["punches"], found["head"]) == (day, 2, 1, chain.last)
    await chain_holds(service)


async def test_another_key_signs_from_now_on_and_old_receipts_verify(service: Running) -> None:
    async with sealing(service):
        await push(service, 1)
        await sealed(service, 1)
    async with sealing(service, Signer.of(NEXT_KEY)):
        await push(service, 2)
        await sealed(service, 2)
    old, new = (await service.get("/receipts/keys"))["items"]
    assert old["until"] is not None
    assert new["until"] is None
    await chain_holds(service)


async def end_transaction(service: Running) -> None:
    """What the server does with the transaction of a client that is gone, after 20 s here."""
    stages: list[dict[str, Any]] = [
        {"$currentOp": {"idleSessions": True}},
        {"$match": {"type": "idleSession", "transaction.parameters": {"$exists": True}}},
    ]
    found = await service.parts.client.admin.aggregate(stages).to_list(None)
    assert len(found) == 1, "or this proves nothing: its locks are there"
    await service.parts.client.admin.command({"killSessions": [{"id": Binary.from_uuid(found[0]["lsid"]["id"])}]})


@pytest.mark.parametrize("commit", [1, 2, 4])
async def test_killed_in_the_middle_of_a_batch_it_goes_on(service: Running, mongo_uri: str, commit: int) -> None:
    for begin in range(0, 60, 10):
        await push(service, *range(begin, begin + 10))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.integration.attendance.sealing_process", mongo_uri, service.parts.db.name),
        str(commit),
        cwd=ROOT,
    )
    try:
        assert await asyncio.wait_for(process.wait(), 60) == -signal.SIGKILL
    finally:
        if process.returncode is None:
            process.kill()
    kept = await service.parts.receipts.receipts.rows.count_documents({})
    assert kept == 10 * (commit - 1), "or this proves nothing: it was killed in the middle"
    await end_transaction(service)
    async with sealing(service):
        await sealed(service, 60)
    await chain_holds(service)


async def three(service: Running) -> dict[str, Any]:
    """Three requests with a punch each, sealed; the row of the second."""
    async with sealing(service):
        for minute in (1, 2, 3):
            await push(service, minute)
        rows = await sealed(service, 3)
    return next(row for row in rows if row["occurred_at"] == "2026-03-02T00:02:00Z")


async def findings(service: Running) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await service.get("/integrity"))["items"]
    return found


async def test_nothing_is_found_where_nothing_was_done(service: Running) -> None:
    await three(service)
    for walk in ("recent", "past", "recent"):
        assert await audit(service).look(walk) == 0
    assert await findings(service) == []


async def test_a_changed_punch_is_named(service: Running) -> None:
    row = await three(service)
    earlier = bytes(row["data"]).replace(b"00:02:00", b"00:00:00")
    await service.parts.journal.collection.update_one({"_id": row["entry"]}, {"$set": {"facts.0.data": earlier}})
    with structlog.testing.capture_logs() as logged:
        assert await audit(service).look("recent") == 1
    (found,) = await findings(service)
    assert (found["kind"], found["where"], found["punch_id"]) == ("changed", "journal", row["_id"])
    assert found["detail"] == "occurred_at: 2026-03-02T00:02:00Z → 2026-03-02T00:00:00Z"
    assert found["employee_id"] == "emp-7"
    assert [one for one in logged if row["_id"] in str(one)], "an error is logged"
    assert "emp-7" not in str(logged), "but not whose it is"
    assert await audit(service).look("past") == 0, "met again it is the same finding"
    assert await service.get("/integrity/open") == {"open": 1}
    closed = await service.post(f"/integrity/{found['id']}/close", {"note": "dipulihkan dari cadangan"})
    assert closed["open"] is False
    await audit(service).look("recent")
    assert await findings(service) == []
    assert await service.get("/integrity/open") == {"open": 0}
    assert (await service.get("/integrity", open="false"))["total"] == 1


async def test_a_removed_punch_is_named(service: Running) -> None:
    row = await three(service)
    await service.parts.journal.collection.delete_one({"_id": row["entry"]})
    await audit(service).look("recent")
    (found,) = await findings(service)
    assert (found["kind"], found["where"], found["punch_id"]) == ("removed", "journal", row["_id"])
    assert found["entry"] == str(row["entry"])


def invented(service: Running, number: str) -> dict[str, Any]:
    punch = PunchRecorded(
        punch_id=number * 32,
        employee_id="emp-7",
        occurred_at=service.clock(),
        local_date=service.clock().date(),
        zone="Asia/Jakarta",
        site_id="wib",
        device_id="SN1",
        source="terminal",
    )
    return {"id": punch.punch_id, "type": punch.TYPE, "key": "emp-7", "time": "x", "data": punch.to_json()}


async def test_a_punch_inserted_into_an_entry_is_named(service: Running) -> None:
    row = await three(service)
    change = {"$push": {"facts": invented(service, "e")}}
    await service.parts.journal.collection.update_one({"_id": row["entry"]}, change)
    await audit(service).look("recent")
    (found,) = await findings(service)
    assert (found["kind"], found["where"], found["punch_id"]) == ("inserted", "journal", "e" * 32)


async def test_an_entry_that_nobody_was_told_of_is_named(service: Running) -> None:
    """As after files of the database were replaced: no change stream has told of it."""
    await three(service)
    entry = {"_id": ObjectId(), "recorded": service.clock() - timedelta(hours=1), "facts": [invented(service, "f")]}
    await service.parts.journal.collection.insert_one(entry)
    await audit(service).look("recent")
    assert await findings(service) == [], "the sealer may not have come by yet"
    await service.parts.db["receipt_chain"].update_one({}, {"$set": {"seen_to": service.clock()}})
    await audit(service).look("recent")
    (found,) = await findings(service)
    assert (found["kind"], found["punch_id"]) == ("inserted", "f" * 32)


async def test_an_entry_dated_back_is_named(service: Running) -> None:
    async with sealing(service):
        await push(service, 1)
        await sealed(service, 1)
        assert await findings(service) == []
        late = service.clock() - timedelta(hours=1)
        entry = {"_id": ObjectId(), "recorded": late, "facts": [invented(service, "d")]}
        await service.parts.journal.collection.insert_one(entry)
        await sealed(service, 2)
    (found,) = await findings(service)
    assert (found["kind"], found["punch_id"], found["entry"]) == ("inserted", "d" * 32, str(entry["_id"]))
    assert "disimpan 3" in found["detail"]


async def test_a_receipt_removed_and_a_chain_cut_short_are_named(service: Running) -> None:
    async with sealing(service):
        await push(service, 1)
        await push(service, 2)
        rows = await sealed(service, 2)
    own = service.parts.receipts.receipts
    await own.rows.delete_one({"_id": rows[0]["_id"]})
    last = (await own.chain())[0]
    await own.links.delete_one({"head.number": last.number})
    await audit(service).look("recent")
    found = await findings(service)
    assert {(one["kind"], one["where"]) for one in found} >= {("chain", "chain")}
    if last.number > 1:
        assert ("removed", "receipt") in {(one["kind"], one["where"]) for one in found}


async def test_an_auditor_checks_a_whole_day(service: Running) -> None:
    async with sealing(service):
        for minute in range(5):
            await push(service, minute)
        rows = await sealed(service, 5)
    await service.parts.db["receipt_chain"].update_one({}, {"$set": {"seen_to": service.clock() + timedelta(hours=1)}})
    first = await whole_day(service)
    assert (first["punches"], first["findings"]) == (5, [])
    entry = rows[3]["entry"]
    await service.parts.journal.collection.delete_one({"_id": entry})
    again = await whole_day(service)
    assert [(one["kind"], one["punch_id"]) for one in again["findings"]] == [("removed", rows[3]["_id"])]
    assert (await service.get("/integrity"))["total"] == 1, "what is found on demand is kept as well"
    assert (await service.post(f"/receipts/days/{today(service)}/check", status=422, cursor="bm8"))["errors"]


async def whole_day(service: Running) -> dict[str, Any]:
    punches, findings, cursor = 0, [], None
    for _ in range(20):
        query: dict[str, Any] = {"cursor": cursor} if cursor else {}
        found = await service.post(f"/receipts/days/{today(service)}/check", **query)
        punches += found["punches"]
        findings += found["findings"]
        cursor = found["next_cursor"]
        if cursor is None:
            return {"punches": punches, "findings": findings}
    raise AssertionError("the check of a day does not end")


async def test_a_damaged_receipt_is_not_handed_out(service: Running) -> None:
    async with sealing(service):
        await push(service, 1)
        (row,) = await sealed(service, 1)
    await service.parts.receipts.receipts.rows.update_one({}, {"$set": {"recorded_at": "2026-03-02T00:00:00Z"}})
    answer = await service.api.get(f"/employees/emp-7/receipts/{row['_id']}")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/receipt-broken")
    missing = await service.api.get(f"/employees/emp-8/receipts/{row['_id']}")
    assert (missing.status_code, missing.json()["type"]) == (404, "/problems/receipt-not-found")


async def test_whose_receipts_are_whose(mongo_uri: str, database_name: str) -> None:
    with Issuer() as issuer:
        async with running(settings_for(mongo_uri, database_name, issuer=issuer.url)) as service:
            await service.register("SN1", pins=["7", "8"])
            async with sealing(service):
                await push(service, 1)
                (row,) = await sealed(service, 1)
            period = "from=2026-03-01&to=2026-03-02"
            own = {"emp-7": 200, "emp-8": 403, "operator": 403, "auditor": 200}
            asked = [
                (f"/employees/emp-7/receipts?{period}", own),
                (f"/employees/emp-7/receipts/{row['_id']}", own),
                ("/receipts/keys", {"emp-7": 200, "emp-8": 200, "operator": 200, "auditor": 200}),
                (f"/receipts/days?{period}", {"emp-7": 403, "operator": 200, "auditor": 200}),
                ("/integrity", {"emp-7": 403, "operator": 200, "auditor": 200}),
                ("/integrity/open", {"emp-7": 403, "bkpsdm": 403, "operator": 200, "auditor": 200}),
            ]
            for path, answers in asked:
                for who, status in answers.items():
                    employee = who.startswith("emp")
                    token = issuer.token("pegawai" if employee else who, employee_id=who if employee else None)
                    answer = await service.api.get(path, headers={"Authorization": f"Bearer {token}"})
                    assert answer.status_code == status, (path, who, answer.text)
            token = issuer.token("operator")
            answer = await service.api.post(
                f"/integrity/{'0' * 24}/close", json={"note": "selesai"}, headers={"Authorization": f"Bearer {token}"}
            )
            assert answer.status_code == 403, "whoever runs the system does not close what is found about it"


async def test_without_a_key_nothing_is_sealed_and_nothing_lost(mongo_uri: str, database_name: str) -> None:
    settings = settings_for(mongo_uri, database_name)
    assert settings.receipt_signer is None
    async with running(settings) as service:
        assert service.parts.receipts.work(None, service.clock, WIB, every=1) == []
        await service.register("SN1", pins=["7"])
        await push(service, 1)
        async with sealing(service):
            await sealed(service, 1)


def test_a_key_comes_from_a_file_or_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KNOWN + "\n")
    for fields in ({"receipt_key": KNOWN}, {"receipt_key_file": tmp_path / "key"}):
        found = settings_for("mongodb://x", "x", **fields).receipt_signer
        assert found is not None
        assert found.key_id == signer().key_id
    for wrong in ({"receipt_key": "secret-but-no-key"}, {"receipt_key_file": tmp_path / "none"}):
        with pytest.raises(SystemExit) as told:
            _ = settings_for("mongodb://x", "x", **wrong).receipt_signer
        assert "secret-but-no-key" not in str(told.value)
