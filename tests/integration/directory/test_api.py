"""The JSON API over a real database: every bad field at once, versions, repetition, lists, files in and out."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest

from kit.idempotency import Idempotency
from services.directory.app import Parts, create
from services.directory.demo.load import archive
from services.directory.demo.people import employee_id, employees
from services.directory.ids import entity_id
from services.directory.register.store import Register
from services.directory.settings import DirectorySettings
from services.directory.superiors.store import Reports
from services.directory.transfer.records import Imports
from services.directory.transfer.running import ImportRunner
from services.directory.transfer.writing import csv_lines
from tests.integration.directory.conftest import NOW

API = "/api/directory/v1"
TOKEN = "a-token-for-this-test-only"
PEOPLE = 320
CITY = archive(PEOPLE)
DINKES, ROOT, HALL = entity_id("unit", "U17"), entity_id("unit", "U00"), entity_id("site", "L01")


@pytest.fixture
async def parts(register: Register) -> Parts:
    db = register.db
    parts = Parts(register.client, db, register, Imports(db), Idempotency(db), Reports(db))
    await parts.setup()
    return parts


@pytest.fixture
async def http(parts: Parts) -> AsyncIterator[httpx.AsyncClient]:
    settings = DirectorySettings(
        kafka="127.0.0.1:1", mongo="mongodb://unused", mongo_database="unused", port=14030, token=TOKEN
    )
    transport = httpx.ASGITransport(create(settings, parts))
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://directory", headers=headers) as client:
        yield client


@pytest.fixture
async def city(parts: Parts) -> None:
    identity = await parts.imports.create(CITY, "kota.zip", dry_run=False, encoding=None, at=NOW)
    await ImportRunner(parts.register, parts.imports, "test").run(identity)


def key() -> dict[str, str]:
    return {"Idempotency-Key": uuid4().hex}


def pointers(answer: httpx.Response) -> list[str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return sorted(error["pointer"] for error in answer.json()["errors"])


SITE = {"code": "L99", "name": "Kantor Baru", "zone": "Asia/Makassar", "valid_from": "2026-01-01"}


async def test_without_the_token_nothing_answers(http: httpx.AsyncClient) -> None:
    for path in ("/units", "/employees", "/imports", "/export.xlsx", "/template.xlsx", "/nowhere"):
        assert (await http.get(API + path, headers={"Authorization": ""})).status_code == 401


@pytest.mark.usefixtures("city")
async def test_an_employee_wrong_in_everything_is_told_everything_at_once(http: httpx.AsyncClient) -> None:
    body = {
        "name": "=HYPERLINK(1)",
        "sex": "x",
        "status": "pns",
        "unknown": 1,
        "numbers": [{"number": "198613262015131000", "kind": "pns", "valid_from": "2015-05-01"}],
        "assignments": [
            {"unit_id": "x", "post_id": "x", "site_id": HALL, "superior_id": "x", "valid_from": "2020-01-01"},
            {"unit_id": DINKES, "valid_from": "2020-02-30"},
        ],
    }
    answer = await http.post(f"{API}/employees", json=body, headers=key())
    assert answer.status_code == 422
    told = {error["pointer"]: error["detail"] for error in answer.json()["errors"]}
    assert told["/body/unknown"] == "isian ini tidak dikenal"
    assert pointers(answer) == [
        "/body/assignments/0/post_id",
        "/body/assignments/0/superior_id",
        "/body/assignments/0/unit_id",
        "/body/assignments/1/post_id",
        "/body/assignments/1/site_id",
        "/body/assignments/1/valid_from",
        "/body/code",
        "/body/name",
        "/body/numbers/0/number",
        "/body/numbers/0/number",
        "/body/numbers/0/number",
        "/body/sex",
        "/body/unknown",
    ]


@pytest.mark.usefixtures("city")
async def test_create_get_change_and_look_back(http: httpx.AsyncClient) -> None:
    created = await http.post(f"{API}/sites", json=SITE, headers=key())
    assert (created.status_code, created.headers["etag"]) == (201, '"1"')
    where = created.headers["location"]
    read = await http.get(where)
    assert read.json() == created.json()
    assert read.headers["etag"] == '"1"'

    assert (await http.patch(where, json={"name": "X"})).status_code == 428
    assert pointers(await http.patch(where, json={"name": "X"}, headers={"If-Match": "*"})) == ["/header/If-Match"]
    new = {"name": "Kantor Timur", "valid_to": "2030-12-31"}
    changed = await http.patch(where, json=new, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"], changed.json()["name"]) == (200, '"2"', "Kantor Timur")

    stale = await http.put(where, json=SITE | {"name": "Lain"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.headers["etag"]) == (412, '"2"')
    assert "versi 1" in stale.json()["detail"]
    assert "versi 2" in stale.json()["detail"]

    history = (await http.get(f"{where}/history")).json()
    assert [(one["version"], one["state"]["name"]) for one in history] == [(2, "Kantor Timur"), (1, "Kantor Baru")]
    assert history[0]["changed"] == ["valid_to", "name"]


async def test_a_command_sent_twice_is_done_once(http: httpx.AsyncClient) -> None:
    same = key()
    first, second = [await http.post(f"{API}/sites", json=SITE, headers=same) for _ in range(2)]
    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.content, second.headers["idempotency-replayed"]) == (second.content, "true")
    other = await http.post(f"{API}/sites", json=SITE | {"name": "Lain"}, headers=same)
    assert (other.status_code, other.json()["type"]) == (409, "/problems/idempotency-key-reused")
    again = await http.post(f"{API}/sites", json=SITE, headers=key())
    assert (again.status_code, again.json()["type"]) == (409, "/problems/already-exists")
    assert pointers(await http.post(f"{API}/sites", json=SITE)) == ["/header/Idempotency-Key"]


async def test_a_refused_command_may_be_mended_under_its_key(http: httpx.AsyncClient) -> None:
    same = key()
    bad = await http.post(f"{API}/sites", json=SITE | {"valid_to": "2025-01-01"}, headers=same)
    assert pointers(bad) == ["/body/valid_to"]
    assert (await http.post(f"{API}/sites", json=SITE, headers=same)).status_code == 201


@pytest.mark.usefixtures("city")
async def test_rules_that_need_the_directory(http: httpx.AsyncClient) -> None:
    person = f"{API}/employees/{employee_id(5)}"
    before = (await http.get(person)).json()
    held = before["assignments"]
    held[-1]["superior_id"] = employee_id(5)
    refused = await http.patch(person, json={"assignments": held}, headers={"If-Match": '"1"'})
    assert pointers(refused) == [f"/body/assignments/{len(held) - 1}/superior_id"]
    refused = await http.patch(person, json={"code": "P9"}, headers={"If-Match": '"1"'})
    assert pointers(refused) == ["/body/code"]
    broken = await http.patch(person, json={"sex": None, "numbers": []}, headers={"If-Match": '"1"'})
    assert pointers(broken) == ["/body/sex"]
    unit = await http.get(f"{API}/units/{ROOT}")
    versions = [version | {"parent_id": DINKES} for version in unit.json()["versions"]]
    refused = await http.patch(f"{API}/units/{ROOT}", json={"versions": versions}, headers={"If-Match": '"1"'})
    assert "U00 → U17 → U00" in refused.json()["errors"][0]["detail"]
    assert (await http.get(person)).json() == (before | (await http.get(person)).json())
    assert (await http.get(f"{API}/employees/none")).status_code == 404
    assert (await http.put(f"{API}/sites/none", json=SITE, headers={"If-Match": '"1"'})).status_code == 404


@pytest.mark.usefixtures("city")
async def test_text_that_storage_could_not_take_is_refused_not_a_crash(http: httpx.AsyncClient) -> None:
    lone = '"\\ud800"'
    body = (
        f'{{"code":{lone},"name":{lone},"sex":{lone},"status":"pns",'
        f'"numbers":[{{"number":{lone},"kind":"pns","valid_from":"2015-05-01"}}],'
        f'"assignments":[{{"unit_id":{lone},"post_id":"a\\u0000","site_id":"b","valid_from":"2020-01-01"}}]}}'
    )
    headers = {**key(), "Content-Type": "application/json"}
    answer = await http.post(f"{API}/employees", content=body, headers=headers)
    assert answer.status_code == 422
    assert len(pointers(answer)) == 6
    for path in ("/employees?q=%00a", "/employees?cursor=WyJcdWQ4MDAiLCAiYSJd", "/employees?cursor=WzEsMl0"):
        assert (await http.get(API + path)).status_code == 422
    for path in ("/employees?q=%5B%28%5C", "/employees?unit=%00&site=%FF&number=%24ne"):
        assert (await http.get(API + path)).json()["total"] == 0


@pytest.mark.usefixtures("city")
async def test_lists(http: httpx.AsyncClient) -> None:
    people = list(employees(PEOPLE))
    everybody = await walk(http, f"{API}/employees?limit=90")
    assert [one["code"] for one in everybody] == [
        one.code for one in sorted(people, key=lambda one: (one.name.casefold(), entity_id("employee", one.code)))
    ]
    wanted = people[6]
    found = await walk(http, f"{API}/employees?q={wanted.name.split()[0][:4]} {wanted.numbers[0].number[:12]}")
    assert wanted.code in [one["code"] for one in found]
    (owner,) = await walk(http, f"{API}/employees?number={wanted.numbers[0].number}")
    assert owner["code"] == wanted.code
    health = {one["code"] for one in await walk(http, f"{API}/employees?unit={DINKES}&as_of=2026-11-22")}
    units = {entity_id("unit", f"U{n}") for n in (17, *range(43, 57))}
    day = NOW.date()
    assert health == {
        one.code
        for one in people
        if any(a.unit_id in units and a.valid_from <= day <= (a.valid_to or day) for a in one.assignments)
    }
    itself = {one["code"] for one in await walk(http, f"{API}/employees?unit={DINKES}&below=false&as_of=2026-11-22")}
    assert itself == {
        one.code
        for one in people
        if any(a.unit_id == DINKES and a.valid_from <= day <= (a.valid_to or day) for a in one.assignments)
    }
    assert itself < health
    superior = employee_id(1)
    assert {one["code"] for one in await walk(http, f"{API}/employees?superior={superior}")} == {
        one.code
        for one in people
        if any(a.superior_id == superior and a.valid_from <= day <= (a.valid_to or day) for a in one.assignments)
    }
    numbers = [one["numbers"][-1]["number"] for one in await walk(http, f"{API}/employees?limit=400&order=number")]
    assert numbers == sorted(one.numbers[-1].number for one in people)
    backwards = await walk(http, f"{API}/employees?limit=400&order=-number")
    assert [one["numbers"][-1]["number"] for one in backwards] == numbers[::-1]
    names = [one["name"] for one in await walk(http, f"{API}/employees?limit=400&order=-name")]
    assert names == sorted((one.name for one in people), key=str.casefold, reverse=True)
    assert pointers(await http.get(f"{API}/employees?order=unit")) == ["/query/order"]
    bad = await http.get(f"{API}/employees?cursor=zzz")
    assert pointers(bad) == ["/query/cursor"]
    assert pointers(await http.get(f"{API}/sites?limit=0&as_of=x")) == ["/query/as_of", "/query/limit"]


async def walk(http: httpx.AsyncClient, path: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = (await http.get(f"{path}&cursor={cursor}" if cursor else path)).json()
        items += page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            assert page["total"] == len(items)
            return items


@pytest.mark.usefixtures("city")
async def test_the_tree_is_of_a_day(http: httpx.AsyncClient) -> None:
    now = (await http.get(f"{API}/units/tree?as_of=2026-11-22")).json()["items"]
    then = (await http.get(f"{API}/units/tree?as_of=2022-01-01")).json()["items"]
    assert len(now) == 60
    seen: set[str | None] = {None}
    for node in now:
        assert node["parent_id"] in seen
        seen.add(node["id"])
    names = [{node["code"]: node["name"] for node in tree}["U21"] for tree in (then, now)]
    assert names == ["Dinas Tenaga Kerja", "Dinas Tenaga Kerja dan Perindustrian"]
    assert (await http.get(f"{API}/units/tree?as_of=2008-12-31")).json()["items"] == []


async def upload(http: httpx.AsyncClient, parts: Parts, name: str, data: bytes, query: str = "") -> dict[str, Any]:
    sent = await http.post(f"{API}/imports?filename={name}{query}", content=data, headers=key())
    assert sent.status_code == 202, sent.text
    await ImportRunner(parts.register, parts.imports, "test").run(sent.json()["id"])
    found: dict[str, Any] = (await http.get(sent.headers["location"])).json()
    return found


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("name", ["export.xlsx", "export.zip"])
async def test_what_is_exported_comes_back_as_it_was(http: httpx.AsyncClient, parts: Parts, name: str) -> None:
    exported = await http.get(f"{API}/{name}")
    assert exported.status_code == 200
    record = await upload(http, parts, name, exported.content)
    assert (record["state"], record["errors"], record["warnings"]) == ("applied", 0, 0)
    assert {kind: (c["new"], c["changed"]) for kind, c in record["counts"].items()} == dict.fromkeys(
        ("site", "unit", "post", "employee"), (0, 0)
    )
    assert record["counts"]["employee"]["unchanged"] == PEOPLE
    assert (await parts.register.head())["revision"] == 1


@pytest.mark.usefixtures("city")
async def test_single_lists_as_csv_come_back_too(http: httpx.AsyncClient, parts: Parts) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive_out:
        for sheet in ("unit", "lokasi", "jabatan", "pegawai", "pangkat", "penugasan"):
            answer = await http.get(f"{API}/export/{sheet}.csv")
            assert answer.headers["content-disposition"] == f'attachment; filename="{sheet}.csv"'
            archive_out.writestr(f"{sheet}.csv", answer.content)
    record = await upload(http, parts, "semua.zip", buffer.getvalue())
    assert (record["state"], record["counts"]["employee"]["unchanged"]) == ("applied", PEOPLE)
    assert (await http.get(f"{API}/export/lain.csv")).status_code == 422


async def test_templates_can_be_read_by_the_import(http: httpx.AsyncClient, parts: Parts) -> None:
    empty = await upload(http, parts, "t.xlsx", (await http.get(f"{API}/template.xlsx")).content)
    assert [one["detail"] for one in empty["findings"]] == ["berkas tidak berisi satu baris data pun"]
    sites = await upload(http, parts, "t.csv", (await http.get(f"{API}/template/lokasi.csv")).content)
    assert (sites["state"], sites["counts"]["site"]["new"]) == ("applied", 1)


@pytest.mark.usefixtures("city")
async def test_findings_are_all_there_page_by_page_and_as_csv(http: httpx.AsyncClient, parts: Parts) -> None:
    rows = [("kode", "nama", "zona_waktu", "berlaku_dari")]
    zones = ("Asia/X", "Asia/Jakarta", "Asia/Jakarta")
    rows += [(f"B{n}", "=1+1" if n % 2 else "Baik", zones[n % 3], "besok") for n in range(1200)]
    record = await upload(http, parts, "lokasi.csv", csv_lines(rows).replace("'=", "=").encode(), "&dry_run=true")
    assert (record["state"], len(record["findings"])) == ("rejected", 100)
    where = f"{API}/imports/{record['id']}"
    seen: list[tuple[int, str]] = []
    first: int | None = 0
    hints: dict[str, str] = {}
    while first is not None:
        page = (await http.get(f"{where}/findings?first={first}&limit=333")).json()
        seen += [(one["row"], one["column"]) for one in page["items"]]
        hints |= {one["column"]: one["hint"] for one in page["items"]}
        first = page["next_first"]
    assert seen == [
        (n + 2, column)
        for n in range(1200)
        for column, wrong in (("nama", n % 2 == 1), ("zona_waktu", n % 3 == 0), ("berlaku_dari", True))
        if wrong
    ]
    assert hints == {
        "nama": "Nama lokasi, misalnya Balai Kota Gedung A",
        "zona_waktu": "Nama IANA, mis. Asia/Makassar",
        "berlaku_dari": "Hari pertama berlaku, misalnya 2024-01-01",
    }
    csv = (await http.get(f"{where}/findings.csv")).text
    assert len(csv.splitlines()) == len(seen) + 1
    again = await http.post(f"{where}/apply", headers=key())
    assert (again.status_code, again.json()["type"]) == (409, "/problems/import-not-applicable")


async def test_a_clean_dry_run_is_applied_without_sending_the_file_again(http: httpx.AsyncClient, parts: Parts) -> None:
    record = await upload(http, parts, "kota.zip", CITY, "&dry_run=true")
    assert (record["state"], record["counts"]["unit"]["new"]) == ("checked", 60)
    assert (await http.get(f"{API}/units")).json()["total"] == 0
    sent = await http.post(f"{API}/imports/{record['id']}/apply", headers=key())
    assert sent.status_code == 202
    await ImportRunner(parts.register, parts.imports, "test").run(record["id"])
    assert (await http.get(sent.headers["location"])).json()["state"] == "applied"
    assert (await http.get(f"{API}/units")).json()["total"] == 60
    assert [one["state"] for one in (await http.get(f"{API}/imports")).json()["items"]] == ["applied"]


async def test_uploads_have_a_size_and_a_content(http: httpx.AsyncClient) -> None:
    big = await http.post(f"{API}/imports?filename=a.csv", content=b"x" * (33 << 20), headers=key())
    assert (big.status_code, big.json()["type"]) == (413, "/problems/too-large")
    assert pointers(await http.post(f"{API}/imports?filename=a.csv", content=b"", headers=key())) == ["/body"]
    assert (await http.get(f"{API}/imports/none")).status_code == 404


@pytest.mark.usefixtures("city")
async def test_an_import_holds_edits_back_with_a_reason(http: httpx.AsyncClient, parts: Parts) -> None:
    await parts.db["head"].update_one({}, {"$set": {"import": "x"}})
    refused = await http.post(f"{API}/sites", json=SITE, headers=key())
    assert (refused.status_code, refused.headers["retry-after"]) == (409, "5")
    assert refused.json()["type"] == "/problems/import-running"
    assert (await http.get(f"{API}/units/tree")).status_code == 200


@pytest.mark.usefixtures("city")
async def test_two_edits_at_once(http: httpx.AsyncClient) -> None:
    where = f"{API}/employees/{employee_id(300)}"
    send: Callable[[int], Any] = lambda n: http.patch(where, json={"name": f"N {n}"}, headers={"If-Match": '"1"'})  # noqa: E731
    answers = await asyncio.gather(*(send(n) for n in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200, *[412] * 5]
    assert (await http.get(where)).headers["etag"] == '"2"'
