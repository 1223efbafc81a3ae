"""What a feedback process is told by its environment, beside kit/settings.py."""

from pydantic import Field

from kit.proxies import OWN_MACHINE, Networks
from kit.settings import Address, Settings, Zone


class FeedbackSettings(Settings):
    """`zone` is where the agency's own "today" is. `address` is where people reach the installation, as it is printed
    on sheets of codes; without it the address that whoever prints has asked. `trusted_proxies` are the networks our own
    edge speaks from (CIDR, separated by commas): only there does `X-Forwarded-For` say who guesses codes.
    `release_seconds` replaces the time within which ratings of an employee are released (rules/ratings.yaml) where a
    system is tried out; shorter, they may be told apart by when they appear.
    """

    service: str = "feedback"
    zone: Zone = "Asia/Jakarta"
    address: Address | None = None
    trusted_proxies: Networks = OWN_MACHINE
    release_seconds: int | None = Field(default=None, ge=0)
