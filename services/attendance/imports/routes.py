"""Uploads over HTTP: look first, then take in."""

from hashlib import sha256
from pathlib import PurePath
from typing import Annotated

import structlog
from bson import ObjectId
from fastapi import APIRouter, Depends, File, Form, Path, Query, UploadFile

from kit import paging
from kit.problems import FieldError, Problem
from services.attendance.access import PEOPLE_OF_TERMINALS
from services.attendance.devices.models import SERIAL
from services.attendance.devices.registry import Clock, Registry, Terminal
from services.attendance.imports.importer import Importer, Tally
from services.attendance.imports.layouts import BOM, PRESETS, SAMPLE_LINES, BadColumns, Layout, custom, detect
from services.attendance.imports.store import ImportStore
from services.attendance.imports.views import (
    ALL_PRESETS,
    ImportPage,
    ImportPreview,
    ImportView,
    Report,
    import_view,
    preset_view,
    sample_rows,
    warnings_of,
)
from services.attendance.punches.lines import decode
from services.attendance.punches.rules import Origin

log = structlog.get_logger()

MOST_FILE = 256 * 1024 * 1024
HEAD = 64 * 1024

DataFile = Annotated[UploadFile, File(description="attlog.dat")]
SerialForm = Annotated[str, Form(pattern=SERIAL)]
PresetForm = Annotated[str, Form(description="zk6, solution5, push7, name5; kosong = dikenali sendiri")]
ColumnsForm = Annotated[str, Form(max_length=200, description="susunan sendiri, contoh pin,name,time,status,verify")]


def router(registry: Registry, importer: Importer, store: ImportStore, clock: Clock) -> APIRouter:
    """The routes under /imports."""
    routes = APIRouter(
        prefix="/api/attendance/v1/imports", tags=["imports"], dependencies=[Depends(PEOPLE_OF_TERMINALS)]
    )

    def active(serial: str) -> tuple[Terminal, Origin]:
        terminal = registry.get(serial)
        if terminal is None or terminal.origin is None:
            raise Problem(
                409,
                "device-not-active",
                "Mesin tidak aktif",
                "Berkas hanya dapat diunggah untuk mesin yang sudah disetujui dan punya lokasi.",
            )
        return terminal, terminal.origin

    @routes.post("/preview", max_body_size=MOST_FILE)
    async def preview_import(
        file: DataFile, serial: SerialForm, preset: PresetForm = "", columns: ColumnsForm = ""
    ) -> ImportPreview:
        """Read a file, keep nothing: which layout it has, what its lines would become, what looks wrong."""
        terminal, origin = active(serial)
        size, digest = await _measure(file)
        sample = await _sample(file)
        layout = _layout(preset, columns) or detect(sample)
        same = await store.same_content(serial, digest)
        preview = ImportPreview(
            sha256=digest,
            size=size,
            layout=preset_view(layout) if layout else None,
            presets=ALL_PRESETS,
            sample=sample_rows(sample),
            same_as=str(same["_id"]) if same else None,
            warnings=[],
            report=None,
        )
        if layout is not None:
            tally = await importer.run(terminal, origin, layout, file.read, import_id=None)
            preview.report = Report.model_validate(tally.report())
            preview.warnings = warnings_of(_name(file), serial, terminal.device.number, tally.devices, layout)
        return preview

    @routes.post("", status_code=201, max_body_size=MOST_FILE)
    async def import_file(
        file: DataFile, serial: SerialForm, preset: PresetForm = "", columns: ColumnsForm = ""
    ) -> ImportView:
        """Take a terminal's file in. Punches known already stay one; lines nobody can place are quarantined."""
        terminal, origin = active(serial)
        size, digest = await _measure(file)
        layout = _layout(preset, columns) or detect(await _sample(file))
        if layout is None:
            raise Problem(
                422,
                "layout-unknown",
                "Susunan kolom tidak dikenali",
                "Lihat pratinjau, lalu pilih preset atau sebutkan kolomnya.",
                [FieldError("/body/preset", f"pilih dari {', '.join(PRESETS)}, atau isi columns")],
            )
        same = await store.same_content(serial, digest)
        fields = {"serial": serial, "filename": _name(file), "sha256": digest, "size": size, "layout": layout.name}
        fields |= {"same_as": str(same["_id"]) if same else None}
        identity = await store.begin(fields, clock())
        latest = Tally()

        async def progress(tally: Tally) -> None:
            nonlocal latest
            latest = tally
            await store.progress(identity, tally.report())

        try:
            tally = await importer.run(terminal, origin, layout, file.read, import_id=identity, progress=progress)
        except Exception:
            log.warning("an import stopped half way; uploading the file again completes it", id=str(identity))
            await store.end(identity, "failed", latest.report(), clock())
            raise
        warnings = warnings_of(_name(file), serial, terminal.device.number, tally.devices, layout)
        row = await store.end(identity, "done", tally.report(), clock())
        return import_view({**row, "warnings": warnings})

    @routes.get("")
    async def list_imports(
        serial: Annotated[str, Query(pattern=SERIAL)] | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> ImportPage:
        """Uploads, newest first, with what became of their lines; one under way shows how far it is."""
        after = paging.decode(cursor)
        rows = await store.page(serial, ObjectId(after) if ObjectId.is_valid(after) else None, limit)
        following = paging.encode(str(rows[-1]["_id"])) if len(rows) == limit else None
        return ImportPage(items=[import_view(row) for row in rows], next_cursor=following)

    @routes.get("/{import_id}")
    async def get_import(import_id: Annotated[str, Path(pattern=r"^[0-9a-f]{24}$")]) -> ImportView:
        """One upload and what became of its lines."""
        row = await store.get(ObjectId(import_id))
        if row is None:
            raise Problem(404, "upload-not-found", "Unggahan tidak ditemukan", "Periksa nomor unggahan.")
        return import_view(row)

    return routes


def _layout(preset: str, columns: str) -> Layout | None:
    """What the operator chose; None to detect. Raises a 422 problem for a choice that cannot be."""
    if columns:
        try:
            return custom([name.strip().lower() for name in columns.split(",")])
        except BadColumns as error:
            wrong = FieldError("/body/columns", str(error))
            raise Problem(422, "validation", "Isian tidak sesuai", "Perbaiki susunan kolom.", [wrong]) from error
    if not preset:
        return None
    if preset not in PRESETS:
        wrong = FieldError("/body/preset", f"pilih dari {', '.join(PRESETS)}")
        raise Problem(422, "validation", "Isian tidak sesuai", "Pilih preset yang ada.", [wrong])
    return PRESETS[preset]


async def _measure(file: UploadFile) -> tuple[int, str]:
    """Size and SHA-256 of the file as uploaded; reads it once and goes back to its beginning."""
    digest, size = sha256(), 0
    while chunk := await file.read(1024 * 1024):
        digest.update(chunk)
        size += len(chunk)
    await file.seek(0)
    return size, digest.hexdigest()


async def _sample(file: UploadFile) -> list[str]:
    """The first lines, for detection; goes back to the beginning."""
    head = (await file.read(HEAD)).removeprefix(BOM)
    await file.seek(0)
    lines = [decode(line) for line in head.split(b"\n") if line.strip()]
    return (lines[:-1] if len(head) >= HEAD - len(BOM) and len(lines) > 1 else lines)[:SAMPLE_LINES]


def _name(file: UploadFile) -> str:
    return PurePath(file.filename or "").name[:200]
