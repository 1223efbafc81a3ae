"""What is sent and answered about notes of feedback, praise and requests."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kit.text import SEEN, Reference

Value = Literal["berorientasi_pelayanan", "akuntabel", "kompeten", "harmonis", "loyal", "adaptif", "kolaboratif"]
"""The core values of civil servants, BerAKHLAK, in the order of their name (SE Menteri PANRB 20/2021)."""

Kind = Literal["feedback", "praise"]
Tone = Literal["good", "improve"]
Shown = Literal["private", "unit"]
LocalDay = date | None
RequestStatus = Literal["open", "answered", "declined", "lapsed"]
Words = Annotated[str, SEEN, StringConstraints(strip_whitespace=True, max_length=1000)]
NeededWords = Annotated[str, SEEN, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]


class Sent(BaseModel):
    """Unknown fields are refused: a misspelt one would silently count as absent."""

    model_config = ConfigDict(extra="forbid")


class NewFeedback(Sent):
    """What a superior says of a subordinate's work by one core value. Praise needs no words; what should become better
    does. `date` is the day it is about (absent: today), `request_id` the request it answers."""

    value: Value
    tone: Tone
    words: Words = ""
    activity_id: Reference | None = None
    date: LocalDay = None
    request_id: Reference | None = None


class NewPraise(Sent):
    """What a colleague did well. `private`: read by the one praised alone; `unit`: also by the unit and the superior of
    the one praised."""

    value: Value
    words: Words = ""
    shown: Shown


class NewRequest(Sent):
    """What feedback is asked for: an activity, a day, or in general."""

    words: Words = ""
    activity_id: Reference | None = None
    date: LocalDay = None


class Said(Sent):
    """An answer to a note, or why a request is declined: read by the other side."""

    words: NeededWords


class Person(BaseModel):
    """`name` is absent for who left the directory."""

    id: str
    name: str | None = None


class NoteAnswer(BaseModel):
    """What the receiver said to a note."""

    words: str
    answered_at: datetime
    changeable_until: datetime


class NoteView(BaseModel):
    """A note as recorded."""

    id: str
    kind: Kind
    employee: Person = Field(description="Whom it is about; reads it")
    author: Person
    value: Value
    tone: Tone
    words: str
    activity_id: str | None
    date: str = Field(description="The local day it is about")
    shown: Shown
    request_id: str | None
    given_at: datetime
    withdrawable_until: datetime | None = Field(description="For the author, while nobody has answered; else absent")
    answer: NoteAnswer | None


class NotesTally(BaseModel):
    """Counts of some days: of what somebody gave, got, asked for and answered."""

    given: int = 0
    praise_given: int = 0
    received: int = 0
    praise_received: int = 0
    requested: int = 0
    answered: int = 0


class NotePage(BaseModel):
    """Of a period, newest first, with what it comes to."""

    items: list[NoteView]
    tally: NotesTally


class NoteList(BaseModel):
    """Newest first."""

    items: list[NoteView]


class RequestView(BaseModel):
    """A request for feedback. `lapsed`: its note was withdrawn after the same was asked for again."""

    id: str
    employee: Person
    words: str
    activity_id: str | None
    date: str | None
    status: RequestStatus
    asked_at: datetime
    note_id: str | None = Field(description="The note that answered it")
    declined_words: str = Field(description="Why it was declined")


class RequestList(BaseModel):
    """One's own newest first; those that wait oldest first."""

    items: list[RequestView]


class WaitingRequests(BaseModel):
    """A number only."""

    waiting: int


class Colleague(BaseModel):
    """Somebody of the same office."""

    id: str
    name: str
    post_title: str


class ColleagueList(BaseModel):
    """By name, at most 20."""

    items: list[Colleague]


class Subordinate(Colleague):
    """Whom one may give feedback today. `last_given_on` is when one did last."""

    last_given_on: date | None


class SubordinateList(BaseModel):
    """Those who wait longest first."""

    items: list[Subordinate]
