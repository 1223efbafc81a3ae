"""What silence means, and whose dates an outage touches."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from kit.dated import Dated
from services.attendance.days.models import Fault
from services.attendance.days.tables import RULES
from services.attendance.outages.models import NewOutage
from services.attendance.outages.rules import (
    Found,
    Hanging,
    OutageRule,
    OutageRules,
    dates,
    fault_of,
    least,
    standing,
    touched,
)
from services.attendance.schedules.models import Shift
from tests.unit.attendance.making import MONDAY, local, office_plan, shift_plan

AT = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RULE = Dated.load(RULES / "outages.yaml", OutageRule).on(MONDAY)


def test_a_site_is_down_when_none_of_its_terminals_is_heard_of() -> None:
    hanging = [Hanging("A", "balai"), Hanging("B", "balai"), Hanging("C", "dinas"), Hanging("D", "dinas")]
    silent = {"A": AT, "B": AT + MINUTE, "C": AT}
    assert standing(hanging, silent) == [
        Found("site", "silence", "balai", None, AT + MINUTE),
        Found("terminal", "silence", "dinas", "C", AT),
    ]
    assert standing(hanging, {}) == []
    assert standing(hanging[:1], {"A": AT}) == [Found("site", "silence", "balai", None, AT)]


def test_the_same_outage_has_the_same_key_whoever_looks() -> None:
    one = Found("site", "silence", "balai", None, AT)
    assert one.key == Found("site", "silence", "balai", None, AT).key
    assert one.key != one._replace(since=AT + MINUTE).key
    assert (least(one, RULE), least(one._replace(scope="system"), RULE)) == (5 * MINUTE, 10 * MINUTE)


def test_an_outage_is_judged_by_the_rule_of_the_day_it_began() -> None:
    later = RULE.model_copy(update={"id": "later", "valid_from": date(2026, 6, 1), "least_minutes": 30})
    rules = OutageRules(Dated([RULE, later]), ZoneInfo("Asia/Jakarta"))
    evening = datetime(2026, 5, 31, 17, 0, tzinfo=UTC)  # midnight in Jakarta
    assert rules.at(evening - MINUTE).id == RULE.id
    assert rules.at(evening).id == "later"


def fault(since: str, until: str | None) -> Fault:
    row = {
        "_id": "g",
        "nature": "down",
        "since": local(MONDAY, since),
        "until": until and local(MONDAY, until),
    }
    return fault_of(row, RULE, "Mesin diam")


@pytest.mark.parametrize(
    ("since", "until", "touches"),
    [
        ("06:40", "08:20", True),
        ("05:00", "06:00", False),  # over, with recovery, more than an hour before
        ("05:00", "06:20", True),
        ("16:50", "17:30", True),
        ("17:00", "17:30", False),
        ("06:40", None, True),
    ],
)
def test_a_date_is_touched_within_an_hour_of_its_shift(since: str, until: str | None, touches: bool) -> None:
    found = touched([office_plan()], fault(since, until), local(MONDAY, "20:00"))
    assert found == ([MONDAY] if touches else [])


def test_an_outage_that_lasts_touches_nothing_that_has_not_come() -> None:
    night = shift_plan(Shift(start="20:00", minutes=720))
    assert touched([night], fault("06:40", None), local(MONDAY, "15:00")) == []
    assert touched([night], fault("06:40", None), local(MONDAY, "19:10")) == [MONDAY]
    assert touched([night], fault("+1 07:00", "+1 07:30"), local(MONDAY, "+1 08:00")) == [MONDAY], "after midnight"


def test_dates_reach_a_night_back_and_no_more_than_a_month() -> None:
    assert dates(AT, AT + MINUTE) == (date(2026, 5, 30), date(2026, 6, 1))
    first, last = dates(AT - timedelta(days=300), AT)
    assert (last - first).days == 31


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": "2026-06-01T06:00"},
        {"until": "2026-07-30T06:00"},
        {"scope": "site"},
        {"scope": "terminal", "site_id": "balai"},
        {"site_id": "balai"},
        {"since": "2026-06-01T07:00:00Z"},
        {"reason": "    x"},
        {"evidence": "\u200b" * 9},
        {"note": "?"},
    ],
)
def test_what_is_told_is_whole(wrong: dict[str, str]) -> None:
    right = {
        "scope": "system",
        "since": "2026-06-01T07:00",
        "until": "2026-06-01T08:00",
        "reason": "Listrik padam.",
        "evidence": "Surat PLN 12/2026.",
    }
    assert NewOutage.model_validate(right).nature == "down"
    with pytest.raises(ValidationError):
        NewOutage.model_validate({**right, **wrong})
