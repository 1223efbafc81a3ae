"""What the register refuses, as problem documents (kit/problems.py)."""

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError

from kit.etags import tag
from kit.gathering import Unwritten
from kit.mongo import AWAY
from kit.problems import Problem, of_status
from services.directory.register.desk import pointed
from services.directory.register.forms import form_errors
from services.directory.register.salvage import Salvage
from services.directory.register.store import Busy, Register
from services.directory.register.writing import Conflict
from services.directory.violations import Violations

RETRY_SECONDS = "5"


def install(app: FastAPI) -> None:
    """Answer the register's own errors on every route of `app`."""
    app.add_exception_handler(RequestValidationError, _on_unreadable)
    app.add_exception_handler(Violations, _on_violations)
    app.add_exception_handler(Conflict, _on_conflict)
    app.add_exception_handler(Busy, _on_busy)
    for away in (*AWAY, Unwritten):
        app.add_exception_handler(away, _on_storage_away)


async def _on_unreadable(request: Request, error: Exception) -> Response:
    """The form of the body and the rules of what can be read of it, in one answer."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type only
    errors = form_errors(error.errors())
    salvage: Salvage | None = getattr(request.scope.get("endpoint"), "salvage", None)
    if salvage is not None:
        register: Register = request.app.state.register
        async with register.view() as view:
            errors += pointed(await salvage(view, error.body, register.today()))
    return of_status(422, errors=errors).response(request.url.path)


async def _on_violations(request: Request, error: Exception) -> Response:
    assert isinstance(error, Violations)  # noqa: S101 - registered for this type only
    return of_status(422, errors=pointed(error.found)).response(request.url.path)


async def _on_conflict(request: Request, error: Exception) -> Response:
    assert isinstance(error, Conflict)  # noqa: S101 - registered for this type only
    if error.given == 0:
        problem = Problem(
            409,
            "already-exists",
            "Kode sudah dipakai",
            "Data dengan kode ini sudah ada. Ubah data itu, atau pakai kode lain.",
        )
    else:
        problem = Problem(
            412,
            "version-conflict",
            "Data sudah diubah orang lain",
            f"Perubahan Anda dibuat dari versi {error.given}, sedangkan data sekarang versi {error.present}. "
            "Ambil data terbaru, bandingkan dengan perubahan Anda (lihat history), lalu kirim lagi.",
            headers={"ETag": tag(error.present)},
        )
    return problem.response(request.url.path)


async def _on_busy(request: Request, _: Exception) -> Response:
    return Problem(
        409,
        "import-running",
        "Impor sedang diterapkan",
        "Direktori tidak dapat diubah sampai impor selesai. Coba lagi beberapa saat lagi.",
        headers={"Retry-After": RETRY_SECONDS},
    ).response(request.url.path)


async def _on_storage_away(request: Request, _: Exception) -> Response:
    return of_status(503, headers={"Retry-After": "1"}).response(request.url.path)
