"""When texts come out. How ratings are released is played on the database (tests/integration/feedback)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.feedback.ratings import rules
from services.feedback.ratings.rules import RatingsRule

START = date(2026, 11, 23)
GROUPS = st.integers(min_value=3, max_value=10)


@given(st.lists(st.integers(0, 60), max_size=12), GROUPS, st.integers(1, 40))
def test_texts_come_out_alone_only_after_the_longest_wait(waited: list[int], least: int, longest: int) -> None:
    rule = RatingsRule.model_validate(
        {
            "id": "x", "valid_from": START, "source": "", "minimum_group": least, "release_minutes": 1,
            "code_minutes": 1, "sheet_days": 1, "text_delay_days": 1, "text_spread_days": 1,
            "text_longest_days": longest, "codes_an_hour": 1,
        }
    )  # fmt: skip
    published = rules.may_publish([START - timedelta(days=days) for days in waited], START, rule)
    assert published == (len(waited) >= least or (bool(waited) and max(waited) >= longest))
