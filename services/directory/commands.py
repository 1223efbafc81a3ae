"""The commands of `python -m services.directory` that do one thing and end."""

import asyncio
import os
import threading
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from kit.mongo import Document
from services.directory.app import Parts
from services.directory.demo.load import FILENAME, archive
from services.directory.publication import published
from services.directory.register.kinds import UNIT
from services.directory.settings import DirectorySettings
from services.directory.transfer.exporting import write_all
from services.directory.transfer.records import Imports
from services.directory.transfer.running import ImportRunner
from services.directory.transfer.writing import XlsxWriter, ZipWriter

SHOWN = 200  # findings printed; all of them are kept with the import


async def demo(settings: DirectorySettings, employees: int) -> None:
    """Load the demo city through the import, unless the directory holds units; end when it is on the topics."""
    parts = await _ready(settings)
    started = perf_counter()
    async with parts.register.view() as view:
        present = await view.count(UNIT, {})
    if present:
        print(f"the directory holds {present} units already: the demo city is not loaded")
    else:
        try:
            data = archive(employees)
        except ValueError as error:
            raise SystemExit(str(error)) from None
        await _bring(parts, data, FILENAME, dry_run=False, encoding=None, cause="demo")
    await published(settings, parts)
    print(f"done in {perf_counter() - started:.1f} s")


async def import_file(settings: DirectorySettings, path: Path, *, dry_run: bool, encoding: str | None) -> None:
    """Check a file, and apply it unless `dry_run`. Ends with exit code 1 when it has errors."""
    parts = await _ready(settings)
    started = perf_counter()
    record = await _bring(
        parts, await asyncio.to_thread(path.read_bytes), path.name, dry_run=dry_run, encoding=encoding, cause="import"
    )
    print(f"{record['state']} in {perf_counter() - started:.1f} s, {record['rows']['total']} rows")
    if record["state"] not in ("checked", "applied"):
        raise SystemExit(1)


async def export_file(settings: DirectorySettings, path: Path) -> None:
    """Write the whole directory to an .xlsx, or to a .zip of CSV files."""
    writers = {".xlsx": XlsxWriter, ".zip": ZipWriter}
    if path.suffix not in writers:
        raise SystemExit(f"{path.name}: the name must end with .xlsx or .zip")
    parts = await _ready(settings)
    async with parts.register.view() as view:
        with writers[path.suffix](path) as writer:
            await write_all(view, writer)


async def run_import(settings: DirectorySettings, identity: str) -> None:
    """One import, for the worker that started this process; ends when that one is gone (its pipe closes)."""
    threading.Thread(target=_die_with_parent, daemon=True).start()
    parts = Parts.of(settings)
    await ImportRunner(parts.register, parts.imports, _owner()).run(identity)


def _die_with_parent() -> None:
    # Not through sys.stdin: its lock, held by a thread at the end of the interpreter, aborts the process.
    while os.read(0, 1):
        pass
    os._exit(70)  # nothing may delay this: the import is continued by a successor


async def _bring(parts: Parts, data: bytes, name: str, *, dry_run: bool, encoding: str | None, cause: str) -> Document:
    imports: Imports = parts.imports
    at = parts.register.clock()
    identity = await imports.create(data, name, dry_run=dry_run, encoding=encoding, at=at, cause=cause)
    while (record := await imports.get(identity)) is not None and record["finished_at"] is None:
        await ImportRunner(parts.register, imports, _owner()).run(identity)  # returns at once when a worker has it
        await asyncio.sleep(0.05)
    assert record is not None  # noqa: S101 - records are not deleted
    for found in await imports.findings(identity, 0, SHOWN):
        print(f"{found['level']}: {found['sheet']} row {found['row']} {found['column']}: {found['detail']}")
    for kind, counts in record["counts"].items():
        print(f"{kind}: " + ", ".join(f"{number} {what}" for what, number in counts.items()))
    print(f"{record['errors']} errors, {record['warnings']} warnings")
    return record


def _owner() -> str:
    return f"{os.getpid()}-{uuid4().hex[:8]}"


async def _ready(settings: DirectorySettings) -> Parts:
    parts = Parts.of(settings)
    await parts.setup()
    return parts
