"""The presence projection on chosen histories; tests/property/reporting tries the rest."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from contracts.base import EventData
from contracts.events.appraisal import WorkdayTallied
from contracts.events.attendance import PunchRecorded
from contracts.events.directory import Assignment, EmployeeChanged
from services.reporting.presence import counts
from services.reporting.presence.folds import FEED_PEOPLE, Presence
from services.reporting.presence.persons import newest_first
from tests.unit.kit.projector.memory import Folding, Record

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09.00 WIB
MARCH = date(2026, 3, 1)


def post(unit: str, since: date = date(2020, 1, 1), until: date | None = None) -> Assignment:
    return Assignment(unit_id=unit, post_id="p", post_title="P", site_id="s", valid_from=since, valid_to=until)


def state(*held: Assignment, employee: str = "e", version: int = 0) -> EmployeeChanged:
    return EmployeeChanged(
        employee_id=employee,
        name=f"name {version}",
        sex="female",
        status="pns",
        numbers=(),
        assignments=held,
        changed_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=version),
    )


def punch(at: datetime = NINE, employee: str = "e", **more: Any) -> PunchRecorded:
    known: dict[str, Any] = {
        "punch_id": f"{employee} {at.isoformat()}",
        "employee_id": employee,
        "occurred_at": at,
        "local_date": (at + timedelta(hours=7)).date(),
        "zone": "Asia/Jakarta",
        "site_id": "s",
        "device_id": "d",
        "source": "terminal",
    }
    return PunchRecorded.model_validate(known | more)


def folded(*batches: list[EventData]) -> Folding:
    folding = Folding(Presence())
    for batch in batches:
        assert folding.batch([Record.of(event) for event in batch]) == []
    return folding


def counted(folding: Folding) -> int:
    return counts.stored(folding.documents("device_counts").values(), ["d"])["d"].punches


def unit_shard(folding: Folding, unit: str, on: str = "2026-11-23") -> dict[str, Any]:
    return folding.documents("unit_days")[f"{unit}|{on}|p00"]


def changed(event: EventData, **fields: Any) -> Record:
    """A record that our own writers would not produce."""
    record = Record.of(event)
    assert record.value is not None
    record.value = json.dumps(json.loads(record.value) | fields).encode()
    return record


def test_a_day_says_first_last_where_and_how_often() -> None:
    folding = folded(
        [state(post("u"))],
        [punch(NINE, site_id="gate"), punch(NINE + timedelta(hours=8), site_id="field"), punch(NINE, site_id="gate")],
    )

    day = folding.documents("employee_days")["e|2026-11-23"]

    assert (day["first_at"], day["first_site"]) == (NINE.replace(tzinfo=None), "gate")
    assert (day["last_at"], day["last_site"]) == ((NINE + timedelta(hours=8)).replace(tzinfo=None), "field")
    assert day["count"] == 2
    assert unit_shard(folding, "u") | {"last_at": None} == {
        "_id": "u|2026-11-23|p00",
        "unit": "u",
        "date": "2026-11-23",
        "present": 1,
        "punches": 2,
        "arrivals": {"0900": 1},
        "last_at": None,
    }


def test_an_earlier_punch_that_comes_later_moves_the_arrival() -> None:
    folding = folded([state(post("u"))], [punch(NINE)], [punch(NINE - timedelta(minutes=91))])
    assert {at: count for at, count in unit_shard(folding, "u")["arrivals"].items() if count} == {"0725": 1}


def test_arrival_is_told_by_the_clock_where_the_punch_was_made() -> None:
    folding = folded([state(post("u"))], [punch(NINE, zone="Asia/Jayapura")])
    assert unit_shard(folding, "u")["arrivals"] == {"1100": 1}


def test_a_person_nobody_knows_counts_as_soon_as_the_directory_tells() -> None:
    folding = folded([punch(NINE)])
    assert folding.documents("unit_days") == {}
    assert counted(folding) == 1
    assert folding.batch([Record.of(state(post("u")))]) == []
    assert unit_shard(folding, "u")["present"] == 1


def test_a_backdated_move_takes_the_days_since_along() -> None:
    before, after = NINE - timedelta(days=1), NINE + timedelta(days=1)
    folding = folded(
        [state(post("old")), punch(before), punch(NINE), punch(after)],
        [state(post("old", until=date(2026, 11, 22)), post("new", since=date(2026, 11, 23)), version=1)],
    )
    present = {key: shard["present"] for key, shard in folding.documents("unit_days").items()}
    assert present == {
        "old|2026-11-22|p00": 1,
        "old|2026-11-23|p00": 0,
        "old|2026-11-24|p00": 0,
        "new|2026-11-23|p00": 1,
        "new|2026-11-24|p00": 1,
    }


def test_a_state_sent_again_behind_a_newer_one_moves_nobody_back() -> None:
    """A relay that died after publishing S1 S2 sends S1 S2 again; the batch ends between them."""
    older, newer = state(post("old"), version=1), state(post("new"), version=2)
    folding = folded([state(post("old")), punch(NINE)], [newer, older], [newer])
    assert folding.documents("employee_days")["e|2026-11-23"]["unit"] == "new"
    assert unit_shard(folding, "new")["present"] == 1
    assert unit_shard(folding, "old")["present"] == 0


def test_an_acting_post_moves_nobody() -> None:
    acting = Assignment(kind="plt", unit_id="other", post_id="p", post_title="P", site_id="s", valid_from=MARCH)
    folding = folded([state(acting, post("u")), punch(NINE)])
    assert unit_shard(folding, "u")["present"] == 1
    assert {shard["unit"] for shard in folding.documents("unit_headcounts").values()} == {"u"}


def test_headcounts_change_on_the_days_posts_begin_and_the_day_after_they_end() -> None:
    folding = folded([state(post("a", until=date(2026, 2, 28)), post("b", since=MARCH))])
    changes = {key: shard["changes"] for key, shard in folding.documents("unit_headcounts").items()}
    assert changes == {"a|p00": {"2020-01-01": 1, "2026-03-01": -1}, "b|p00": {"2026-03-01": 1}}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"zone": "Mars/Base"}, "Mars"),
        ({"zone": "Asia"}, "Asia"),
        ({"occurred_at": "yesterday"}, "yesterday"),
        ({"occurred_at": "2026-11-23T02:00:00"}, "offset"),
        ({"occurred_at": "9999-12-31T23:59:59Z"}, "out of range"),
        ({"occurred_at": "0001-01-01T00:00:00+09:00"}, "out of range"),
        ({"local_date": "2026-02-30"}, "day"),
        ({"local_date": "2026-W01-1"}, "2026-W01-1"),
        ({"employee_id": ""}, "employee_id"),
        ({"flags": None}, "flags"),
    ],
)
def test_a_punch_that_can_never_be_folded_is_poison_and_leaves_the_rest(fields: dict[str, Any], reason: str) -> None:
    folding = Folding(Presence())
    good = punch(NINE + timedelta(minutes=1))
    reasons = folding.batch([Record.of(state(post("u"))), changed(punch(), **fields), Record.of(good)])
    assert len(reasons) == 1
    assert reason in reasons[0]
    assert unit_shard(folding, "u")["punches"] == 1
    assert counted(folding) == 1


@pytest.mark.parametrize("period", [{"valid_to": "2026-13-45"}, {"valid_from": "2026.01.01"}, {"valid_from": "a\0b"}])
def test_an_employee_with_an_impossible_period_is_poison(period: dict[str, str]) -> None:
    held = post("u").model_dump(mode="json", exclude_none=True)
    folding = Folding(Presence())
    assert len(folding.batch([changed(state(), assignments=[held | period])])) == 1
    assert folding.documents("unit_headcounts") == {}


def test_a_post_until_the_end_of_time_is_a_post_that_does_not_end() -> None:
    folding = folded([state(post("u", until=date(9999, 12, 31))), punch(NINE)])
    assert folding.documents("unit_headcounts")["u|p00"]["changes"] == {"2020-01-01": 1}
    assert unit_shard(folding, "u")["present"] == 1


def test_the_feed_tells_which_totals_and_whose_days_moved() -> None:
    folding = folded([state(post("u"))], [punch(NINE)], [punch(NINE)])
    assert folding.feed == [
        {"units": [], "sites": [], "days": [], "cards": [], "employees": ["e"], "employees_changed": 1},
        {
            "units": [("u", "2026-11-23")],
            "sites": [("s", "2026-11-23")],
            "days": ["e|2026-11-23"],
            "cards": ["e|2026-11-23"],
            "employees": [],
            "employees_changed": 0,
        },
    ]


def work(version: int = 1, **more: Any) -> WorkdayTallied:
    known: dict[str, Any] = {"entries": 1, "waiting": 1, "minutes": 30, "validated": 0, "returned": 0, "rejected": 0}
    known |= {"validated_minutes": 0, "effective_minutes": 0, "month_norm_minutes": 6750, "rule": "r"}
    known |= {"employee_id": "e", "local_date": date(2026, 11, 23), "version": version, "tallied_at": NINE}
    return WorkdayTallied.model_validate(known | more)


def test_what_others_say_of_a_day_counts_in_its_unit_and_moves_with_it() -> None:
    folding = folded([state(post("u"))], [work()], [work(2, minutes=45), work(1)], [punch(NINE)])
    day = folding.documents("employee_days")["e|2026-11-23"]
    assert (day["count"], day["strands"]["work"]["version"], day["strands"]["work"]["minutes"]) == (1, 2, 45)
    shard = unit_shard(folding, "u")
    assert (shard["present"], shard["work"]["minutes"], shard["work"]["people"]) == (1, 45, 1)

    folding.batch([Record.of(state(post("v"), version=1))])
    assert unit_shard(folding, "u")["work"] == {"people": 0, "entries": 0, "waiting": 0, "minutes": 0}
    assert unit_shard(folding, "v")["work"] == {"people": 1, "entries": 1, "waiting": 1, "minutes": 45}

    folding.batch([Record.of(work(3, entries=0, waiting=0, minutes=0))])
    assert unit_shard(folding, "v")["work"] == {"people": 0, "entries": 0, "waiting": 0, "minutes": 0}


def test_a_day_with_activities_and_no_punch_is_nobodys_presence() -> None:
    folding = folded([state(post("u"))], [work()])
    assert unit_shard(folding, "u").get("present", 0) == 0
    assert [(one["days"], one["cards"]) for one in folding.feed[1:]] == [([], ["e|2026-11-23"])]
    folding.batch([Record.of(punch(NINE)), Record.of(work(2))])
    assert folding.feed[-1]["days"] == ["e|2026-11-23"]


def test_days_whose_punches_were_all_rejected_come_last() -> None:
    days: list[dict[str, Any]] = [
        {"_id": "a", "last_at": None},
        {"_id": "b", "last_at": NINE},
        {"_id": "c", "last_at": None},
    ]
    assert [day["_id"] for day in newest_first(days)] == ["b", "a", "c"]


def test_a_batch_that_moves_very_many_days_names_none_of_them() -> None:
    folding = folded([punch(NINE, employee=f"e{number}") for number in range(FEED_PEOPLE + 1)])
    assert folding.feed[0]["days"] == []
