"""NIP and NI PPPK by tables; vectors V-17 and V-18 of the regulations reference."""

from datetime import date

import pytest

from services.directory.employees.numbers import faults, grouped

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("number", "kind", "sex"),
    [
        ("198609262015051001", "pns", "male"),  # V-17
        ("199009132025242014", "pppk", "female"),  # V-18
        ("199009132025212001", "pppk", "female"),  # agreement 21
        ("200002292019031999", "pns", "male"),  # born on a leap day
        ("195611231980012001", "pns", "female"),  # 69: the day before 70
        ("195511231980012001", "pns", "female"),  # still 70 today
        ("200811222026121001", "pns", "male"),  # 18 today, start next month
        ("200811222027051001", "pns", "male"),  # start exactly six months ahead
        ("198601012004011001", "pns", "male"),  # start in the month of the 18th birthday
        ("198601312004011001", "pns", "male"),  # only the month is known
        ("199009132025002014", "pppk", "female"),  # agreement number is any two digits
        ("199009132027012014", "pppk", "female"),  # next year's appointment, less than six months off
    ],
)
def test_valid(number: str, kind: str, sex: str) -> None:
    assert faults(number, kind, sex, on=TODAY) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "kind", "sex", "says"),
    [
        ("198613262015051001", "pns", "male", ["posisi 1–8"]),  # V-17: month 13
        ("199009132025242014", "pns", "female", ["posisi 9–14"]),  # V-18: month 24
        ("198602302015051001", "pns", "male", ["posisi 1–8"]),  # 30 February
        ("199902292020031001", "pns", "male", ["posisi 1–8"]),  # no leap year
        ("198609262015001001", "pns", "male", ["posisi 9–14"]),  # month 00
        ("198609260000051001", "pns", "male", ["posisi 9–14"]),  # year 0
        ("198609262015131001", "pns", "male", ["posisi 9–14"]),
        ("198609262004081001", "pns", "male", ["sebelum usia 18"]),  # a month too young
        ("198609262027061001", "pns", "male", ["lebih dari 6 bulan"]),
        ("198609262015051001", "pns", "female", ["tidak sesuai"]),
        ("198609262015052001", "pns", "male", ["tidak sesuai"]),
        ("198609262015053001", "pns", "male", ["posisi 15"]),
        ("198609262015050001", "pns", "male", ["posisi 15"]),
        ("198609262015051000", "pns", "male", ["posisi 16–18"]),
        ("200811232026121001", "pns", "male", ["usia 17"]),  # 18 tomorrow
        ("195511221980011001", "pns", "male", ["usia 71"]),
        ("199009132007012014", "pppk", "female", ["sebelum usia 18"]),
        ("199009132028012014", "pppk", "female", ["belum tiba"]),
        ("19860926201505100", "pns", "male", ["18 angka"]),
        ("1986092620150510011", "pns", "male", ["18 angka"]),
        ("19860926 201505 1 001", "pns", "male", ["18 angka"]),
        ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", "pns", "male", ["18 angka"]),  # digits, but not these digits
        ("19860926201505100A", "pns", "male", ["18 angka"]),
        ("", "pns", "male", ["18 angka"]),
        ("198613262015131000", "pns", "female", ["posisi 1–8", "posisi 9–14", "tidak sesuai", "posisi 16–18"]),
    ],
)
def test_every_fault_is_named(number: str, kind: str, sex: str, says: list[str]) -> None:
    found = faults(number, kind, sex, on=TODAY)  # type: ignore[arg-type]
    assert len(found) == len(says)
    for fault, words in zip(found, says, strict=True):
        assert words in fault


def test_a_number_that_ended_is_judged_by_its_last_day() -> None:
    assert faults("194001011965011001", "pns", "male", on=date(2000, 1, 1)) == []
    assert "usia 86" in faults("194001011965011001", "pns", "male", on=TODAY)[0]


def test_display_grouping() -> None:
    assert grouped("198609262015051001") == "19860926 201505 1 001"
