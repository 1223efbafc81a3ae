"""The steps that say why, to the article."""

from tests.unit.attendance.making import (
    MONDAY,
    assessed,
    excuse,
    local,
    office_plan,
)


def test_the_explanation_says_why_to_the_article() -> None:
    plan = office_plan()
    day = assessed(plan, "07:42", "16:00", "15:59", excuses=[excuse(plan, "10:00", "11:00")])
    assert [step.code for step in day.steps] == [
        "plan.assigned_unit",
        "plan.pattern",
        "plan.work",
        "excuse",
        "shift",
        "punch.derived",
        "punch.derived",
        "shift.excused",
        "late",
        "effective",
        "day.present",
    ]
    (late,) = [step for step in day.steps if step.code == "late"]
    assert late.values == {
        "shift": f"{MONDAY}#1",
        "due": local(MONDAY, "07:30").isoformat(),
        "minutes": 12,
        "band": "TL1",
        "band_from": 1,
        "band_to": 30,
        "percent": "0.5",
        "to_none": 12,
    }
    assert late.rule == "tl-psw-bawaan"
    assert "Pasal 22" in late.article
    assert day.rules == (plan.why[0].id, "kantor@2023-04-12", "tl-psw-bawaan", "baca-bawaan")


def test_the_explanation_of_an_absence_names_what_it_costs() -> None:
    (step,) = [step for step in assessed(office_plan()).steps if step.code == "shift.absent"]
    assert (step.values["minutes"], step.values["percent"], step.rule) == (450, "4", "tl-psw-bawaan")
