"""What attendance says of closed periods: that their figures are signed, never whose they are."""

from datetime import date
from typing import ClassVar

from pydantic import AwareDatetime

from contracts.base import EventData


class PeriodClosed(EventData):
    """The full state of a closed period of the agency, said once. `closing_id` is its first day; `sequence` counts
    closings from 1. `people` employees' figures are under `root`; `adjusted_days` closed days of earlier periods, which
    came to something else since, are signed with them. `digest` is the hash of the signed head, `previous` that of the
    one before (zeros for the first), `key_id` the public key `signature` verifies with. Hexadecimal."""

    TYPE: ClassVar[str] = "id.go.kinerja.attendance.period.closed.v1"

    closing_id: str
    sequence: int
    first: date
    last: date
    people: int
    adjusted_days: int
    root: str
    previous: str
    digest: str
    signature: str
    key_id: str
    closed_at: AwareDatetime
