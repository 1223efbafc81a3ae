"""What a directory process is told by its environment, beside kit/settings.py."""

from typing import Annotated

from pydantic import AfterValidator, Field

from kit.settings import MEBIBYTE, Settings
from services.directory.sites.rules import zone_names


def _zone(value: str) -> str:
    if value not in zone_names():
        raise ValueError("expected an IANA time zone such as Asia/Jakarta")
    return value


class DirectorySettings(Settings):
    """`zone` is where the agency's own "today" is: ages, starts of service and default dates are judged by it.

    `upload_most` is the largest import file in bytes: 100,000 rows are some 10 MB.
    """

    service: str = "directory"
    zone: Annotated[str, AfterValidator(_zone)] = "Asia/Jakarta"
    upload_most: int = Field(default=32 * MEBIBYTE, ge=MEBIBYTE)
