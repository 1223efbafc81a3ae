"""What goes back to a terminal, and how it is counted."""

from typing import NamedTuple

from services.attendance.devices.answers import OK


class Answer(NamedTuple):
    """`table` and `outcome` are labels of `intake_requests_total`, from small fixed sets."""

    status: int
    body: bytes
    table: str = "other"
    outcome: str = "other"


PLAIN = Answer(200, OK)
# 401 without a challenge: the terminal keeps its data (devices.md section 1.6).
WRONG_TOKEN = Answer(401, b"", "other", "refused")
ABSENT = Answer(404, b"")


def stored(body: bytes, table: str) -> Answer:
    """Durable, therefore acknowledged."""
    return Answer(200, body, table, "stored")


def refused(table: str) -> Answer:
    """Not durable: empty, so that no firmware can find an OK in it. The terminal sends again."""
    return Answer(503, b"", table, "refused")
