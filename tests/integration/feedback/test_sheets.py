"""Sheets of codes on paper: for services of one's own units, valid for their days, and for nobody in person."""

import re
import zlib
from datetime import timedelta
from typing import Any

import pytest

from contracts.events.feedback import ServiceRated
from services.feedback.ratings import codes
from services.feedback.ratings.models import RatedService
from services.feedback.ratings.sheet import Sheet
from tests.integration.feedback.conftest import ANI, HEAD, MONDAY, Town

pytestmark = pytest.mark.integration
LEADER = ("pegawai", "pimpinan")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    """The sheets that were drawn, for what stands on them: their letters are not text in the file."""
    found: list[Sheet] = []
    draw = Sheet.pdf

    def noted(sheet: Sheet) -> bytes:
        found.append(sheet)
        return draw(sheet)

    monkeypatch.setattr(Sheet, "pdf", noted)
    return found


async def test_a_sheet_is_a_pdf_whose_codes_are_good_for_their_days(town: Town, drawn: list[Sheet]) -> None:
    service = await town.service()
    body = {"service_id": service, "counter": "Loket 1", "count": 13}
    answer = await town.ask("POST", "/code-sheets", HEAD, *LEADER, json=body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="kode-penilaian.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    pdf = answer.content
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type ?/Page\b", pdf)) == 2, "twelve cards a page"
    [sheet] = drawn
    assert (sheet.address, str(sheet.last), len(set(sheet.codes))) == ("http://kinerja.test", "2026-12-23", 13)
    assert sheet.names == RatedService(service="Perekaman KTP", unit="Unit u-ktp", counter="Loket 1")
    kept = await town.everything()
    assert not [code for code in sheet.codes if code in kept]
    rows = await town.parts.db["codes"].find().to_list(None)
    assert {row["employee_id"] for row in rows} == {None}

    first, last = sheet.codes[0], sheet.codes[-1]
    assert (await town.public("/ratings", {"code": first, "stars": 5})).status_code == 201
    town.clock[0] = MONDAY + timedelta(days=30, hours=13)  # the last day, 23.30 WIB
    form = await town.public("/codes", {"code": last})
    assert (form.status_code, form.json()["counter"]) == (200, "Loket 1")
    town.clock[0] += timedelta(minutes=30)
    assert (await town.public("/codes", {"code": last})).status_code == 410
    assert [one.ratings for one in await town.told(ServiceRated)] == [1]
    assert await town.parts.db["held"].count_documents({"employee_id": None}) == 1


async def test_its_address_is_what_the_edge_passes_or_what_was_set(town: Town, drawn: list[Sheet]) -> None:
    body = {"service_id": await town.service(), "count": 1}
    told = {"X-Forwarded-Proto": "https", "Host": "kinerja.kota.example:8443"}
    assert (await town.ask("POST", "/code-sheets", HEAD, *LEADER, json=body, headers=told)).status_code == 200
    odd = {"X-Forwarded-Proto": "javascript", "Host": "kinerja.kota.example"}
    assert (await town.ask("POST", "/code-sheets", HEAD, *LEADER, json=body, headers=odd)).status_code == 200
    assert [sheet.address for sheet in drawn] == ["https://kinerja.kota.example:8443", "http://kinerja.kota.example"]


async def test_who_prints_for_which_service(town: Town) -> None:
    own, other = await town.service(), await town.service("u-other")
    for who, roles, service, status in (
        (HEAD, LEADER, own, 200),
        (HEAD, LEADER, other, 422),
        (None, ("bkpsdm",), other, 200),
        (None, ("auditor",), own, 403),
        (ANI, ("pegawai",), own, 403),
    ):
        answer = await town.ask("POST", "/code-sheets", who, *roles, json={"service_id": service, "count": 1})
        assert answer.status_code == status, (who, roles, service)


@pytest.mark.parametrize("more", [{"count": 0}, {"count": 241}, {"counter": "Loket 9"}, {"service_id": "none"}])
async def test_what_is_wrong_prints_nothing(town: Town, more: dict[str, Any]) -> None:
    body = {"service_id": await town.service(), "count": 1, **more}
    answer = await town.ask("POST", "/code-sheets", HEAD, *LEADER, json=body)
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/body/{next(iter(more))}"]
    assert await town.parts.db["codes"].count_documents({}) == 0


def test_names_are_data_to_the_template() -> None:
    names = RatedService(service='#panic("x") $ ] \\ "', unit='= #read("/etc/hostname")', counter="<a> @b `c`")
    sheet = Sheet(names, (codes.new(),), MONDAY.date(), "https://kinerja.example")
    pdf = sheet.pdf()
    inside = pdf + b"".join(_streams(pdf))
    assert codes.shown(sheet.codes[0]).encode() in inside, "for who cannot see the picture"
    assert b"#panic" in inside, "the document's title"


def _streams(pdf: bytes) -> list[bytes]:
    found = []
    for data in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(data))
        except zlib.error:
            continue
    return found
