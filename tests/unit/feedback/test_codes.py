"""Codes: what they are made of, how they are read, what is stored of them."""

import string
from collections import Counter
from math import log2

import pytest

from services.feedback.ratings import codes

ALIKE = ("0OQD", "1IL", "2Z", "5S", "8B", "UV")


def test_the_alphabet_has_one_of_what_looks_alike_and_nearly_five_bits_a_character() -> None:
    for group in ALIKE[1:]:
        assert len(set(group) & set(codes.ALPHABET)) == 1, group
    assert "O" not in codes.ALPHABET
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET)
    assert codes.LENGTH * log2(len(codes.ALPHABET)) > 58


def test_every_letter_and_digit_means_one_of_the_alphabet() -> None:
    for one in string.ascii_letters + string.digits:
        found = codes.read(one * codes.LENGTH)
        assert found is not None
        assert set(found) <= set(codes.ALPHABET)
        if one.upper() in codes.ALPHABET:
            assert found == one.upper() * codes.LENGTH


def test_codes_are_spread_evenly_and_never_the_same() -> None:
    many = [codes.new() for _ in range(3_000)]
    assert len(set(many)) == len(many)
    counted = Counter("".join(many))
    assert counted.keys() == set(codes.ALPHABET)
    even = len(many) * codes.LENGTH / len(codes.ALPHABET)
    assert all(abs(count - even) < even / 4 for count in counted.values()), "seven standard deviations"


@pytest.mark.parametrize(
    "typed",
    [
        "0123-4567-89AC",
        "0123456789ac",
        " o1z3 4s67 b9AC ",
        "0I2345678-9ac",
        "Ol23\u20104567\u201189AC",
        "0123\n4567\t89AC",
    ],
)
def test_it_is_read_however_it_is_typed(typed: str) -> None:
    assert codes.read(typed) == "0123456789AC"


@pytest.mark.parametrize(
    "typed", ["", "0123-4567-89A", "0123-4567-89ACD", "0123-4567-89A!", "٠١٢٣٤٥٦٧٨٩AC", "ß" * 6, "ﬁ" * 12]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert codes.read(typed) is None


def test_it_is_shown_in_groups_and_opened_behind_the_hash() -> None:
    code = codes.new()
    assert codes.read(codes.shown(code)) == code
    assert [len(part) for part in codes.shown(code).split("-")] == [4, 4, 4]
    assert codes.path_of(code) == f"/nilai#{code}"
    assert len(codes.digest(code)) == 64
    assert code not in codes.digest(code)
