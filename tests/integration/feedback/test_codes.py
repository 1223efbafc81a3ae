"""Codes: told once, kept as a hash, used once, and not to be had beyond what the rule allows."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from services.feedback.ratings import codes
from services.feedback.ratings.store import KEPT
from tests.integration.feedback.conftest import ANI, BUDI, MONDAY, Town

pytestmark = pytest.mark.integration


async def test_a_code_is_told_once_and_kept_as_a_hash(town: Town) -> None:
    service = await town.service()
    body = {"service_id": service, "counter": "Loket 2"}
    answer = await town.ask("POST", f"/employees/{ANI}/codes", ANI, json=body)
    issued = answer.json()
    plain = issued["code"].replace("-", "")
    assert answer.headers["cache-control"] == "no-store"
    assert issued == {
        "code": codes.shown(plain),
        "path": f"/nilai#{plain}",
        "service": "Perekaman KTP",
        "unit": "Unit u-ktp",
        "counter": "Loket 2",
        "expires_at": "2026-11-23T05:30:00Z",
    }
    kept = await town.everything()
    assert plain not in kept
    assert issued["code"] not in kept
    assert codes.digest(plain) in kept


async def test_it_is_read_in_every_way_people_type_it(town: Town) -> None:
    issued = await town.code(await town.service())
    plain: str = issued["code"].replace("-", "")
    pasted = "\N{ZERO WIDTH NO-BREAK SPACE}" + "\N{ZERO WIDTH SPACE}".join(plain)
    ways = (plain, plain.lower(), issued["path"].split("#")[1], f" {' '.join(plain)} ", plain.replace("0", "O"), pasted)
    for typed in ways:
        answer = await town.public("/codes", {"code": typed})
        assert answer.status_code == 200, typed
    form = answer.json()
    assert (form["service"], form["unit"], form["counter"]) == ("Perekaman KTP", "Unit u-ktp", None)
    assert form["expires_at"] == issued["expires_at"]
    assert {reason["id"] for reason in form["reasons"]} >= {"quick", "pungli"}
    assert set(form["reasons"][0]) == {"id", "id_text", "en_text"}


async def test_what_is_not_given_gets_no_code(town: Town) -> None:
    service = await town.service()
    ended = await town.service(valid_to="2026-11-22")
    for body, pointer in (
        ({"service_id": "nothing"}, "/body/service_id"),
        ({"service_id": ended}, "/body/service_id"),
        ({"service_id": service, "counter": "Loket 9"}, "/body/counter"),
    ):
        answer = await town.ask("POST", f"/employees/{ANI}/codes", ANI, json=body)
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


async def test_who_may_issue_for_whom(town: Town) -> None:
    body = {"service_id": await town.service()}
    for who, roles, whose, status in (
        (ANI, (), BUDI, 403),
        (None, ("bkpsdm",), ANI, 403),
        (None, ("integration",), ANI, 201),
        (None, ("integration",), "emp-nobody", 404),
    ):
        answer = await town.ask("POST", f"/employees/{whose}/codes", who, *roles, json=body)
        assert answer.status_code == status, (who, roles, whose)


async def test_a_transaction_gets_one_code_a_day(town: Town) -> None:
    service, other = await town.service(), await town.service(name="Perekaman KK")
    await town.code(service, reference="A 012")
    again = await town.code(service, BUDI, status=409, reference=" a 012 ")
    assert again["type"] == "/problems/reference-used"
    await town.code(service, BUDI, status=409, reference="A\N{ZERO WIDTH SPACE} 012\N{SOFT HYPHEN}")
    await town.code(other, reference="A 012")
    assert "A 012" not in (await town.everything()).upper()
    town.clock[0] = MONDAY + timedelta(days=1)
    await town.code(service, reference="A 012")
    many = await asyncio.gather(
        *(
            town.ask("POST", f"/employees/{ANI}/codes", ANI, json={"service_id": service, "reference": "B1"})
            for _ in range(4)
        )
    )
    assert sorted(one.status_code for one in many) == [201, 409, 409, 409]


async def test_an_hour_has_so_many_codes_an_employee(town: Town) -> None:
    service = await town.service()
    town.clock[0] = MONDAY + timedelta(minutes=10)
    many = await asyncio.gather(
        *(town.ask("POST", f"/employees/{ANI}/codes", ANI, json={"service_id": service}) for _ in range(3))
    )
    assert [one.status_code for one in many] == [201] * 3
    await town.parts.db["codes_issued"].update_one({}, {"$set": {"codes": 60}})
    answer = await town.ask("POST", f"/employees/{ANI}/codes", ANI, json={"service_id": service})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1201")
    await town.code(service, BUDI)
    town.clock[0] = MONDAY + timedelta(minutes=31)
    await town.code(service)


async def test_of_two_at_one_instant_one_counts_and_the_other_is_told(town: Town) -> None:
    issued = await town.code(await town.service())
    body = {"code": issued["code"], "stars": 4}
    answers = await asyncio.gather(*(town.public("/ratings", body) for _ in range(6)))
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409, 409, 409]
    assert {one.json()["type"] for one in answers if one.status_code == 409} == {"/problems/code-used"}
    assert (await town.public("/codes", {"code": issued["code"]})).status_code == 409
    day: Any = await town.parts.db["service_days"].find_one()
    assert (day["ratings"], day["version"]) == (1, 1)


async def test_a_code_runs_out_and_says_so_for_a_week(town: Town) -> None:
    service = await town.service()
    issued = await town.code(service)
    town.clock[0] = MONDAY + timedelta(minutes=119, seconds=59)
    assert (await town.public("/codes", {"code": issued["code"]})).status_code == 200
    town.clock[0] = MONDAY + timedelta(minutes=120)
    for path, more in (("/codes", {}), ("/ratings", {"stars": 5})):
        answer = await town.public(path, {"code": issued["code"], **more})
        assert (answer.status_code, answer.json()["type"]) == (410, "/problems/code-expired")
    indexes = await town.parts.db["codes"].index_information()
    assert indexes["purge"]["expireAfterSeconds"] == KEPT.total_seconds()
    assert await town.parts.db["service_days"].count_documents({}) == 0


async def test_a_code_that_is_none_is_told_apart_from_one_that_is_not_there(town: Town) -> None:
    wrong = await town.public("/codes", {"code": "123"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"] == [
        {"pointer": "/body/code", "detail": "kode terdiri dari 12 huruf dan angka; periksa kembali"}
    ]
    missing = await town.public("/codes", {"code": codes.new()})
    assert (missing.status_code, missing.json()["type"]) == (404, "/problems/code-unknown")
