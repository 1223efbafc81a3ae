"""Lists of enrolments: all errors at once, nothing half done, the same list twice changes nothing."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kit.problems import field_errors
from services.attendance.enrolments.models import BulkReport, BulkRow, RowError
from services.attendance.enrolments.rules import pin_key
from services.attendance.enrolments.store import EnrolmentStore

# What the columns may be called; the first is ours.
COLUMNS = {
    "space": ("space", "serial", "nomor_seri", "mesin"),
    "pin": ("pin", "id_mesin"),
    "employee_id": ("employee_id", "id_pegawai"),
    "number": ("number", "nip", "nomor"),
}
MOST_ERRORS = 1_000
_ROW: TypeAdapter[BulkRow] = TypeAdapter(BulkRow)


class BadList(ValueError):
    """The list as a whole cannot be read; the message (Indonesian) says why."""


def read_rows(content: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows with their numbers from CSV (comma or semicolon, header first) or a JSON array. Raises BadList."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadList("berkas bukan UTF-8; simpan ulang sebagai CSV UTF-8") from None
    if text.lstrip().startswith("["):
        yield from _json_rows(text)
        return
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    header = next(reader, [])
    names = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
    columns = [names.get(cell.strip().lower().replace(" ", "_"), "") for cell in header]
    if not {"space", "pin"} <= set(columns) or not {"employee_id", "number"} & set(columns):
        raise BadList("baris judul harus memuat: space (atau serial), pin, dan nip atau employee_id")
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
                yield reader.line_num, {name: value for name, value in found.items() if value}
    except csv.Error as error:
        raise BadList(f"baris {reader.line_num} bukan CSV yang sah") from error


def _json_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise BadList("bukan JSON yang sah") from error
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise BadList(f"butir {number} bukan objek")
        yield number, row


async def import_list(content: bytes, store: EnrolmentStore, at: datetime, *, dry_run: bool) -> BulkReport:
    """Check every row, then write all or none. Raises BadList."""
    errors: list[RowError] = []
    rows: dict[int, BulkRow] = {}
    for number, raw in read_rows(content):
        try:
            rows[number] = _ROW.validate_python(raw)
        except ValidationError as error:
            for wrong in field_errors(list(error.errors())):
                errors.append(RowError(row=number, column=wrong.pointer.strip("/"), detail=wrong.detail))
    resolved = await _resolve(rows, store, errors)
    present = await store.present([pin_key(space, pin) for space, pin, _ in resolved])
    missing = object()
    before = [present.get(pin_key(space, pin), missing) for space, pin, _ in resolved]
    fresh = [row for row, held in zip(resolved, before, strict=True) if held is missing]
    changed = [row for row, held in zip(resolved, before, strict=True) if held is not missing and held != row[2]]
    if not errors and not dry_run:
        await store.put_many([*fresh, *changed], at)
    return BulkReport(
        rows=len(rows) + len({error.row for error in errors} - rows.keys()),
        new=len(fresh),
        changed=len(changed),
        same=len(resolved) - len(fresh) - len(changed),
        errors=sorted(errors, key=lambda error: error.row)[:MOST_ERRORS],
        dry_run=dry_run,
    )


async def _resolve(
    rows: dict[int, BulkRow], store: EnrolmentStore, errors: list[RowError]
) -> list[tuple[str, str, str]]:
    """The rows whose person is known; duplicates and unknown people become errors."""
    by_number = await store.employees_by_number([row.number for row in rows.values() if row.number])
    known = await store.known_employees([row.employee_id for row in rows.values() if row.employee_id])
    seen: dict[str, int] = {}
    resolved = []
    for number, row in rows.items():
        employee = row.employee_id if row.employee_id in known else by_number.get(row.number or "")
        first = seen.setdefault(pin_key(row.space, row.pin), number)
        if first != number:
            errors.append(RowError(row=number, column="pin", detail=f"PIN ini sudah ada di baris {first}"))
        elif employee is None:
            column = "employee_id" if row.employee_id else "number"
            errors.append(RowError(row=number, column=column, detail="pegawai tidak dikenal di direktori"))
        else:
            resolved.append((row.space, row.pin, employee))
    return resolved
