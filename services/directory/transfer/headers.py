"""Row 1 of a sheet: which column is where, and what is missing, unknown or doubled. Pure."""

import difflib
from collections.abc import Sequence

from services.directory.transfer.findings import Finding
from services.directory.transfer.sheets import SHEETS, Sheet


def normal(header: str) -> str:
    """`Kode Induk ` and `kode_induk` are the same header."""
    return "_".join(header.strip().casefold().replace("_", " ").replace("-", " ").split())


def positions(sheet: Sheet, first_row: Sequence[str], row: int) -> tuple[list[int | None], list[Finding]]:
    """Where each column of `sheet` stands in the file (None = absent), and everything wrong with the header `row`.

    Optional columns may be absent, columns without a title are for nobody; any order will do.
    """

    def wrong(column: str, detail: str) -> None:
        found.append(Finding(sheet=sheet.name, row=row, column=column, detail=detail))

    given = [normal(header) for header in first_row]
    found: list[Finding] = []
    missing = [column.header for column in sheet.columns if column.required and column.header not in given]
    for index, header in enumerate(given):
        if header in sheet.headers and header in given[:index]:
            wrong(header, "judul kolom ini muncul dua kali")
        elif header and header not in sheet.headers:
            guess = _nearest(header, [name for name in sheet.headers if name not in given])
            hint = f"; maksud Anda {guess!r}?" if guess else f"; kolom yang dikenal: {', '.join(sheet.headers)}"
            wrong(first_row[index].strip(), f"judul tidak dikenal{hint}")
    for header in missing:
        guess = _nearest(header, [name for name in given if name not in sheet.headers])
        hint = f"; yang terdekat dalam berkas: {guess!r}" if guess else ""
        wrong(header, f"kolom wajib ini tidak ada{hint}")
    return [given.index(header) if header in given else None for header in sheet.headers], found


def recognise(first_row: Sequence[str]) -> Sheet | None:
    """The sheet that `first_row` was most likely meant for; None when it resembles none."""
    given = [normal(header) for header in first_row if header.strip()]

    def likeness(sheet: Sheet) -> float:
        exact = len(set(given) & set(sheet.headers))
        meant = sum(_nearest(header, sheet.headers) is not None for header in given)
        return (exact + meant) / (len(given) + len(sheet.headers))

    best = max(SHEETS, key=likeness)
    return best if likeness(best) >= 0.4 else None


def _nearest(header: str, names: Sequence[str]) -> str | None:
    return next(iter(difflib.get_close_matches(header, names, 1, 0.6)), None)
