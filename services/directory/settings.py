"""What a directory process is told by its environment, beside kit/settings.py."""

from typing import Annotated

from pydantic import AfterValidator

from kit.settings import Settings
from services.directory.sites.zones import known_zone


class DirectorySettings(Settings):
    """`zone` is where the agency's own "today" is: ages, starts of service and default dates are judged by it."""

    service: str = "directory"
    zone: Annotated[str, AfterValidator(known_zone)] = "Asia/Jakarta"
