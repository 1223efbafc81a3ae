"""Whether a correction may be asked for: everything that stands in the way is said at once."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kit.dated import Dated
from services.attendance.corrections.models import Claim
from services.attendance.corrections.rules import Circumstances, CorrectionRule, Refused, check, moments
from services.attendance.days.tables import RULES

WIB, NEW_YORK = ZoneInfo("Asia/Jakarta"), ZoneInfo("America/New_York")
MONDAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 5, 0, tzinfo=UTC)  # 12.00 WIB
RULE = Dated.load(RULES / "corrections.yaml", CorrectionRule).on(MONDAY)


def claim(what: str = "punch", **fields: object) -> Claim:
    known: dict[str, object] = {"direction": "in", "at": "07:30"} if what == "punch" else {}
    return Claim.model_validate({"what": what, "reason": "Mesin tidak membaca jari saya.", **known, **fields})


def wrong(sent: Claim, day: date = MONDAY, others: tuple[Mapping[str, Any], ...] = (), **around: Any) -> dict[str, str]:
    """What is said of each field; nothing when it may be asked for."""
    known = {"now": NOON, "zone": WIB, "rule": RULE, "others": others, **around}
    try:
        check(sent, day, Circumstances(**known))
    except Refused as refused:
        return {one.field: one.why for one in refused.wrong}
    return {}


def before(sent: Claim, status: str = "waiting", day: date = MONDAY) -> Mapping[str, Any]:
    """A correction of the same date, as it is stored."""
    return {"what": sent.what, "direction": sent.direction, "status": status, **moments(sent, day, WIB)._asdict()}


@pytest.mark.parametrize(
    "sent",
    [
        claim(),
        claim(direction="out", at="12:00"),
        claim("on_duty"),
        claim("outside_work", since="08:00", until="11:59"),
        claim("system_fault", since="07:30", until="07:31"),
    ],
    ids=lambda sent: sent.what,
)
def test_what_may_be_asked_for(sent: Claim) -> None:
    assert wrong(sent) == {}


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        (claim(direction=None, at=None), {"direction", "at"}),
        (claim(since="07:30"), {"since"}),
        (
            claim("on_duty", at="07:30", direction="in", site_id="s", next_day=True),
            {"at", "direction", "site_id", "next_day"},
        ),
        (claim("on_duty", since="07:30"), {"until"}),
        (claim("on_duty", until="07:30"), {"since"}),
    ],
)
def test_a_claim_that_is_none_names_every_field(sent: Claim, fields: set[str]) -> None:
    assert set(wrong(sent)) == fields


def test_the_future_is_not_claimed() -> None:
    assert wrong(claim(), MONDAY + timedelta(days=1)) == {"date": "tanggal ini belum tiba"}
    assert wrong(claim(at="12:01")) == {"at": "jam ini belum tiba; sekarang pukul 12.00"}
    assert set(wrong(claim(direction="out", at="06:00", next_day=True))) == {"at"}
    assert set(wrong(claim("outside_work", since="11:00", until="13:00"))) == {"until"}
    assert set(wrong(claim("outside_work", since="22:00", until="06:00"))) == {"until"}, "it ends tomorrow"
    assert wrong(claim("outside_work")) == {}, "of a whole day that has begun"


def test_the_day_is_that_of_the_place() -> None:
    """Noon in Jakarta is the evening before in New York… by an hour that has not come there yet."""
    midnight = datetime(2026, 6, 1, 3, 30, tzinfo=UTC)  # 23.30 of 31 May there
    assert set(wrong(claim(), MONDAY, now=midnight, zone=NEW_YORK)) == {"date"}
    assert wrong(claim(at="23:00"), date(2026, 5, 31), now=midnight, zone=NEW_YORK) == {}


def test_everything_is_said_at_once() -> None:
    others = tuple(before(claim(at=f"0{hour}:00"), "rejected") for hour in range(8))
    found = wrong(claim(at="12:30"), others=others, placed=False)
    assert set(found) == {"at", "site_id", "date"}
    assert "paling banyak 8" in found["date"]


@pytest.mark.parametrize("status", ["waiting", "returned", "approved"])
def test_the_same_is_not_claimed_twice(status: str) -> None:
    assert set(wrong(claim(), others=(before(claim(), status),))) == {"what"}
    assert set(wrong(claim("on_duty"), others=(before(claim("system_fault"), status),))) == {"what"}
    morning, noon = claim("on_duty", since="08:00", until="10:00"), claim("outside_work", since="10:00", until="11:00")
    assert wrong(noon, others=(before(morning, status),)) == {}
    assert set(wrong(claim("outside_work", since="09:59", until="11:00"), others=(before(morning, status),))) == {
        "what"
    }
    assert set(wrong(morning, others=(before(claim("on_duty"), status),))) == {"what"}, "the whole day is claimed"


@pytest.mark.parametrize(
    "other",
    [
        before(claim(), "rejected"),
        before(claim(), "withdrawn"),
        before(claim(), "revoked"),
        before(claim(direction="out")),
        before(claim(at="07:31")),
        before(claim("on_duty")),
    ],
)
def test_what_is_over_or_is_another_thing_may_be_claimed(other: Mapping[str, Any]) -> None:
    assert wrong(claim(), others=(other,)) == {}


def test_times_are_of_the_place_and_of_the_shifts_date() -> None:
    assert moments(claim(at="07:30"), MONDAY, WIB).at == datetime(2026, 6, 1, 0, 30, tzinfo=UTC)
    night = moments(claim(direction="out", at="06:00", next_day=True), MONDAY, WIB)
    assert night.at == datetime(2026, 6, 1, 23, 0, tzinfo=UTC)
    over = moments(claim("on_duty", since="22:00", until="06:00"), MONDAY, WIB)
    assert (over.since, over.until) == (datetime(2026, 6, 1, 15, tzinfo=UTC), datetime(2026, 6, 1, 23, tzinfo=UTC))
    # 8 March 2026: clocks in New York go from 02.00 to 03.00; 1 November: 01.30 is there twice.
    gap = moments(claim(at="02:30"), date(2026, 3, 8), NEW_YORK)
    assert gap.at == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
    twice = moments(claim(at="01:30"), date(2026, 11, 1), NEW_YORK)
    assert twice.at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
