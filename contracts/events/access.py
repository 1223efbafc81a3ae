"""Who has looked at whose data: each employee may see it (UU 27/2022 article 7; PRODUCT X3)."""

from typing import ClassVar

from pydantic import AwareDatetime

from contracts.base import EventData


class PersonViewed(EventData):
    """Somebody has read personal data of an employee, at least once in this hour, by this operation of a service.

    `reader` is the account, `reader_id` the employee behind it where there is one. Said once an hour for the same
    reader, employee and operation, with the time of the first: who looks at a live board looks all day.
    """

    TYPE: ClassVar[str] = "id.go.kinerja.platform.person.viewed.v1"

    employee_id: str
    reader: str
    reader_id: str | None = None
    roles: tuple[str, ...]
    service: str
    operation: str
    read_at: AwareDatetime
