"""What the feedback service says. Codes, texts and who wrote them stay there; only counts are published."""

from datetime import date
from typing import ClassVar

from pydantic import AwareDatetime

from contracts.base import EventData


class ServiceRated(EventData):
    """What citizens said of one service of a unit on a local day, in full: the highest `version` counts.

    `ratings` were given on the day and moves with every one. What they said is held back until there is enough of it,
    as for officers (`OfficerRated`): `released` were released on the day, whenever they were given; `one` to `five` are
    how many of these gave that many stars, `stars` the stars added up. Says nothing about which employee served.
    """

    TYPE: ClassVar[str] = "id.go.kinerja.feedback.service.rated.v1"

    service_id: str
    unit_id: str
    local_date: date
    version: int
    ratings: int
    released: int
    stars: int
    one: int
    two: int
    three: int
    four: int
    five: int
    rated_at: AwareDatetime


class OfficerRated(EventData):
    """What was released on a local day of the ratings for one employee, in full: the highest `version` counts.

    Ratings for a person are held back until there are enough of them (`minimum_group` of `rule`) and are then released
    together: `ratings` grows by at least that many at once, so that the difference of two states never shows one
    citizen's. `expected_milli` is the mean of the service rated (all officers, at release) times 1,000, added up over
    the ratings: divided by `ratings` and 1,000 it is what any officer of these services could expect.
    """

    TYPE: ClassVar[str] = "id.go.kinerja.feedback.officer.rated.v1"

    employee_id: str
    local_date: date
    version: int
    ratings: int
    stars: int
    one: int
    two: int
    three: int
    four: int
    five: int
    expected_milli: int
    rule: str
    released_at: AwareDatetime


class NotesTallied(EventData):
    """What one employee wrote and got in notes of feedback on a local day, in full: the highest `version` counts.

    `given` is feedback to subordinates, `praise_given` praise to colleagues; `received` and `praise_received` the same
    from the other side; `requested` is feedback asked for, `answered` notes of others that got an answer. The day is
    the one on which it was done.
    """

    TYPE: ClassVar[str] = "id.go.kinerja.feedback.notes.tallied.v1"

    employee_id: str
    local_date: date
    version: int
    given: int
    praise_given: int
    received: int
    praise_received: int
    requested: int
    answered: int
    tallied_at: AwareDatetime
