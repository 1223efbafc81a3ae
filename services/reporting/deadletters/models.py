"""Dead letters as answers show them."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

Status = Literal["waiting", "replayed", "dropped"]


class LetterItem(BaseModel):
    """A record that could not be folded, without what it said."""

    id: str
    view: str
    topic: str
    partition: int
    offset: int
    event: str = Field(description="Type of the event, as the record's header says; empty without one")
    reason: str = Field(description="Why it was refused, the last time")
    status: Status
    replaying: bool = Field(description="Put back on its topic, and neither folded nor refused since")
    first_seen: AwareDatetime
    refusals: int = Field(description="How often it was refused")
    refused_at: AwareDatetime = Field(description="The last time")
    ended_at: AwareDatetime | None = Field(description="When it was folded after all, or dropped")
    why: str | None = Field(description="Why it was dropped")


class LetterPage(BaseModel):
    """Newest first. `counts` are of all letters, whatever was asked for."""

    items: list[LetterItem]
    next_cursor: str | None
    counts: dict[Status, int]
    views: list[str] = Field(description="Views that have letters")


class Header(BaseModel):
    """One header of the record; what is no text is escaped."""

    name: str
    value: str | None


class Action(BaseModel):
    """Who has dealt with a letter."""

    by: str = Field(description="The account, as the issuer names it")
    by_name: str | None = Field(description="null: an account of somebody who is no employee, or the command line")
    at: AwareDatetime


class Replay(Action):
    """One putting back on the topic."""

    acknowledged: bool = Field(description="The broker has it; false: it did not say so")


class LetterDetail(LetterItem):
    """The whole record. `value` is its JSON, null when it is none; `text` is what it holds byte by byte, escaped."""

    key: str | None
    headers: list[Header]
    is_json: bool
    value: JsonValue
    text: str | None = Field(description="null: the record has no value")
    incomplete: list[str] = Field(description="Ids of whom it leaves incomplete: employees, in the views there are")
    replays: list[Replay]
    dropped: Action | None


class Replaying(BaseModel):
    """Which letters to put back."""

    model_config = ConfigDict(extra="forbid")

    ids: list[str] = Field(min_length=1, max_length=200)


class Replayed(BaseModel):
    """What became of each: the broker has those `put_back`; whether they can be folded now their status will say."""

    put_back: list[str]
    not_waiting: list[str] = Field(description="No letter of this id waits: folded or dropped meanwhile, or unknown")


class Dropping(BaseModel):
    """Why a letter is given up."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    reason: str = Field(min_length=5, max_length=500)
