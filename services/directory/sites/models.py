"""What the directory keeps of a work site."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict
from pydantic.dataclasses import dataclass

from services.directory.sites.zones import known_zone
from services.directory.text import Code, Title
from services.directory.validity import Period


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Site(Period):
    """A place with terminals. `zone` is its IANA time zone: every local date of a punch is a date of it."""

    code: Code
    name: Title
    zone: Annotated[str, AfterValidator(known_zone)]
