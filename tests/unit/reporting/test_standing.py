"""How far a view is to be trusted."""

from datetime import UTC, datetime, timedelta

from kit.projector.reading import Completeness
from services.reporting.freshness.standing import Standing, of_sources

NOW = datetime(2026, 11, 23, 2, 14, 32, tzinfo=UTC)


def standing(*behind: tuple[str, float | None]) -> Standing:
    sources = [
        Completeness(service, None if seconds is None else NOW - timedelta(seconds=seconds))
        for service, seconds in behind
    ]
    return Standing({("t", 0): 5, ("t", 1): 7}, NOW, sources)


def test_complete_to_is_what_the_slowest_source_allows() -> None:
    said = standing(("attendance", 1), ("directory", 40)).freshness(15)
    assert said.complete_to == NOW - timedelta(seconds=40)
    assert [(one.source, one.behind_seconds) for one in said.lagging_sources] == [("directory", 40.0)]


def test_a_source_that_never_spoke_leaves_it_open() -> None:
    said = standing(("attendance", 1), ("directory", None)).freshness(15)
    assert said.complete_to is None
    assert [(one.source, one.behind_seconds) for one in said.lagging_sources] == [("directory", None)]


def test_sources_are_those_expected_not_those_heard() -> None:
    heard = [Completeness("attendance", NOW), Completeness("appraisal", NOW)]
    assert of_sources(["directory", "attendance"], heard) == [
        Completeness("attendance", NOW),
        Completeness("directory", None),
    ]


def test_the_tag_follows_position_and_question_only() -> None:
    here = standing(("attendance", 1))
    later = Standing(here.at, NOW + timedelta(hours=1), [])
    moved = Standing({**here.at, ("t", 0): 6}, NOW, here.sources)
    assert here.etag("presence", "u") == later.etag("presence", "u")
    assert len({here.etag("presence", "u"), here.etag("presence", "v"), moved.etag("presence", "u")}) == 3
    assert here.etag("x").startswith('W/"')
