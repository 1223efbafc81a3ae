"""Whose word about where a request comes from counts: our own edge's."""

from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Annotated

from pydantic import AfterValidator
from starlette.types import Scope


class Proxies:
    """Our own edge: only what it says of where somebody is counts. `networks`: where it speaks from, as CIDR,
    separated by commas. Raises ValueError for anything else."""

    def __init__(self, networks: str) -> None:
        self._networks = tuple(ip_network(one.strip()) for one in networks.split(","))
        self.ours = lru_cache(1_024)(self._within)

    def client(self, peer: str, forwarded: str) -> str:
        """The caller's address. Of `X-Forwarded-For` only the last hop: what stands before it was written by the
        caller (devices.md sections 1.1 and 1.8)."""
        if forwarded and self.ours(peer):
            return forwarded.rsplit(",", 1)[-1].strip() or peer
        return peer

    def caller(self, scope: Scope) -> str:
        """The address an HTTP request comes from, "" where the server knows none."""
        peer: str = scope["client"][0] if scope.get("client") else ""
        forwarded = b""
        for name, value in scope["headers"]:
            if name == b"x-forwarded-for":
                forwarded = value  # of several headers the last was added last
        return self.client(peer, forwarded.decode("latin-1")) if forwarded else peer

    def _within(self, peer: str) -> bool:
        try:
            found = ip_address(peer)
        except ValueError:
            return False
        found = getattr(found, "ipv4_mapped", None) or found
        return any(found in network for network in self._networks)


def _networks(value: str) -> str:
    try:
        Proxies(value)
    except ValueError:
        raise ValueError("expected networks such as 10.0.0.0/8, separated by commas") from None
    return value


Networks = Annotated[str, AfterValidator(_networks)]
"""Networks as CIDR, separated by commas."""

OWN_MACHINE = "127.0.0.0/8,::1"
