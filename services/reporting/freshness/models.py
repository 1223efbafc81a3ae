"""Freshness as every answer carries it (PRODUCT R6)."""

from pydantic import AwareDatetime, BaseModel, Field


class LaggingSource(BaseModel):
    """A service whose facts have not all arrived."""

    source: str = Field(examples=["attendance"])
    behind_seconds: float | None = Field(description="Age of what it is complete to; null: it has not said yet")


class Freshness(BaseModel):
    """As in "complete to 09:14:32": everything any source recorded before `complete_to` is in the answer."""

    as_of: AwareDatetime = Field(description="When the answer was read")
    complete_to: AwareDatetime | None = Field(description="null: a source has not said yet how far it is")
    lagging_sources: list[LaggingSource]
    position: str | None = Field(
        default=None, description="Event id of the live stream to go on from without a gap (`last_event_id`)"
    )
