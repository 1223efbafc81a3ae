"""Deterministic choice: what falls to somebody depends on the seed and the question alone, never on the order asked."""

from collections.abc import Sequence
from hashlib import blake2b
from random import Random
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


def chance(*question: object) -> Random:
    """A generator of its own for one question. Of it only `random` (and what is made of that alone) is used: the same
    in every version of Python."""
    return Random(_digest(question, 8))  # noqa: S311 - a made-up city


def share(*question: object) -> float:
    """A number from 0 up to 1."""
    return int.from_bytes(_digest(question, 8), "big") / 2**64


def identity(*question: object) -> str:
    """A UUID."""
    return str(UUID(bytes=_digest(question, 16)))


def pick(of: Random, options: Sequence[T]) -> T:
    """One of `options`."""
    return options[int(of.random() * len(options))]


def between(of: Random, least: int, most: int) -> int:
    """A whole number, both ends possible."""
    return least + int(of.random() * (most - least + 1))


def bell(of: Random) -> float:
    """About normally distributed: mean 0, standard deviation 1, never beyond ±3."""
    return 2 * (of.random() + of.random() + of.random() - 1.5)


def _digest(question: Sequence[object], size: int) -> bytes:
    return blake2b("\n".join(map(str, question)).encode(), digest_size=size).digest()
