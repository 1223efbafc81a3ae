"""Periods of local days as routes are asked for them."""

from datetime import date

from kit.problems import FieldError, of_status

PERIOD_MOST = 366  # days: a leap year


def check_period(first: date, last: date, most: int = PERIOD_MOST) -> None:
    """Whether `from` and `to` of a query are a period of at most `most` days. Raises Problem 422."""
    if not 0 <= (last - first).days < most:
        wrong = f"paling awal sama dengan from, dan paling lama {most} hari bersamanya"
        raise of_status(422, errors=[FieldError("/query/to", wrong)])
