"""Punches and chains, as short as a test wants to say them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from contracts.events.attendance import PunchRecorded
from services.attendance.receipts.models import Receipt
from services.attendance.receipts.rules import Chain, Link, Recorded, cut, read_punch, seal
from services.attendance.receipts.signing import Signer
from services.attendance.receipts.store import document_of, receipt_of, rows_of

WIB = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # twelve o'clock WIB
# The key of RFC 8032 section 7.1, test 1, in base64: known to everybody, so of use for tests only.
KNOWN = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="


def signer(secret: str = KNOWN) -> Signer:
    return Signer.of(secret)


def punch(number: int, recorded: datetime = NOON, employee: str = "emp-1", entry: object = None) -> Recorded:
    event = PunchRecorded(
        punch_id=f"{number:032x}",
        employee_id=employee,
        occurred_at=datetime(2026, 11, 23, 0, 31, number % 60, tzinfo=UTC),
        local_date=date(2026, 11, 23),
        zone="Asia/Jakarta",
        site_id="site-a",
        device_id="SN1",
        source="terminal",
    )
    found = read_punch(event.to_json(), recorded, entry if entry is not None else number)
    assert found is not None
    return found


def salt(one: Recorded) -> bytes:
    return one.punch_id.encode()[-16:]


def sealed(
    punches: Sequence[Recorded], chain: Chain | None = None, *, now: datetime = NOON, most: int = 1_024
) -> tuple[list[Link], Chain]:
    links: list[Link] = []
    chain = chain or Chain()
    for piece in cut(chain, punches, now, WIB, most):
        more, chain = seal(chain, piece, [salt(one) for one in piece], WIB, now, signer())
        links += more
    return links, chain


def receipts(links: Sequence[Link]) -> dict[str, Receipt]:
    return {row["_id"]: receipt_of(row, document_of(link)) for link in links for row in rows_of(link)}
