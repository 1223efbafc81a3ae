"""What is released, by which mean it is compared, when texts come out, and the table all this is read from."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from kit.dated import Dated
from services.feedback.ratings import rules
from services.feedback.ratings.parts import RULES
from services.feedback.ratings.rules import Mean, RatingsRule

TABLE = Dated.load(RULES, RatingsRule)
RULE = TABLE.on(date(2026, 11, 23))
TODAY = date(2026, 11, 23)


def test_the_table_says_what_was_decided() -> None:
    assert (RULE.minimum_group, RULE.code_minutes, RULE.sheet_days, RULE.codes_an_hour) == (5, 120, 30, 60)
    assert (RULE.text_delay_days, RULE.text_spread_days, RULE.text_longest_days) == (3, 4, 30)
    assert RULE.source.startswith("bawaan Kinerja")


def test_no_decree_makes_a_group_of_two() -> None:
    with pytest.raises(ValidationError):
        RatingsRule.model_validate({**RULE.model_dump(), "minimum_group": 2})


def test_what_is_released_is_counted() -> None:
    found = rules.counts([5, 4, 1, 1, 2])
    assert found == {"ratings": 5, "stars": 13, "one": 2, "two": 1, "three": 0, "four": 1, "five": 1}


@pytest.mark.parametrize(("stars", "expected"), [(1, 312), (3, 938), (64, 20_000)])
def test_what_the_service_gets_is_rounded_half_to_even_and_once(stars: int, expected: int) -> None:
    """5 × 1,000 × stars ÷ 16 is 312.5 and 937.5; rounded one by one they would be 310 and 940."""
    assert rules.expected_milli(5, Mean(16, stars)) == expected


def test_a_text_is_due_days_after_it_was_written_never_earlier() -> None:
    assert rules.publish_on(TODAY, 0, RULE) == TODAY + timedelta(days=3)
    assert rules.publish_on(TODAY, 4, RULE) == TODAY + timedelta(days=7)
    for wrong in (-1, 5):
        with pytest.raises(ValueError, match="days"):
            rules.publish_on(TODAY, wrong, RULE)


def test_texts_come_out_when_enough_are_due_or_one_has_waited_long_enough() -> None:
    assert not rules.may_publish([], TODAY, RULE)
    assert not rules.may_publish([TODAY - timedelta(days=29)] * 4, TODAY, RULE)
    assert rules.may_publish([TODAY] * 5, TODAY, RULE)
    assert rules.may_publish([TODAY - timedelta(days=30)], TODAY, RULE)
