"""Leave on a real database, with real tokens: asked, decided, cancelled, by everybody who may and who may not."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from contracts.events.days import DutyChanged
from contracts.events.directory import EmployeeChanged
from contracts.events.leave import LeaveChanged
from services.attendance.directory.folds import employee_document
from services.attendance.schedules.models import Assigned, Beginning, Holiday, Pattern
from services.attendance.schedules.store import ASSIGNED, BEGINNINGS, HOLIDAYS, PATTERNS
from services.attendance.sheets.store import Sheets
from tests.integration.attendance.conftest import Running, running, settings_for
from tests.stack.issuer import Issuer
from tests.unit.attendance.making import LONG_AGO, OFFICE, given, holiday

pytestmark = pytest.mark.integration

NOW = datetime(2026, 5, 25, 3, tzinfo=UTC)
PEOPLE = {"ani": "budi", "budi": "citra", "citra": None, "dodi": "citra", "eka": None, "feri": "eka"}
NUMBERS = {"ani": "199001012015031001", "dodi": "199001012024212001"}


def employee(who: str, superior: str | None) -> dict[str, Any]:
    """As the worker copies it from the directory's topic."""
    number = NUMBERS.get(who, "198001012010011009")
    kind = "pppk" if who == "dodi" else "pns"
    post = {"valid_from": "2020-01-01", "unit_id": "dinas", "post_id": f"post-{who}", "post_title": "Staf"}
    state = EmployeeChanged.model_validate(
        {
            "employee_id": who,
            "name": who.title(),
            "sex": "female",
            "status": kind,
            "numbers": [
                {"valid_from": "2024-01-01" if who == "dodi" else "2020-01-01", "number": number, "kind": kind}
            ],
            "assignments": [{**post, "site_id": "wib", "superior_id": superior}],
            "changed_at": NOW,
        }
    )
    return employee_document(state)


@dataclass
class Office:
    """The service, and accounts of its people. Citra is of the personnel agency."""

    service: Running
    issuer: Issuer

    @property
    def sheets(self) -> Sheets:
        parts = self.service.parts
        return Sheets(parts.db, parts.journal, parts.clock)

    async def ask(
        self, method: str, path: str, status: int, who: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        roles = ("pegawai", "bkpsdm") if who == "citra" else ("pegawai",)
        token = {"Authorization": f"Bearer {self.issuer.token(*roles, employee_id=who)}"}
        answer = await self.service.api.request(method, path, json=body, headers={**token, **headers})
        assert answer.status_code == status, answer.text
        return answer

    async def request(self, who: str = "ani", status: int = 201, key: str | None = None, **fields: Any) -> Any:
        body = {"kind": "annual", "first": "2026-06-01", "last": fields.get("first", "2026-06-01"), **fields}
        headers = {"Idempotency-Key": key or str(uuid4())}
        return (await self.ask("POST", f"/employees/{who}/leave", status, who, body, **headers)).json()

    async def decide(self, who: str, outcome: str, *requests: str, words: str | None = "Sudah diperiksa.") -> Any:
        body = {"requests": list(requests), "outcome": outcome, "words": words}
        answer = (await self.ask("POST", "/leave/decisions", 200, who, body)).json()["items"]
        return answer[0] if len(requests) == 1 else answer

    async def cancel(self, row: Any, status: int = 200, who: str = "ani", **body: Any) -> Any:
        path = f"/employees/{row['employee_id']}/leave/{row['id']}/cancellation"
        answer = await self.ask("POST", path, status, who, body, **{"If-Match": f'"{row["version"]}"'})
        return answer.json()

    async def left(self, who: str = "ani", year: int = 2026) -> str:
        found = await self.ask("GET", f"/employees/{who}/leave-balance?year={year}", 200, who)
        return str(found.json()["left"])

    async def one(self, row: Any, who: str = "ani") -> Any:
        return (await self.ask("GET", f"/employees/{row['employee_id']}/leave/{row['id']}", 200, who)).json()

    async def waiting(self, who: str) -> list[str]:
        found = (await self.ask("GET", "/leave", 200, who)).json()
        count = (await self.ask("GET", "/leave/waiting", 200, who)).json()
        assert found["total"] == count["waiting"] == len(found["items"])
        return [one["id"] for one in found["items"]]

    async def excuses(self, who: str = "ani") -> list[tuple[str, str, str, str]]:
        sheet = await self.sheets.read(who, date(2026, 1, 1), date(2026, 12, 31))
        return [(one.excuse.kind, one.excuse.label, str(one.first), str(one.last)) for one in sheet.granted]

    async def facts(self, kind: type[Any] = LeaveChanged) -> list[Any]:
        found = []
        async for entry in self.service.parts.db["events"].find().sort("_id", 1):
            found += [kind.model_validate_json(one["data"]) for one in entry["facts"] if one["type"] == kind.TYPE]
        return found

    def later(self, **by: float) -> None:
        assert self.service.clock.fixed is not None
        self.service.clock.fixed += timedelta(**by)


@pytest.fixture
async def office(mongo_uri: str, database_name: str) -> AsyncIterator[Office]:
    """An office of five days; the first of June 2026 is a Monday, its Thursday a holiday."""
    with Issuer() as issuer:
        async with running(settings_for(mongo_uri, database_name, issuer=issuer.url)) as service:
            service.clock.fixed = NOW
            db = service.parts.db
            await db["employees"].insert_many([employee(who, above) for who, above in PEOPLE.items()])
            free = holiday(date(2026, 6, 4))
            begun = Beginning(id="awal", day=LONG_AGO, source="SK")
            rows: tuple[tuple[str, Pattern | Assigned | Holiday | Beginning], ...] = (
                (PATTERNS, OFFICE),
                (ASSIGNED, given("unit", "dinas", "kantor")),
                (HOLIDAYS, free),
                (BEGINNINGS, begun),
            )
            for kind, model in rows:
                await db[kind].insert_one({"_id": model.id, **model.model_dump(mode="json")})
            yield Office(service, issuer)


async def test_from_the_request_to_the_day(office: Office) -> None:
    row = await office.request(last="2026-06-05", reason="Acara keluarga")
    assert (row["status"], row["working_days"], row["rule"]) == ("waiting", "4", "annual-pns-2017")
    assert (await office.left(), await office.excuses()) == ("12", []), "a request alone does nothing"
    assert await office.waiting("budi") == [row["id"]]
    assert await office.decide("budi", "approved", row["id"], words=None) == {
        "id": row["id"],
        "status": "approved",
        "refused": "",
    }
    assert await office.left() == "8"
    assert await office.excuses() == [("leave", "annual", "2026-06-01", "2026-06-05")]
    assert await office.waiting("budi") == []
    shown = await office.one(row)
    assert [(one["what"], one["by"]) for one in shown["steps"]] == [("requested", "ani"), ("approved", "budi")]
    told = await office.facts()
    assert [(one.version, one.status, one.half_days, one.decided_by) for one in told] == [
        (1, "waiting", 8, None),
        (2, "approved", 8, "budi"),
    ]
    assert "Acara" not in " ".join(one.to_json().decode() for one in told), "why stays here"
    (duty,) = await office.facts(DutyChanged)
    assert (str(duty.first), str(duty.last)) == ("2026-06-01", "2026-06-05")


async def test_the_balance_shows_every_line(office: Office) -> None:
    row = await office.request(last="2026-06-02")
    await office.decide("budi", "approved", row["id"])
    shown = (await office.ask("GET", "/employees/ani/leave-balance?year=2026", 200, "ani")).json()
    assert [(one["what"], one["days"], one["rule"]) for one in shown["entries"]] == [
        ("grant", "12", "annual-pns-2017"),
        ("use", "-2", "annual-pns-2017"),
    ]
    assert [shown[name] for name in ("carried", "granted", "adjusted", "used", "forfeited", "left")] == [
        "0", "12", "0", "2", "0", "10",
    ]  # fmt: skip
    following = (await office.ask("GET", "/employees/ani/leave-balance?year=2027", 200, "ani")).json()
    assert (following["carried"], following["left"]) == ("6", "18")
    await office.ask("GET", "/employees/ani/leave-balance?year=2025", 422, "ani")


async def test_two_at_once_cannot_overdraw(office: Office) -> None:
    """Three requests of nine days each fit one by one, and together only one of them."""
    rows = [await office.request(first=f"2026-{month}-01", last=f"2026-{month}-13") for month in ("07", "09", "10")]
    answers = await asyncio.gather(*(office.decide("budi", "approved", row["id"]) for row in rows))
    approved = [one for one in answers if one["status"] == "approved"]
    assert len(approved) == 1
    assert all("sisa cuti tahunan tidak cukup" in one["refused"] for one in answers if one not in approved)
    assert await office.left() == "3"
    assert len(await office.excuses()) == 1


async def test_two_requests_for_the_same_day_at_once_are_one(office: Office) -> None:
    async def once() -> int:
        body = {"kind": "sick", "first": "2026-06-01", "last": "2026-06-01"}
        token = {"Authorization": f"Bearer {office.issuer.token('pegawai', employee_id='ani')}"}
        headers = {**token, "Idempotency-Key": str(uuid4())}
        return (await office.service.api.post("/employees/ani/leave", json=body, headers=headers)).status_code

    assert sorted(await asyncio.gather(*(once() for _ in range(4)))) == [201, 422, 422, 422]


async def test_sent_twice_it_is_one(office: Office) -> None:
    first = await office.request(key="the-same-key")
    assert await office.request(key="the-same-key") == first
    assert len(await office.facts()) == 1
    await office.request(key="the-same-key", status=409, kind="sick")


async def test_everything_wrong_at_once_and_before_sending(office: Office) -> None:
    body = {"kind": "duty", "first": "2026-01-05", "last": "2026-01-05", "part": "hours"}
    shown = (await office.ask("POST", "/employees/ani/leave-preview", 200, "ani", body)).json()
    assert {one["field"] for one in shown["wrong"]} == {"part", "place", "letter", "first"}
    refused = await office.request(status=422, **body)
    assert {one["pointer"] for one in refused["errors"]} == {
        f"/body/{name}" for name in ("part", "place", "letter", "first")
    }
    fine = {"kind": "annual", "first": "2026-06-01", "last": "2026-06-07"}
    shown = (await office.ask("POST", "/employees/ani/leave-preview", 200, "ani", fine)).json()
    assert (shown["working_days"], shown["left_before"], shown["left_after"], shown["wrong"]) == ("4", "12", "8", [])
    assert [(one["day"], one["kind"]) for one in shown["skipped"]] == [
        ("2026-06-04", "holiday"), ("2026-06-06", "off"), ("2026-06-07", "off"),
    ]  # fmt: skip


async def test_a_returned_request_is_mended_and_waits_again(office: Office) -> None:
    row = await office.request()
    await office.decide("budi", "returned", row["id"], words="Tanggal 1 ada apel.")
    assert await office.waiting("budi") == []
    path = f"/employees/ani/leave/{row['id']}"
    mended = {"kind": "annual", "first": "2026-06-02", "last": "2026-06-02"}
    await office.ask("PUT", path, 412, "ani", mended, **{"If-Match": '"1"'})
    await office.ask("PUT", path, 428, "ani", mended)
    shown = (await office.ask("PUT", path, 200, "ani", mended, **{"If-Match": '"2"'})).json()
    assert (shown["status"], shown["first"], shown["version"]) == ("waiting", "2026-06-02", 3)
    assert await office.waiting("budi") == [row["id"]]


async def test_cancelled_before_it_begins_the_days_come_back_at_once(office: Office) -> None:
    row = await office.request(last="2026-06-02")
    await office.decide("budi", "approved", row["id"])
    shown = await office.cancel(await office.one(row))
    assert (shown["status"], await office.left(), await office.excuses()) == ("cancelled", "12", [])
    assert len(await office.facts(DutyChanged)) == 2


async def test_once_begun_the_superior_agrees_to_give_the_rest_back(office: Office) -> None:
    row = await office.request(last="2026-06-05")
    await office.decide("budi", "approved", row["id"])
    office.later(days=8)  # the second of June
    begun = await office.one(row)
    await office.cancel(begun, 409)
    asks = await office.cancel(begun, words="Dipanggil kembali ke kantor", since="2026-06-03")
    assert (asks["status"], await office.left()) == ("cancelling", "8")
    assert await office.waiting("budi") == [row["id"]]
    await office.decide("budi", "approved", row["id"], words=None)
    shown = await office.one(row)
    assert (shown["status"], shown["last"], shown["working_days"]) == ("approved", "2026-06-02", "2")
    assert (await office.left(), await office.excuses()) == ("10", [("leave", "annual", "2026-06-01", "2026-06-02")])


async def test_hours_lie_on_the_sheet_as_instants(office: Office) -> None:
    row = await office.request(kind="late", part="hours", until="09:15", reason="Ban bocor")
    await office.decide("budi", "approved", row["id"])
    sheet = await office.sheets.read("ani", date(2026, 6, 1), date(2026, 6, 1))
    (granted,) = sheet.granted
    assert granted.excuse.interval == (
        datetime(2026, 6, 1, 0, 30, tzinfo=UTC),
        datetime(2026, 6, 1, 2, 15, tzinfo=UTC),
    )
    assert granted.excuse.kind == "permit"


async def test_who_may_decide(office: Office) -> None:
    row = await office.request()
    for leads_nobody in ("ani", "dodi"):
        body = {"requests": [row["id"]], "outcome": "approved"}
        await office.ask("POST", "/leave/decisions", 403, leads_nobody, body)
    assert "bukan wewenang" in (await office.decide("eka", "approved", row["id"]))["refused"], "eka leads feri only"
    assert "bukan wewenang" in (await office.decide("citra", "approved", row["id"]))["refused"], "ani has a superior"
    assert "bukan wewenang" in (await office.decide("budi", "approved", "no-such-request"))["refused"]
    led_by_nobody = await office.request("eka")
    assert await office.waiting("citra") == [led_by_nobody["id"]]
    assert (await office.decide("citra", "approved", led_by_nobody["id"]))["status"] == "approved"


async def test_the_agency_alone_decides_unpaid_leave_and_nobody_their_own(office: Office) -> None:
    fields: dict[str, Any] = {
        "kind": "unpaid",
        "last": "2027-05-31",
        "reason": "Mengikuti suami",
        "letter": "SK 7/2026",
    }
    row = await office.request(**fields)
    assert await office.waiting("budi") == []
    assert "bukan wewenang" in (await office.decide("budi", "approved", row["id"]))["refused"]
    own = await office.request("citra", **{**fields, "first": "2026-06-01"})
    assert await office.waiting("citra") == [row["id"]]
    assert "sendiri" in (await office.decide("citra", "approved", own["id"]))["refused"]
    assert (await office.decide("citra", "approved", row["id"]))["status"] == "approved"


async def test_whoever_acts_for_the_superior_decides(office: Office) -> None:
    acting = {"kind": "plh", "valid_from": "2026-05-01", "unit_id": "dinas", "post_id": "post-budi", "site_id": "wib"}
    await office.service.parts.db["employees"].update_one({"_id": "dodi"}, {"$push": {"assignments": acting}})
    row = await office.request()
    assert (await office.decide("dodi", "approved", row["id"]))["status"] == "approved"


async def test_many_at_once_each_by_itself(office: Office) -> None:
    one, other = await office.request(), await office.request(first="2026-06-02")
    answers = await office.decide("budi", "approved", one["id"], "unknown", other["id"])
    assert [answer["status"] for answer in answers] == ["approved", None, "approved"]
    assert await office.left() == "10"


async def test_a_decision_needs_words_unless_it_approves(office: Office) -> None:
    row = await office.request()
    body = {"requests": [row["id"]], "outcome": "rejected"}
    await office.ask("POST", "/leave/decisions", 422, "budi", body)


async def test_what_came_on_paper(office: Office) -> None:
    body = {"kind": "annual", "first": "2026-02-02", "last": "2026-02-03", "letter": "800/12/2026"}
    path, key = "/employees/ani/paper-leave", {"Idempotency-Key": "paper-of-ani"}
    await office.request(status=422, **{**body, "letter": ""})
    await office.ask("POST", path, 403, "budi", body, **key)
    shown = (await office.ask("POST", path, 201, "citra", body, **key)).json()
    assert (shown["status"], shown["paper"], shown["working_days"]) == ("approved", True, "2")
    assert (await office.left(), len(await office.excuses())) == ("10", 1)
    sheet = await office.sheets.read("ani", date(2026, 2, 2), date(2026, 2, 2))
    assert sheet.granted[0].excuse.source == "800/12/2026"
    await office.ask("POST", "/employees/citra/paper-leave", 403, "citra", body, **{"Idempotency-Key": "my-own-paper"})


async def test_the_agency_adjusts_with_a_reason_and_never_below_zero(office: Office) -> None:
    path, words = "/employees/ani/leave-adjustments", "Sisa cuti 2025 menurut kartu cuti"

    async def adjust(days: str, status: int, who: str = "citra", whose: str = path) -> Any:
        body = {"day": "2026-01-01", "days": days, "words": words}
        return (await office.ask("POST", whose, status, who, body, **{"Idempotency-Key": str(uuid4())})).json()

    shown = await adjust("6", 201)
    assert (shown["left"], shown["adjusted"], shown["entries"][-1]["words"]) == ("18", "6", words)
    assert (await adjust("-18.5", 422))["errors"][0]["pointer"] == "/body/days"
    await adjust("0.3", 422)
    await adjust("1", 403, who="budi")
    await adjust("1", 403, whose="/employees/citra/leave-adjustments")
    assert await office.left() == "18"


async def test_pppk_are_offered_what_they_have(office: Office) -> None:
    async def kinds(who: str) -> list[str]:
        found = (await office.ask("GET", f"/employees/{who}/leave-kinds?date=2026-06-01", 200, who)).json()
        return [one["kind"] for one in found["items"]]

    assert set(await kinds("ani")) - set(await kinds("dodi")) == {"important", "big", "unpaid"}
    refused = await office.request("dodi", 422, kind="important", reason="Menikah")
    assert refused["errors"] == [{"pointer": "/body/kind", "detail": "tidak tersedia bagi PPPK"}]


async def test_who_sees_whose(office: Office) -> None:
    row = await office.request()
    period = "from=2026-06-01&to=2026-06-30"
    for who, status in {"ani": 200, "budi": 200, "citra": 200, "dodi": 403, "eka": 403}.items():
        await office.ask("GET", f"/employees/ani/leave?{period}", status, who)
        await office.ask("GET", f"/employees/ani/leave/{row['id']}", status, who)
    await office.ask("GET", f"/employees/dodi/leave/{row['id']}", 404, "dodi")
    await office.ask("POST", f"/employees/dodi/leave/{row['id']}/cancellation", 404, "dodi", {}, **{"If-Match": '"1"'})
    reads = [
        json.loads(one["data"])
        async for entry in office.service.parts.db["events"].find({"facts.type": {"$regex": "person.viewed"}})
        for one in entry["facts"]
    ]
    assert {(one["reader_id"], one["operation"]) for one in reads} == {
        (who, operation) for who in ("budi", "citra") for operation in ("list_leave", "get_leave")
    }


async def test_what_cannot_be_seen_is_not_stored(office: Office) -> None:
    row = await office.request(reason="Acara\u200b keluarga\u202e")
    assert row["reason"] == "Acara keluarga"
    await office.request(status=422, first="2026-06-02", letter="=1+1")
