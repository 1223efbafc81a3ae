"""A past that the services load reaches the card: the same figures on both sides, also when it is loaded twice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest

from contracts.events.directory import Assignment, EmployeeNumber
from kit.demo.loading import Past
from kit.demo.people import people_of
from services.appraisal.app import Parts as Appraisal
from services.appraisal.demo.load import load as load_activities
from services.appraisal.settings import AppraisalSettings
from services.attendance.demo.load import load as load_punches
from services.attendance.demo.register import register
from services.attendance.parts import Parts as Attendance
from services.attendance.settings import AttendanceSettings
from services.feedback.app import Parts as Feedback
from services.feedback.demo.load import load as load_feedback
from services.feedback.settings import FeedbackSettings
from tests.integration.reporting.spine import SINCE, TOKEN, Spine, employee_state, site_state, unit_state, until_true

pytestmark = pytest.mark.integration
PAST = Past(seed=1, days=28, last=date(2026, 11, 20), people=None)
PERIOD: dict[str, Any] = {"from": "2026-10-24", "to": "2026-11-20"}


@asynccontextmanager
async def services(running: Spine) -> AsyncIterator[tuple[Attendance, Appraisal, Feedback]]:
    """Over the databases whose journals the spine relays."""

    def told(service: str) -> dict[str, Any]:
        database = f"{running.name}_{service}"
        mongo = running.settings.mongo.get_secret_value()
        return {"kafka": running.kafka, "mongo": mongo, "mongo_database": database, "port": 15_999, "token": TOKEN}

    attendance = Attendance.of(AttendanceSettings.model_validate(told("attendance")))
    appraisal = Appraisal.of(AppraisalSettings.model_validate(told("appraisal")))
    feedback = Feedback.of(FeedbackSettings.model_validate(told("feedback")))
    try:
        for parts in (attendance, appraisal, feedback):
            await parts.setup()
        yield attendance, appraisal, feedback
    finally:
        for parts in (attendance, appraisal, feedback):
            parts.client.close()


async def test_three_streams_of_a_past_meet_on_the_cards(running: Spine) -> None:
    unit, site = (
        unit_state("pst-u", name="Dinas Kependudukan dan Pencatatan Sipil"),
        site_state("pst-s", "Asia/Jayapura"),
    )

    def state(number: int) -> Any:
        superior = "pst-0" if number else None
        held = {"unit_id": "pst-u", "post_id": "p", "post_title": "Pengolah Data", "site_id": "pst-s"}
        nip = EmployeeNumber(number=f"19{number:016d}", kind="pns", valid_from=SINCE)
        post = Assignment.model_validate({**held, "superior_id": superior, "valid_from": SINCE})
        return employee_state(f"pst-{number}", "pst-u", "pst-s", assignments=(post,), numbers=(nip,))

    states = [state(number) for number in range(8)]
    await running.told(unit, site, *states)
    people = people_of(states)
    async with services(running) as (attendance, appraisal, feedback):
        await register(attendance, [site], states)

        async def load() -> list[int]:
            return [
                await load_punches(attendance, PAST, people),
                await load_activities(appraisal, PAST, people),
                await load_feedback(feedback, PAST, people, [unit]),
            ]

        assert min(await load()) > 0
        days = await appraisal.db["workdays"].find({}).to_list(None)
        decided = await appraisal.db["validation_days"].find({"employee_id": "pst-0"}).to_list(None)
        notes = await feedback.db["note_days"].find({}).to_list(None)

        async def complete() -> bool:
            found = await running.get("/units/card", unit="pst-u", **PERIOD)
            work, said = found["figures"]["work"], found["figures"]["notes"]
            return bool(
                work["minutes"] == sum(day["minutes"] for day in days)
                and said["received"] == sum(day["received"] for day in notes)
                and found["figures"]["days_present"] > 80
            )

        await until_true(complete)
        card = await running.get("/employees/pst-0/card", **PERIOD)
        assert card["figures"]["validating"]["decided"] == sum(day["decided"] for day in decided) > 50
        rated = [await running.get(f"/employees/pst-{number}/card", **PERIOD) for number in range(8)]
        assert sum(one["figures"]["rated"]["ratings"] for one in rated) > 50
        assert all(not 0 < one["figures"]["rated"]["ratings"] < 5 for one in rated)
        before = await running.get("/units/card", unit="pst-u", **PERIOD)

        assert await load() == [0, 0, 0]
        for service in ("attendance", "appraisal", "feedback"):  # as if nothing had been noted: all is written again
            await running.client[f"{running.name}_{service}"]["demo_days"].delete_many({})
        assert await load() == [0, 0, 0]
        after = await running.get("/units/card", unit="pst-u", **PERIOD)
        assert after["figures"] == before["figures"]
