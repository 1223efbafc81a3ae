"""Texts of citizens: as they were written, late, several together, in no order, and for who answers for the unit."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.feedback.conftest import ANI, BUDI, HEAD, MONDAY, STRANGER, Town

pytestmark = pytest.mark.integration
LEADER = ("pegawai", "pimpinan")


async def publish(town: Town, days: float) -> int:
    town.clock[0] = MONDAY + timedelta(days=days)
    desk = town.parts.ratings.desk
    return await desk.texts.publish(desk.today(), desk.rule())


async def comments(town: Town, who: str | None = HEAD, roles: tuple[str, ...] = LEADER, **query: Any) -> Any:
    answer = await town.ask("GET", "/comments", who, *roles, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_texts_come_out_late_together_and_in_another_order(town: Town) -> None:
    service = await town.service()
    written = [f"Pesan {number:02d}" for number in range(12)]
    for text in written:
        await town.rate(service, 3, text=text)
    days = [row["publish_on"] async for row in town.parts.db["texts"].find()]
    assert min(days) >= "2026-11-26"
    assert max(days) <= "2026-11-30"
    assert await publish(town, 2.5) == 0, "the evening of the 25th: none is due before the 26th"
    before = {row["_id"] async for row in town.parts.db["texts"].find()}
    assert await publish(town, 7) == 12
    assert await publish(town, 7) == 0, "once"
    page = await comments(town)
    assert page["next_cursor"] is None
    assert sorted(one["text"] for one in page["items"]) == written
    assert [one["text"] for one in page["items"]] != written, "one in 479 million"
    stored = [row["text"] async for row in town.parts.db["comments"].find().sort("$natural", 1)]
    assert stored != written
    assert not before & {one["id"] for one in page["items"]}
    assert {one["published_on"] for one in page["items"]} == {"2026-11-30"}
    assert set(page["items"][0]) == {"id", "service_id", "unit_id", "text", "published_on"}


async def test_few_wait_for_others_of_their_unit_but_not_for_ever(town: Town) -> None:
    service, other = await town.service(), await town.service("u-other")
    for _ in range(4):
        await town.rate(service, 2, text="Lama sekali")
        await town.rate(other, 2, STRANGER, text="Di sana")
    assert await publish(town, 7 + 25) == 0, "eight, but four of a unit"
    town.clock[0] = MONDAY
    await town.rate(service, 2, text="Yang kelima")
    assert await publish(town, 7 + 25) == 5
    assert await publish(town, 7 + 30) == 4


async def test_a_page_at_a_time_newest_day_first(town: Town) -> None:
    service = await town.service()
    row = {"service_id": service, "unit_id": "u-ktp", "text": "x"}
    for day in (0, 1, 2):
        rows = [{"_id": f"{day}-{n}", **row, "published_on": f"2026-12-0{day + 1}"} for n in range(5)]
        await town.parts.db["comments"].insert_many(rows)
    whole = [one["id"] for one in (await comments(town))["items"]]
    assert [one[0] for one in whole] == ["2"] * 5 + ["1"] * 5 + ["0"] * 5
    seen: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        page = await comments(town, limit=4, **cursor)
        seen += [one["id"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert seen == whole
    refused = await town.ask("GET", "/comments", HEAD, *LEADER, params={"cursor": "nonsense!"})
    assert refused.status_code == 422


async def test_what_is_written_is_kept_as_text(town: Town) -> None:
    service = await town.service()
    html = "<img src=x onerror=alert(1)> \N{GRINNING FACE} cafe\N{COMBINING ACUTE ACCENT}"
    hidden = "ba\N{ZERO WIDTH SPACE}gus\N{RIGHT-TO-LEFT OVERRIDE}\x07\r\nsekali"
    padded = "\N{ZERO WIDTH JOINER}" * 2_000 + "x" * 1_000
    for text in (html, hidden, padded, "  \N{ZERO WIDTH SPACE} \n ", "", "{{7*7}} ' OR 1=1 --"):
        await town.rate(service, 4, text=text)
    kept = {row["text"] async for row in town.parts.db["texts"].find()}
    assert kept == {
        "<img src=x onerror=alert(1)> \N{GRINNING FACE} caf\N{LATIN SMALL LETTER E WITH ACUTE}",
        "bagus\nsekali",
        "x" * 1_000,
        "{{7*7}} ' OR 1=1 --",
    }
    assert await publish(town, 40) == 4
    answer = await town.ask("GET", "/comments", HEAD, *LEADER)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_who_sees_which_units(town: Town) -> None:
    for unit, who in (("u-ktp", ANI), ("u-other", STRANGER)):
        service = await town.service(unit)
        for number in range(5):
            await town.rate(service, 5, who, text=f"{unit} {number}", reasons=["quick"])
    await publish(town, 10)

    async def units(who: str | None, *roles: str, **query: str) -> set[str]:
        return {one["unit_id"] for one in (await comments(town, who, roles, **query))["items"]}

    assert await units(HEAD, *LEADER) == {"u-ktp"}
    assert await units(HEAD, *LEADER, unit="u-dinas") == {"u-ktp"}
    assert await units(HEAD, *LEADER, unit="u-other") == set()
    assert await units(None, "auditor") == {"u-ktp", "u-other"}
    assert await units(None, "bkpsdm", unit="u-other") == {"u-other"}
    for path in ("/comments", "/reasons?from=2026-11-01&to=2026-11-30"):
        assert (await town.ask("GET", path, ANI)).status_code == 403
        assert (await town.ask("GET", path, None, "operator")).status_code == 403
        assert (await town.http.get(f"/api/feedback/v1{path}")).status_code == 401


async def test_reasons_are_counted_where_enough_have_rated(town: Town) -> None:
    busy, quiet, theirs = await town.service(), await town.service(name="Perekaman KK"), await town.service("u-other")
    for number in range(5):
        await town.rate(busy, 5, who=BUDI, reasons=["quick", "tidy"][: 1 + number % 2])
        await town.rate(theirs, 1, who=STRANGER, reasons=["pungli"])
    for _ in range(4):
        await town.rate(quiet, 1, reasons=["slow"])
    await town.release(town.clock[0] + timedelta(hours=2))
    period = {"from": "2026-11-01", "to": "2026-11-30"}
    answer = await town.ask("GET", "/reasons", HEAD, *LEADER, params=period)
    found = {one["service_id"]: one for one in answer.json()["items"]}
    assert answer.json()["minimum_group"] == 5
    assert found.keys() == {busy, quiet}, "not the other office's"
    counts = {one["id"]: one["count"] for one in found[busy]["reasons"]}
    assert (found[busy]["ratings"], counts["quick"], counts["tidy"], counts["pungli"]) == (5, 5, 2, 0)
    assert found[quiet]["ratings"] is None
    assert {one["count"] for one in found[quiet]["reasons"]} == {None}
    before = await town.ask("GET", "/reasons", HEAD, *LEADER, params={"from": "2026-10-01", "to": "2026-10-31"})
    assert {one["ratings"] for one in before.json()["items"]} == {None}
    wrong = await town.ask("GET", "/reasons", HEAD, *LEADER, params={"from": "2026-11-02", "to": "2026-11-01"})
    assert wrong.status_code == 422


async def test_no_text_leaves_the_service(town: Town) -> None:
    service = await town.service()
    await town.rate(service, 1, text=" Rahasia warga ")
    said = b"".join([fact["data"] async for one in town.parts.journal.collection.find() for fact in one["facts"]])
    assert said
    assert not re.search(rb"rahasia", said, re.IGNORECASE)
