"""Standings, warnings and cases as days arrive, change and are corrected (PP 94/2021; regulations.md section 3)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.mongo import Document
from services.attendance.discipline import cases, procedure
from services.attendance.discipline.cases import By, Refused, cases_after
from services.attendance.discipline.procedure import deadlines, working_day
from services.attendance.discipline.rules import load
from services.attendance.discipline.standing import Counting, counting, standing
from services.attendance.discipline.years import Days, Fresh, concerns, fresh

TABLE, PROCEDURE = load(), procedure.load().on(date(2026, 1, 1))
DAY = timedelta(days=1)
NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ABSENT, CAME = Counting("absent", version=1), Counting("attended", version=1)
MONDAY = date(2026, 3, 2)


def scattered(number: int) -> dict[date, Counting]:
    """So many absences with a day of presence after each: never two in a row."""
    return {MONDAY + 2 * n * DAY: ABSENT for n in range(number)} | {
        MONDAY + (2 * n + 1) * DAY: CAME for n in range(number)
    }


def year(days: Days, row: Document | None = None, now: datetime = NOW) -> Fresh:
    found = fresh(row, "ani", 2026, days, TABLE, now)
    assert found is not None
    return found


def after(days: Days, rows: list[Document], now: datetime = NOW) -> dict[str, Document]:
    """All cases of the year once the days are these."""
    found = fresh(None, "ani", 2026, days, TABLE, now)
    made = cases_after(rows, "ani", 2026, days, found.reached if found else (), now)
    return {row["key"]: row for row in [*rows, *made]}


def states(rows: Mapping[str, Document]) -> dict[str, str]:
    return {key: row["status"] for key, row in sorted(rows.items())}


def listed(rows: Mapping[str, Document]) -> list[Document]:
    return list(rows.values())


def test_each_step_is_reached_once_and_the_heaviest_is_pursued() -> None:
    assert states(after(scattered(2), [])) == {}
    first = after(scattered(3), [])
    assert states(first) == {"03": "proposed"}
    assert first["03"]["reached_on"] == "2026-03-06"
    assert [one["day"] for one in first["03"]["evidence"]] == ["2026-03-02", "2026-03-04", "2026-03-06"]
    second = after(scattered(4), listed(first))
    assert states(second) == {"03": "superseded", "04": "proposed"}
    assert second["03"]["superseded_by"] == "04"
    assert [step["what"] for step in second["03"]["steps"]] == ["proposed", "superseded"]
    at_once = after(scattered(4), [])
    assert states(at_once) == states(second), "however many days came together"
    assert cases_after(listed(second), "ani", 2026, scattered(4), year(scattered(4)).reached, LATER) == []


@pytest.mark.parametrize(
    ("number", "pursued", "level"),
    [(3, "03", "ringan"), (10, "07", "ringan"), (11, "11", "sedang"), (20, "17", "sedang"), (28, "28", "berat")],
)
def test_the_table_of_pp_94_2021(number: int, pursued: str, level: str) -> None:
    found = after(scattered(number), [])
    assert {key for key, row in found.items() if row["status"] == "proposed"} == {pursued}
    assert found[pursued]["level"] == level


def test_a_corrected_day_withdraws_and_an_absence_after_it_reinstates_visibly() -> None:
    days = scattered(3)
    first = after(days, [])
    corrected = days | {date(2026, 3, 4): Counting("attended", version=2)}
    gone = after(corrected, listed(first), LATER)
    assert states(gone) == {"03": "withdrawn"}
    assert gone["03"]["steps"][-1] | {"at": 0} == {
        "at": 0, "what": "withdrawn", "by": None, "side": "system", "words": "", "days": ["2026-03-04"],
    }  # fmt: skip
    assert gone["03"]["evidence"] == first["03"]["evidence"], "nothing is erased"
    assert states(after(corrected, listed(gone))) == {"03": "withdrawn"}
    again = after(corrected | {date(2026, 3, 10): ABSENT}, listed(gone), LATER)
    assert again["03"]["status"] == "proposed"
    assert (again["03"]["steps"][-1]["what"], again["03"]["steps"][-1]["days"]) == (
        "reinstated",
        ["2026-03-04", "2026-03-10"],
    )
    assert again["03"]["version"] == 3


def test_a_lower_step_comes_back_when_the_higher_is_withdrawn() -> None:
    four = after(scattered(4), [])
    three = after(scattered(4) | {date(2026, 3, 8): CAME}, listed(four), LATER)
    assert states(three) == {"03": "proposed", "04": "withdrawn"}
    assert three["03"]["steps"][-1]["what"] == "reinstated"


def test_what_people_decided_stays_and_says_that_its_days_changed() -> None:
    decided = after(scattered(3), [])["03"] | {"status": "decided"}
    corrected = scattered(3) | {date(2026, 3, 2): CAME}
    found = after(corrected, [decided], LATER)["03"]
    assert (found["status"], found["contradicted"], found["steps"][-1]["days"]) == ("decided", True, ["2026-03-02"])
    assert after(corrected, [found], LATER)["03"] is found, "said once"
    back = after(scattered(3), [found], LATER)["03"]
    assert (back["status"], back["contradicted"]) == ("decided", False)


def test_minutes_become_days_and_a_case() -> None:
    late = {MONDAY + n * DAY: Counting("attended", 150, 1) for n in range(9)}
    found = year(late)
    assert (found.row["absent"], found.row["minutes"], found.row["days"], found.row["remainder"]) == (0, 1350, 3, 0)
    assert states(after(late, [])) == {"03": "proposed"}
    assert found.reached[0].on == date(2026, 3, 10)


def test_ten_in_a_row_goes_before_the_number_of_days() -> None:
    run = {
        MONDAY + n * DAY: ABSENT if (MONDAY + n * DAY).weekday() < 5 else Counting("not_required") for n in range(14)
    }
    found = after(run, [])
    assert states(found) == {"03": "superseded", "04": "superseded", "07": "superseded", "streak": "proposed"}
    assert (found["streak"]["sanction"], found["streak"]["salary_stops"]) == ("pemberhentian", True)
    assert len(found["streak"]["evidence"]) == 10
    broken = after(run | {MONDAY + 3 * DAY: CAME}, listed(found), LATER)
    assert states(broken) == {"03": "superseded", "04": "superseded", "07": "proposed", "streak": "withdrawn"}


def test_warnings_come_before_each_step_and_end_with_a_reason() -> None:
    one = year(scattered(1))
    assert (one.row["near"], one.row["warnings"]) == (False, [])
    two = year(scattered(2), one.row)
    assert [(each["key"], each["days"], each["ended"]) for each in two.row["warnings"]] == [("03", 2, None)]
    three = year(scattered(3), two.row, LATER)
    assert [(each["key"], each["ended"]) for each in three.row["warnings"]] == [("03", "reached"), ("04", None)]
    lifted = year(scattered(2) | {MONDAY: CAME}, two.row, LATER)
    assert [(each["key"], each["ended"]) for each in lifted.row["warnings"]] == [("03", "lifted")]
    assert not lifted.row["near"]


def test_a_run_warns_at_seven_of_ten_while_it_lasts() -> None:
    run = {MONDAY + n * DAY: ABSENT for n in range(7)}
    assert "streak" in [one["key"] for one in year(run).row["warnings"]]
    back = year(run | {MONDAY + 7 * DAY: CAME}, year(run).row, LATER)
    assert [one["ended"] for one in back.row["warnings"] if one["key"] == "streak"] == ["lifted"]
    assert concerns(MONDAY + 7 * DAY, CAME, year(run).row), "an attended day ends a run"
    assert not concerns(MONDAY + 8 * DAY, CAME, back.row), "and after that none does"


def test_what_is_not_complete_does_not_count() -> None:
    said: dict[str, Any] = {"late": 40, "early": 0, "absent_minutes": 0, "required": True, "version": 1}
    assert counting(status="absent", complete=False, **said).state == "unresolved"
    assert counting(status="pending", complete=True, **said).state == "unresolved"
    assert counting(status="leave", complete=True, **{**said, "late": 0}) == Counting("attended", 0, 1)
    assert counting(status="holiday", complete=True, **said) == Counting("not_required", 0, 1)
    assert counting(status="partly_absent", complete=True, **{**said, "absent_minutes": 200}).minutes == 240
    days = scattered(2) | {MONDAY + 20 * DAY: Counting("unresolved")}
    assert standing(days, MONDAY + 30 * DAY, TABLE).days == 2


@given(st.dictionaries(st.integers(0, 90), st.sampled_from(["absent", "came", "late", "open", "off"])), st.randoms())
def test_the_order_and_number_of_steps_days_come_in_does_not_matter(drawn: dict[int, str], chance: Any) -> None:
    kinds = {
        "absent": ABSENT,
        "came": CAME,
        "late": Counting("attended", 240, 1),
        "open": Counting("unresolved"),
        "off": Counting("not_required"),
    }
    days = {MONDAY + n * DAY: kinds[kind] for n, kind in drawn.items()}
    order = list(days)
    chance.shuffle(order)
    known: dict[date, Counting] = {}
    rows: dict[str, Document] = {}
    row: Document | None = None
    for day in order:
        told = days[day]
        known[day] = told
        if concerns(day, told, row):
            found = fresh(row, "ani", 2026, dict(known), TABLE, NOW)
            row = found.row if found else row
            rows = after(dict(known), listed(rows)) if found else rows
    found = fresh(None, "ani", 2026, days, TABLE, NOW)
    if found is None or row is None:
        assert not rows
        assert found is None or found.row["days"] == 0
        return
    ignored = {"warnings": 0, "changed_at": 0, "rule": 0}
    assert row | ignored == found.row | ignored
    live = {key: one["status"] for key, one in rows.items() if one["status"] != "withdrawn"}
    assert live == states(after(days, []))


BUDI = By("budi", "superior", NOW)
HEARD = {"summoned_on": date(2026, 3, 9), "hearing_on": date(2026, 3, 18), "team": []}
DECISION = {"sanction": "teguran_lisan", "letter": "800/12", "decided_on": date(2026, 3, 20), "words": "Terbukti."}
KNOWN = ["teguran_lisan", "tukin_25_6_bulan"]
TODAY = date(2026, 3, 25)


def test_people_examine_and_decide_and_never_about_themselves() -> None:
    row = after(scattered(3), [])["03"]
    with pytest.raises(Refused, match="periksa dahulu"):
        cases.decided(row, DECISION, KNOWN, TODAY, BUDI)
    with pytest.raises(Refused, match="orang lain"):
        cases.dropped(row, "Salah.", By("ani", "agency", NOW))
    heard = cases.examined(row, HEARD, PROCEDURE, date(2026, 3, 18), BUDI)
    assert (heard["status"], heard["hearing_on"], heard["version"]) == ("examining", "2026-03-18", 2)
    found = cases.decided(heard, DECISION, KNOWN, TODAY, BUDI)
    assert found["decision"] == {"sanction": "teguran_lisan", "letter": "800/12", "decided_on": "2026-03-20"}
    done = cases.delivered(found, date(2026, 3, 24), TODAY, BUDI)
    assert [step["what"] for step in done["steps"]] == ["proposed", "summoned", "decided", "delivered"]
    with pytest.raises(Refused, match="tidak terbuka"):
        cases.dropped(done, "Salah.", BUDI)


@pytest.mark.parametrize(
    ("level", "more", "field"),
    [
        ("ringan", {"hearing_on": date(2026, 3, 17)}, "hearing_on"),  # PP 94/2021 Pasal 26(2): 7 working days
        ("ringan", {"hearing_on": date(2026, 3, 1)}, "hearing_on"),
        ("ringan", {"team": ["budi"]}, "team"),
        ("sedang", {"team": ["ani"]}, "team"),
        ("berat", {"team": ["budi", "citra"]}, "team"),
    ],
)
def test_an_examination_by_the_law(level: str, more: dict[str, Any], field: str) -> None:
    row = after(scattered(3), [])["03"] | {"level": level}
    with pytest.raises(Refused) as refused:
        cases.examined(row, {**HEARD, **more}, PROCEDURE, date(2026, 3, 18), BUDI)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"sanction": "pemecatan"}, "sanction"),
        ({"decided_on": date(2026, 3, 17)}, "decided_on"),
        ({"decided_on": date(2026, 3, 26)}, "decided_on"),
    ],
)
def test_a_decision_by_the_law(more: dict[str, Any], field: str) -> None:
    heard = cases.examined(after(scattered(3), [])["03"], HEARD, PROCEDURE, None, BUDI)
    with pytest.raises(Refused) as refused:
        cases.decided(heard, {**DECISION, **more}, KNOWN, TODAY, BUDI)
    assert refused.value.field == field


def test_deadlines_are_working_days_of_the_person() -> None:
    office = [MONDAY + n * DAY for n in range(90) if (MONDAY + n * DAY).weekday() < 5]
    assert working_day(date(2026, 3, 9), 7, office) == date(2026, 3, 18)
    assert working_day(date(2026, 3, 9), 7, [day for day in office if day != date(2026, 3, 17)]) == date(2026, 3, 19)
    assert working_day(date(2026, 3, 9), 7, office[:3]) is None, "no schedule is said, not guessed"
    row = after(scattered(3), [])["03"]
    (hearing,) = deadlines(row, PROCEDURE, office, date(2026, 3, 9))
    assert (hearing.what, hearing.on, hearing.earliest) == ("hearing", date(2026, 3, 18), True)
    heard = cases.examined(row, HEARD, PROCEDURE, None, BUDI)
    assert [(one.what, one.on) for one in deadlines(heard, PROCEDURE, office, TODAY)] == [
        ("second_summons", date(2026, 3, 27))
    ]
    found = cases.decided(heard, DECISION, KNOWN, TODAY, BUDI)
    assert [(one.what, one.on) for one in deadlines(found, PROCEDURE, office, TODAY)] == [
        ("delivery", date(2026, 4, 9)),
        ("sending", date(2026, 4, 14)),
    ]
    done = cases.delivered(found, date(2026, 3, 24), TODAY, BUDI)
    assert [(one.what, one.on) for one in deadlines(done, PROCEDURE, office, TODAY)] == [
        ("effect", date(2026, 4, 14))
    ], "the fifteenth working day after it was received (PerBKN 6/2022 Pasal 50(1))"
