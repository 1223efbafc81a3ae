"""The kiosk's code is RFC 6238's, and counts one step to either side."""

from datetime import UTC, datetime, timedelta

import pytest

from services.attendance.kiosks.codes import Code, digits_of, holds, read, step_of

KEY = b"12345678901234567890123456789012"  # of RFC 6238 appendix B, SHA-256
VECTORS = {
    59: "46119246",
    1111111109: "68084774",
    1111111111: "67062674",
    1234567890: "91819424",
    2000000000: "90698825",
    20000000000: "77737706",
}
NOW = datetime(2026, 1, 5, 0, 28, 41, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "digits"), VECTORS.items())
def test_digits_are_those_of_the_rfc(seconds: int, digits: str) -> None:
    assert digits_of(KEY, step_of(datetime.fromtimestamp(seconds, UTC))) == digits


def shown(offset: int) -> Code:
    step = step_of(NOW) + offset
    return Code("s", "k", step, digits_of(KEY, step))


@pytest.mark.parametrize(("offset", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_step_to_either_side_counts_and_no_more(offset: int, counts: bool) -> None:
    assert holds(shown(offset), KEY, NOW) is counts


def test_a_code_of_another_key_or_step_does_not_count() -> None:
    assert not holds(shown(0), KEY[::-1], NOW)
    assert not holds(shown(0)._replace(step=step_of(NOW) + 1), KEY, NOW)
    assert not holds(shown(0)._replace(digits="٠١٢٣٤٥٦٧"), KEY, NOW)
    assert not holds(shown(0), KEY, NOW + timedelta(minutes=2))


def test_a_code_is_read_as_it_is_and_as_an_address() -> None:
    code = Code("1b9d-site", "a1b2", 58900000, "01234567")
    assert read("1b9d-site.a1b2.58900000.01234567") == code
    assert read("https://kinerja.example/presensi?qr=1b9d-site.a1b2.58900000.01234567") == code
    for text in ("", "a.b.c", "a.b.c.d", "a.b.-1.d", "a.b.1234567890123.d", "a.b.٣.d", "x" * 200):
        assert read(text) is None, text
