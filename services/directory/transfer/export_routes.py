"""Routes of exports and templates."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse, StreamingResponse
from starlette.background import BackgroundTask

from kit.access.reads import Noting, noting
from kit.problems import Responses
from kit.spreadsheets import BOM, CSV, XLSX
from services.directory.access import EXPORTS, note_everybody
from services.directory.register.responses import refused
from services.directory.register.routes import API
from services.directory.register.store import Register
from services.directory.transfer.exporting import csv_of, write_all
from services.directory.transfer.sheets import BY_NAME
from services.directory.transfer.writing import Writer, XlsxWriter, ZipWriter, csv_lines, template_line

router = APIRouter(prefix=API, tags=["exports"], dependencies=[Depends(EXPORTS)])

SheetName = Literal["unit", "lokasi", "jabatan", "pegawai", "pangkat", "penugasan"]
OF_PEOPLE = frozenset({"pegawai", "pangkat", "penugasan"})
ZIP = "application/zip"


def file_of(media_type: str) -> Responses:
    """A file of this type, or a problem."""
    return {200: {"content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}, **refused()}


@router.get(
    "/export.xlsx",
    dependencies=[Depends(note_everybody)],
    summary="Seluruh direktori, satu lembar per daftar",
    response_class=FileResponse,
    responses=file_of(XLSX),
)
async def export_xlsx(request: Request) -> FileResponse:
    """Comes back through the import without a change."""
    return await _file(request, "direktori.xlsx", XLSX, XlsxWriter)


@router.get(
    "/export.zip",
    dependencies=[Depends(note_everybody)],
    summary="Seluruh direktori, satu CSV per daftar",
    response_class=FileResponse,
    responses=file_of(ZIP),
)
async def export_zip(request: Request) -> FileResponse:
    """Comes back through the import without a change."""
    return await _file(request, "direktori.zip", ZIP, ZipWriter)


async def _file(request: Request, name: str, media_type: str, writer: Callable[[Path], Writer]) -> FileResponse:
    register: Register = request.app.state.register
    folder = TemporaryDirectory(prefix="directory-export-")
    path = Path(folder.name) / name
    try:
        out = writer(path)
        out.__enter__()
        async with register.view() as view:
            await write_all(view, out)
        await asyncio.to_thread(out.__exit__, None, None, None)  # packing takes seconds
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(path, media_type=media_type, filename=name, background=BackgroundTask(folder.cleanup))


@router.get(
    "/export/{sheet}.csv",
    summary="Satu daftar sebagai CSV",
    response_class=StreamingResponse,
    responses=file_of(CSV),
)
async def export_csv(
    sheet: SheetName, request: Request, noted: Annotated[Noting, Depends(noting)]
) -> StreamingResponse:
    """Streamed while it is read."""
    if sheet in OF_PEOPLE:
        await note_everybody(request, noted)
    register: Register = request.app.state.register

    async def pieces() -> AsyncIterator[bytes]:
        async with register.view() as view:
            async for piece in csv_of(view, BY_NAME[sheet]):
                yield piece

    return StreamingResponse(pieces(), media_type=CSV, headers=_named(f"{sheet}.csv"))


@router.get(
    "/template.xlsx",
    summary="Templat impor dengan petunjuk",
    response_class=FileResponse,
    responses=file_of(XLSX),
)
async def get_template_xlsx() -> FileResponse:
    """Headers only, with a sheet that explains every column."""
    folder = TemporaryDirectory(prefix="directory-template-")
    path = Path(folder.name) / "templat.xlsx"
    with XlsxWriter(path, notes=True):
        pass
    return FileResponse(
        path, media_type=XLSX, filename="templat-direktori.xlsx", background=BackgroundTask(folder.cleanup)
    )


@router.get(
    "/template/{sheet}.csv",
    summary="Templat satu daftar, satu baris contoh",
    response_class=Response,
    responses=file_of(CSV),
)
async def get_template_csv(sheet: SheetName) -> Response:
    """The header and an example line."""
    text = BOM + csv_lines([BY_NAME[sheet].headers, template_line(BY_NAME[sheet])])
    return Response(text, media_type=CSV, headers=_named(f"templat-{sheet}.csv"))


def _named(filename: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{filename}"'}
