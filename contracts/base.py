"""The base of every event model: closed for writers, open for readers."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

NAMESPACE = "id.go.kinerja"


class EventData(BaseModel):
    """Data of one published event.

    `TYPE` is the CloudEvents type, `id.go.kinerja.<service>.<subject>.<past participle>.v<N>`.
    Unknown fields are ignored, so that a consumer built before an additive change still reads it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_timedelta="iso8601")

    TYPE: ClassVar[str]

    def to_json(self) -> bytes:
        """The record value: compact JSON, absent optional fields left out."""
        return self.model_dump_json(exclude_none=True).encode()
