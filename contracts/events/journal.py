"""How far a service's journal has been published: lets a reader say "complete to 09:14:32" and mean it."""

from typing import ClassVar

from pydantic import AwareDatetime

from contracts.base import EventData


class PartitionPosition(EventData):
    """The offset after the last record this relay published to one partition."""

    topic: str
    partition: int
    next_offset: int


class JournalRelayed(EventData):
    """Everything `service` recorded up to `relayed_to` is on its topics, below `positions`.

    A view whose checkpoints have reached every position is complete to `relayed_to`.
    """

    TYPE: ClassVar[str] = "id.go.kinerja.platform.journal.relayed.v1"

    service: str
    relayed_to: AwareDatetime
    positions: tuple[PartitionPosition, ...]
