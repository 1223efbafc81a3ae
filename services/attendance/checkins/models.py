"""What a phone sends, and what is answered."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from services.attendance.punches.apps import EventKey

Kind = Literal["check_in", "check_out"]
Grade = Literal["note", "doubt", "strong"]
Verdict = Literal["inside", "outside", "kiosk", "unknown", "unmeasured"]
Review = Literal["none", "open", "accepted", "rejected", "appealed", "upheld"]
InstallId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{4,64}$")]
Word = Annotated[str, StringConstraints(max_length=64)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]


class Sent(BaseModel):
    """Unknown fields are refused: a misspelt one would silently count as absent."""

    model_config = ConfigDict(extra="forbid")


class Location(Sent):
    """A position as the phone gives it: degrees (WGS 84), `accuracy_m` the radius of 68 % certainty, `age_ms` how old
    the position was when the punch was captured."""

    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    accuracy_m: float = Field(ge=0, le=10_000_000, allow_inf_nan=False)
    provider: Word = ""
    is_mock: bool = False
    age_ms: int = Field(default=0, ge=0)


class Installation(Sent):
    """The app on one phone. `install_id` is made once and kept by the app; `integrity` is evidence of the platform."""

    install_id: InstallId
    platform: Word = ""
    os: Word = ""
    app: Word = ""
    integrity: Annotated[str, StringConstraints(max_length=4096)] = ""


class CheckIn(Sent):
    """One check-in. `client_event_id` is new for each and the same when it is sent again.

    Three clocks: `captured_at` is the phone's wall clock; `elapsed_realtime_ms` its monotonic clock at the capture,
    which counts within one `boot_id`; the server's is read on arrival. `queued` says that it waited on the phone;
    `elapsed_since_capture_ms` how long by the monotonic clock, absent when the phone was started anew in between.
    `qr` is the text of a kiosk's code.
    """

    client_event_id: EventKey
    kind: Kind
    captured_at: AwareDatetime
    elapsed_realtime_ms: int = Field(ge=0)
    boot_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    location: Location | None = None
    device: Installation
    qr: Annotated[str, StringConstraints(max_length=200)] | None = None
    selfie_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    queued: bool = False
    elapsed_since_capture_ms: int | None = Field(default=None, ge=0)

    def content(self) -> bytes:
        """What was captured, without how and when it was delivered: this must be the same when it is sent again."""
        return self.model_dump_json(exclude={"queued", "elapsed_since_capture_ms"}).encode()


class Doubt(BaseModel):
    """One thing that is not as it usually is. `note` asks nothing of anybody, `doubt` and `strong` wait for a person.
    `detail` is the reason in words, `amount` its number where it has one (seconds, metres, km/h, times)."""

    model_config = ConfigDict(frozen=True)

    code: str
    grade: Grade
    detail: str
    amount: int | None = None


class Place(BaseModel):
    """Where, as far as it is kept: the verdict and how far from the site in steps, never the point itself."""

    verdict: Verdict
    band: str = Field(default="", description="Distance to the site in steps, empty when it was not measured")
    accuracy_m: int | None = None


class Point(BaseModel):
    """The exact position: kept only while a doubt waits for a person."""

    lat: float
    lon: float


class Step(BaseModel):
    """What was said or decided about a check-in, and as what: the employee, a superior, the personnel agency."""

    at: datetime
    what: Literal["explained", "accepted", "rejected", "appealed", "upheld"]
    by: Literal["employee", "superior", "agency"]
    words: str


class SiteName(BaseModel):
    """A work site as shown."""

    id: str
    name: str
    zone: str


class CheckInView(BaseModel):
    """A check-in as recorded, and the same answer every time it is sent again."""

    id: str = Field(description="Also the id of the punch")
    client_event_id: str
    employee_id: str
    kind: Kind
    occurred_at: datetime
    local_date: str
    recorded_at: datetime
    site: SiteName
    place: Place
    doubts: list[Doubt]
    review: Review
    steps: list[Step] = []
    point: Point | None = None


class CheckInPage(BaseModel):
    """Newest first; in the queue, oldest first."""

    items: list[CheckInView]
    total: int


class WaitingCount(BaseModel):
    """What waits for a person, within one's reach."""

    decides: bool = Field(description="Whether there is anybody this account may decide about")
    checkins: int
    phones: int = Field(description="Changes of phones")


class Explanation(Sent):
    """What the employee says to a doubt, or against a decision."""

    words: Words


class Decision(Sent):
    """What a person decides about a doubted check-in. The employee reads `words`."""

    outcome: Literal["accepted", "rejected"]
    words: Words
