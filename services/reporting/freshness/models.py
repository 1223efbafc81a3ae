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


class PartitionFreshness(BaseModel):
    """One partition of one topic in one view."""

    topic: str
    partition: int
    next_offset: int | None = Field(description="Everything before it is folded; null: nothing was there to fold yet")
    end_offset: int | None = Field(description="Where the topic ends at the broker; null: it did not say")
    lag: int | None = Field(description="Records still to be folded; null: the broker did not say")
    folded_at: AwareDatetime | None = Field(description="When the view last folded records of this partition number")


class ViewFreshness(BaseModel):
    """One view. `folded_at` is the newest of its partitions."""

    view: str = Field(examples=["presence_v1"])
    freshness: Freshness
    lag: int | None = Field(description="Records still to be folded in all partitions; null: the broker did not say")
    folded_at: AwareDatetime | None
    dead_letters: int = Field(description="Letters of this view that wait for a person")
    partitions: list[PartitionFreshness]


class FreshnessAnswer(BaseModel):
    """Every view in use."""

    views: list[ViewFreshness]
    broker_answers: bool = Field(description="false: the broker does not answer, lags are unknown")
