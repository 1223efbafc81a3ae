"""How much a past is, and how far the views have come with it."""

from datetime import UTC, datetime
from typing import Any

from bench.demo.expected import expected
from bench.demo.past import read


def view(lag: int | None, complete_to: str | None, **topics: int) -> dict[str, Any]:
    parts = [{"topic": topic.replace("_", "."), "end_offset": end} for topic, end in topics.items()]
    return {"lag": lag, "freshness": {"complete_to": complete_to}, "partitions": parts}


def test_a_year_is_about_twelve_months_and_people_count() -> None:
    year, month, half = expected(365, 5_000), expected(30, 5_000), expected(365, 2_500)
    assert 2_000_000 < year["attendance"] < 2_600_000
    assert 1_000_000 < year["appraisal"] < 1_500_000
    for stream, count in year.items():
        assert 9 < count / month[stream] < 16
    assert 0.45 < half["attendance"] / year["attendance"] < 0.55
    assert half["feedback"] > year["feedback"] / 2  # citizens come all the same


def test_records_are_added_up_by_topic_and_the_slowest_view_counts() -> None:
    at = read(
        {
            "views": [
                view(3, "2026-11-23T02:00:00Z", attendance_punches=10, appraisal_workdays=4, appraisal_validations=1),
                view(2, "2026-11-23T01:00:00Z", platform_reads=7),
            ]
        }
    )
    assert (at.of("attendance"), at.of("appraisal"), at.of("feedback")) == (10, 5, 0)
    assert (at.left, at.complete_to) == (5, datetime(2026, 11, 23, 1, tzinfo=UTC))
    unknown = read({"views": [view(3, None), view(None, "2026-11-23T01:00:00Z")]})
    assert (unknown.left, unknown.complete_to) == (None, None)
