"""NIP (PNS) and NI PPPK: 18 digits with meaning and no check digit.

NIP: Perka BKN 22/2007 and 43/2007: birth yyyymmdd, start as CPNS (TMT) yyyymm, sex 1/2, sequence 001-999.
NI PPPK: birth yyyymmdd, year of first appointment, number of the agreement (2 digits, not a month), sex, sequence.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

NumberKind = Literal["pns", "pppk"]
Sex = Literal["male", "female"]

MIN_AGE, MAX_AGE = 18, 70
# A decree is issued ahead of the day it takes effect: a start up to this many months after `on` is believed.
MONTHS_AHEAD = 6
SEX_DIGITS: dict[str, Sex] = {"1": "male", "2": "female"}


def grouped(number: str) -> str:
    """A number as it is written: `19860926 201505 1 001`."""
    return f"{number[:8]} {number[8:14]} {number[14:15]} {number[15:]}"


def faults(number: str, kind: NumberKind, sex: Sex | None, *, on: date) -> list[str]:
    """Everything wrong with `number`, in Indonesian, by position; empty when it may stand.

    `on` is the day the number is judged by: today while it is valid, else its last day. Without `sex` the digit for it
    is not compared.
    """
    if len(number) != 18 or not (number.isascii() and number.isdigit()):
        return [f"harus tepat 18 angka tanpa spasi, diterima {len(number)} karakter"]
    found: list[str] = []
    birth = _birth(number)
    if birth is None:
        found.append(f"posisi 1–8 ({number[:8]}) bukan tanggal lahir yang nyata (tttt-bb-hh)")
    elif not MIN_AGE <= _age(birth, on) <= MAX_AGE:
        found.append(f"tanggal lahir {birth} memberi usia {_age(birth, on)} tahun, seharusnya {MIN_AGE}–{MAX_AGE}")
    found.extend(_start_of_pns(number, birth, on) if kind == "pns" else _start_of_pppk(number, birth, on))
    if number[14] not in SEX_DIGITS:
        found.append(f"posisi 15 ({number[14]}) harus 1 (laki-laki) atau 2 (perempuan)")
    elif sex and SEX_DIGITS[number[14]] != sex:
        found.append(f"posisi 15 ({number[14]}) tidak sesuai dengan jenis kelamin pegawai")
    if number[15:] == "000":
        found.append("posisi 16–18 (000) harus nomor urut 001–999")
    return found


def _birth(number: str) -> date | None:
    return _day(int(number[:4]), int(number[4:6]), int(number[6:8]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _age(birth: date, on: date) -> int:
    """Completed years; someone born on 29 February completes one on 1 March of a common year."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _start_of_pns(number: str, birth: date | None, on: date) -> Iterator[str]:
    year, month = int(number[8:12]), int(number[12:14])
    start = _day(year, month, 1)
    if start is None:
        yield f"posisi 9–14 ({number[8:14]}) bukan TMT CPNS (ttttbb); bulan harus 01–12"
        return
    # Only the month is known, so a start in the very month of the 18th birthday is not refused.
    if birth and (year, month) < (birth.year + MIN_AGE, birth.month):
        yield f"TMT CPNS {number[8:14]} jatuh sebelum usia {MIN_AGE} tahun"
    if (year - on.year) * 12 + month - on.month > MONTHS_AHEAD:
        yield f"TMT CPNS {number[8:14]} lebih dari {MONTHS_AHEAD} bulan sesudah {on}"


def _start_of_pppk(number: str, birth: date | None, on: date) -> Iterator[str]:
    year = int(number[8:12])
    if birth and year < birth.year + MIN_AGE:
        yield f"tahun pengangkatan pertama {year} jatuh sebelum usia {MIN_AGE} tahun"
    if year > on.year + (on.month + MONTHS_AHEAD > 12):
        yield f"tahun pengangkatan pertama {year} belum tiba (dinilai per {on})"
