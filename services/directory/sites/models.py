"""What the directory keeps of a work site."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from kit.text import Code, Title
from services.directory.sites.zones import known_zone
from services.directory.validity import Period

# A phone indoors is off by tens of metres, so less would refuse honest people; more is no longer a place.
LEAST_RADIUS, MOST_RADIUS = 10, 5_000
DECIMALS = 6  # of a degree: a tenth of a metre


def to_a_step(degrees: float) -> float:
    """As many decimals as are kept and written to files."""
    return round(degrees, DECIMALS)


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Site(Period):
    """A place with terminals. `zone` is its IANA time zone: every local date of a punch is a date of it.

    `latitude` and `longitude` (decimal degrees, WGS 84) are its middle and `radius_m` (metres) how far its grounds
    reach: what a check-in by phone is measured against. A site without them takes no check-in by place.
    """

    code: Code
    name: Title
    zone: Annotated[str, AfterValidator(known_zone)]
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False), AfterValidator(to_a_step)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False), AfterValidator(to_a_step)] | None = None
    radius_m: Annotated[int, Field(ge=LEAST_RADIUS, le=MOST_RADIUS)] | None = None
