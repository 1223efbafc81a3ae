"""Keeps strangers from guessing codes: a miss costs its address dearly, and all misses together are bounded.

Addresses are known by a hash with a key of this process only: never stored nor logged, forgotten when it ends. Of an
IPv6 address its network of 64 bits counts, for one subscriber has them all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address, ip_network
from secrets import token_bytes
from time import monotonic

from kit.buckets import Buckets
from kit.problems import Problem

# An address may ask 600 times in ten minutes: a whole hall behind one, or 10 times for codes that are not there.
BURST = 600
PER_SECOND = 1.0
MISS = 60
ADDRESSES = 100_000
MISSES_A_MINUTE = 6_000
EVERYBODY = "everybody"


class Unknown(Exception):  # noqa: N818 - a miss is no fault of ours
    """There is no such code."""


class Guard:
    """Of one process; several allow a multiple."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._key = token_bytes(16)
        self._addresses = Buckets(BURST, PER_SECOND, ADDRESSES, clock)
        self._all = Buckets(MISSES_A_MINUTE, MISSES_A_MINUTE / 60, 1, clock)

    @contextmanager
    def attempt(self, address: str) -> Iterator[None]:
        """Look a code up inside. The price of a miss is taken before and given back unless `Unknown` is raised, so that
        many at once pay as well. Raises Problem 429 when this address, or all together, have missed too often."""
        caller = self._caller(address)
        if seconds := self._addresses.wait(caller, MISS):
            raise _too_fast(seconds)
        if seconds := self._all.wait(EVERYBODY):
            self._addresses.give_back(caller, MISS)
            raise _too_fast(seconds)
        try:
            yield
        except Unknown:
            raise
        except Exception:
            self._hit(caller)
            raise
        else:
            self._hit(caller)

    def _hit(self, caller: bytes) -> None:
        self._addresses.give_back(caller, MISS - 1)
        self._all.give_back(EVERYBODY, 1)

    def _caller(self, address: str) -> bytes:
        return blake2b(network_of(address).encode(), digest_size=16, key=self._key).digest()


def network_of(address: str) -> str:
    """What counts as one caller."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((int(found) >> 64 << 64, 64)))
    return str(found)


def _too_fast(seconds: int) -> Problem:
    return Problem(
        429,
        "too-many-attempts",
        "Terlalu banyak percobaan",
        f"Tunggu {seconds} detik, periksa kode Anda, lalu coba lagi.",
        headers={"Retry-After": str(seconds)},
    )
