"""Deterministic choice: what falls to employee `n` depends on `n` and the question alone, never on order or version."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def roll(n: int, question: str, sides: int) -> int:
    """A whole number from 0 to `sides` - 1, always the same for the same `n` and `question`."""
    digest = blake2b(f"nusa-harapan/{n}/{question}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % sides


def pick(n: int, question: str, options: Sequence[T]) -> T:
    """One of `options`."""
    return options[roll(n, question, len(options))]


def weighted(n: int, question: str, options: Sequence[tuple[T, int]]) -> T:
    """One of `options`, each as likely as its weight."""
    rest = roll(n, question, sum(weight for _, weight in options))
    for option, weight in options:
        rest -= weight
        if rest < 0:
            return option
    raise AssertionError("the weights add up to more than the roll")
