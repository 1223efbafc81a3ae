"""What is sent and answered about ratings."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kit.text import SEEN, Reference, ShortText
from services.feedback.ratings import codes, reasons

MOST_TEXT = 1_000
MOST_CODES = 240


def _code(typed: str) -> str:
    found = codes.read(typed)
    if found is None:
        raise ValueError(f"kode terdiri dari {codes.LENGTH} huruf dan angka; periksa kembali")
    return found


def _reason(identity: str) -> str:
    if identity not in reasons.KNOWN:
        raise ValueError("alasan ini tidak ada dalam daftar")
    return identity


Typed = Annotated[str, SEEN, StringConstraints(max_length=60), AfterValidator(_code)]
"""A code in whatever way somebody types or pastes it, as it was issued."""

Counter = Annotated[ShortText | None, Field(description="One of the service's counters")]


class OfService(BaseModel):
    """What a code is for."""

    model_config = ConfigDict(extra="forbid")

    service_id: Reference
    counter: Counter = None


class NewCode(OfService):
    """A code for somebody just served. `reference` is the number of the served transaction, such as that of a queue
    ticket: a second code for it on the same day is refused. Only a hash of it is kept, for two days."""

    reference: Annotated[str, SEEN, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)] | None = None


class NewSheet(OfService):
    """Codes on paper."""

    count: int = Field(ge=1, le=MOST_CODES)


class RatedService(BaseModel):
    """What a code is for, by its names."""

    service: str
    unit: str
    counter: str | None


class IssuedCode(RatedService):
    """A code, told once. `code` is grouped for reading, `path` is where the app takes it: behind #, so that no server
    is told of it by opening the address."""

    code: str = Field(examples=["7K3M-9FQX-02HT"])
    path: str = Field(examples=["/nilai#7K3M9FQX02HT"])
    expires_at: AwareDatetime


class SentCode(BaseModel):
    """A code as it was typed or scanned: in any case, with or without hyphens and blanks."""

    model_config = ConfigDict(extra="forbid")

    code: Typed


class ReasonText(BaseModel):
    """A reason that may be tapped."""

    id: str
    id_text: str
    en_text: str


class RatingForm(RatedService):
    """What a code may be used for, and by when."""

    reasons: list[ReasonText]
    expires_at: AwareDatetime


class Rating(SentCode):
    """What a citizen says. Stars are asked for, the rest is not."""

    stars: int = Field(strict=True, ge=1, le=5)
    reasons: list[Annotated[str, AfterValidator(_reason)]] = Field(default=[], max_length=reasons.MOST)
    text: Annotated[str, SEEN, StringConstraints(strip_whitespace=True, max_length=MOST_TEXT)] = ""

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.reasons)) < len(self.reasons):
            raise ValueError("setiap alasan cukup sekali")
        return self


class Thanks(BaseModel):
    """The service that was rated."""

    service: str


class Comment(BaseModel):
    """What a citizen wrote, without when and with how many stars."""

    id: str
    service_id: str
    unit_id: str
    text: str
    published_on: date


class CommentPage(BaseModel):
    """The newest day of publication first; within a day in no order that means anything."""

    items: list[Comment]
    next_cursor: str | None


class ReasonCount(ReasonText):
    """How often a reason was tapped; null where too few have rated the service."""

    count: int | None


class ServiceReasons(BaseModel):
    """A service's reasons in a period. `ratings` is null where there are too few to be shown."""

    service_id: str
    service: str
    unit_id: str
    ratings: int | None
    reasons: list[ReasonCount]


class ReasonList(BaseModel):
    """By the service's name. `minimum_group` is how few ratings are not shown."""

    items: list[ServiceReasons]
    minimum_group: int
