"""What writers counted of units' days, added up by day, by unit and by service."""

from typing import Any

from services.reporting.card.rules import most_rated, summed, unit_figures

ROWS: list[dict[str, Any]] = [
    {"unit": "u-1", "date": "2026-11-02", "present": 3, "work": {"people": 2, "minutes": 400}},
    {
        "unit": "u-1",
        "date": "2026-11-02",
        "present": -1,
        "work": {"people": 1, "minutes": 90},
    },  # another's shard
    {"unit": "u-2", "date": "2026-11-02", "present": 5, "served": {"ratings": 4, "released": 0}},
    {"unit": "u-1", "date": "2026-11-03", "work": {"people": 1, "minutes": 10}},
]


def test_shards_days_and_units_are_added_up() -> None:
    assert summed(ROWS, "date") == {
        "2026-11-02": {
            "present": 7,
            "work_people": 3,
            "work_minutes": 490,
            "served_ratings": 4,
            "served_released": 0,
        },
        "2026-11-03": {"work_people": 1, "work_minutes": 10},
    }
    assert summed(ROWS, "unit")["u-1"] == {"present": 2, "work_people": 4, "work_minutes": 500}
    assert list(summed(reversed(ROWS), "date")) == ["2026-11-02", "2026-11-03"]


def test_what_nobody_counted_is_nothing() -> None:
    figures = unit_figures(summed(ROWS, "unit").values())
    assert (figures.days_present, figures.days_with_activity, figures.notes.given) == (7, 4, 0)
    assert unit_figures(summed([], "unit").values()).days_present == 0


def test_services_are_told_by_how_often_they_were_rated() -> None:
    rows: list[dict[str, Any]] = [
        {"service": "s-1", "unit": "u-1", "ratings": 2, "five": 1},
        {"service": "s-2", "unit": "u-2", "ratings": 9},
        {"service": "s-1", "unit": "u-3", "ratings": 4, "five": 2},  # it has moved to another unit
        {"service": "s-0", "unit": "u-1", "ratings": 6},
    ]
    assert [(service, unit) for service, unit, _ in most_rated(rows)] == [
        ("s-2", "u-2"),
        ("s-0", "u-1"),
        ("s-1", "u-3"),
    ]
    assert most_rated(rows)[2][2] == {"ratings": 6, "five": 3}
