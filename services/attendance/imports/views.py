"""Uploads as the API shows them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from services.attendance.imports.layouts import PRESETS, Layout, split_fields


class PresetView(BaseModel):
    """A layout to choose from."""

    name: str
    label: str
    ambiguous: bool


class Report(BaseModel):
    """Counts of a file. `known`: stored before; `quarantined` by reason; `first` and `last` in UTC."""

    rows: int = 0
    new: int = 0
    known: int = 0
    quarantined: dict[str, int] = {}
    pins: int = 0
    unknown_pins: dict[str, int] = {}
    days: int = 0
    first: str = ""
    last: str = ""
    device_ids: dict[str, int] = {}


class ImportView(BaseModel):
    """One upload."""

    id: str
    serial: str
    filename: str
    sha256: str
    size: int
    layout: str
    state: Literal["running", "done", "failed"]
    started: datetime
    finished: datetime | None = None
    same_as: str | None = None
    warnings: list[str] = []
    report: Report = Report()


class ImportPage(BaseModel):
    """One page of uploads, newest first."""

    items: list[ImportView]
    next_cursor: str | None


class ImportPreview(BaseModel):
    """What a file would do. Without `layout` the operator must choose a preset, or name the columns."""

    sha256: str
    size: int
    layout: PresetView | None
    presets: list[PresetView]
    sample: list[list[str]]
    same_as: str | None
    warnings: list[str]
    report: Report | None


def preset_view(layout: Layout) -> PresetView:
    """A layout as shown."""
    return PresetView(name=layout.name, label=layout.label, ambiguous=layout.ambiguous)


ALL_PRESETS = [preset_view(layout) for layout in PRESETS.values()]


def import_view(row: Mapping[str, Any]) -> ImportView:
    """From MongoDB."""
    return ImportView(id=str(row["_id"]), **{name: row[name] for name in ImportView.model_fields if name in row})


def sample_rows(lines: list[str], most: int = 10) -> list[list[str]]:
    """The first lines as fields, for the operator to look at."""
    return [[field[:64] for field in split_fields(line)[:16]] for line in lines[:most]]


def warnings_of(filename: str, serial: str, number: str, device_ids: Mapping[str, int], layout: Layout) -> list[str]:
    """What looks wrong: another terminal's file, several terminals in one, columns nobody can tell apart."""
    warnings = []
    if layout.ambiguous:
        warnings.append("Kolom status dan cara verifikasi tidak dapat dibedakan; arah dan cara presensi tidak dibaca.")
    owner, separator, _ = filename.rpartition("_attlog.dat")
    if separator and owner not in ("", serial, number):
        warnings.append(f"Nama berkas menyebut mesin {owner}, bukan {number or serial}. Pastikan mesinnya benar.")
    if len(device_ids) > 1:
        warnings.append(f"Berkas memuat {len(device_ids)} nomor mesin: {', '.join(list(device_ids)[:5])}.")
    others = sorted(device_ids.keys() - {number})
    if number and others:
        warnings.append(f"Kolom nomor mesin berisi {others[0]}, mesin ini terdaftar dengan nomor {number}.")
    return warnings
