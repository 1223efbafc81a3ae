"""What is released, by which mean it is compared, when texts come out, and the table all this is read from."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from kit.dated import Dated
from services.feedback.ratings import rules
from services.feedback.ratings.parts import RULES
from services.feedback.ratings.rules import Held, Mean, RatingsRule

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


def test_too_few_are_not_released() -> None:
    means = {"s": Mean(4, 12)}
    assert rules.released([Held("s", 3)] * 4, means, 5) is None
    assert rules.released([], {}, 5) is None


def test_what_is_released_is_counted_and_compared_with_its_services() -> None:
    held = [Held("a", 5), Held("a", 4), Held("b", 1), Held("b", 1), Held("b", 2)]
    found = rules.released(held, {"a": Mean(3, 13), "b": Mean(7, 9)}, 5)
    # 2 × 4333.33… + 3 × 1285.714… = 12523.8…
    assert found == {
        "ratings": 5, "stars": 13, "one": 2, "two": 1, "three": 0, "four": 1, "five": 1, "expected_milli": 12524,
    }  # fmt: skip


@pytest.mark.parametrize(("stars", "expected"), [(1, 312), (3, 938)])
def test_the_half_is_rounded_to_even_and_once(stars: int, expected: int) -> None:
    """5 × 1,000 × stars ÷ 16 is 312.5 and 937.5; rounded one by one they would be 310 and 940."""
    found = rules.released([Held("a", 1)] * 5, {"a": Mean(16, stars)}, 5)
    assert found is not None
    assert found["expected_milli"] == expected


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
