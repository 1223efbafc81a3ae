"""Errors of the JSON API as RFC 9457 problem documents, in plain Indonesian, with the trace id.

`raise Problem(404, "employee-not-found", "Pegawai tidak ditemukan", "…")` anywhere below a route. `type` is
`/problems/<slug>`; every slug is listed in docs/api/problems.md, generated from the calls (kit/catalogue.py).
Nothing internal leaks: what a caller cannot act on is in the log under the same trace id.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema
from pydantic_core.core_schema import ErrorType
from starlette.exceptions import HTTPException

from kit.telemetry import current_ids

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "/problems/"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field. `pointer` is a JSON pointer into the request: `/body/name`, `/query/date`, `/path/id`."""

    pointer: str
    detail: str


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """An answer that is an error. `detail` tells this caller what to do; `headers` go out with the answer."""

    def __init__(
        self,
        status: int,
        slug: str,
        title: str,
        detail: str,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {slug}: {detail}")
        self.status = status
        self.slug = slug
        self.title = title
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def document(self, path: str) -> dict[str, Any]:
        """The problem document of RFC 9457 section 3; `path` identifies the occurrence together with `trace_id`."""
        found: dict[str, Any] = {
            "type": TYPE_PREFIX + self.slug,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": path,
        }
        if self.errors:
            found["errors"] = [{"pointer": error.pointer, "detail": error.detail} for error in self.errors]
        if trace_id := current_ids()[0]:
            found["trace_id"] = trace_id
        return found

    def response(self, path: str) -> Response:
        """The HTTP answer."""
        return Response(
            json.dumps(self.document(path), ensure_ascii=False).encode(),
            status_code=self.status,
            headers=self.headers,
            media_type=MEDIA_TYPE,
        )


class ProblemError(BaseModel):
    """One wrong field of a request, as documented in OpenAPI."""

    pointer: str = Field(description="JSON pointer into the request, e.g. /body/name or /query/date")
    detail: str


class ProblemDocument(BaseModel):
    """RFC 9457 problem document, as documented in OpenAPI."""

    type: str = Field(description="Reference to docs/api/problems.md", examples=["/problems/validation"])
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProblemError] = []
    trace_id: str = ""


Responses = dict[int | str, dict[str, Any]]
"""What a route may answer beside what it is for, as OpenAPI has it."""
SCHEMAS = "#/components/schemas/"


def documented(descriptions: Mapping[int, str]) -> Responses:
    """Problem answers of a route by status. The schema is referred to: as a model, the framework would make a
    serialiser of its own for each of them, on every route, twice."""
    schema = {"$ref": SCHEMAS + ProblemDocument.__name__}
    return {
        status: {"description": text, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status, text in descriptions.items()
    }


def schemas() -> dict[str, Any]:
    """The schemas of a problem document by name, for the components of an OpenAPI document."""
    _, found = models_json_schema([(ProblemDocument, "serialization")], ref_template=SCHEMAS + "{model}")
    definitions: dict[str, Any] = found["$defs"]
    return definitions


# What the framework and the kit themselves answer; services add their own.
BY_STATUS: dict[int, tuple[str, str, str]] = {
    400: ("bad-request", "Permintaan tidak dapat dibaca", "Periksa isi permintaan, lalu kirim ulang."),
    401: ("unauthorized", "Perlu masuk", "Sertakan token yang berlaku pada header Authorization: Bearer."),
    403: ("forbidden", "Tidak diizinkan", "Akun ini tidak berwenang untuk tindakan tersebut."),
    404: ("not-found", "Tidak ditemukan", "Alamat atau data yang diminta tidak ada. Periksa alamatnya."),
    405: ("method-not-allowed", "Metode tidak didukung", "Alamat ini tidak menerima metode HTTP tersebut."),
    413: ("too-large", "Isi permintaan terlalu besar", "Kirim data dalam beberapa bagian yang lebih kecil."),
    415: ("unsupported-media-type", "Jenis isi tidak didukung", "Kirim isi sebagai application/json."),
    422: ("validation", "Isian tidak sesuai", "Perbaiki semua isian yang disebut di errors, lalu kirim ulang."),
    500: ("internal", "Kesalahan pada sistem", "Coba lagi; bila berulang, sampaikan trace_id kepada operator."),
    503: ("unavailable", "Layanan belum siap", "Coba lagi beberapa saat lagi."),
}


def of_status(status: int, *, errors: Sequence[FieldError] = (), headers: Mapping[str, str] | None = None) -> Problem:
    """The general problem of an HTTP status (an unlisted 4xx is a bad request, an unlisted 5xx internal)."""
    slug, title, detail = BY_STATUS.get(status) or BY_STATUS[400 if status < 500 else 500]
    return Problem(status, slug, title, detail, errors, headers)


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem document: domain, framework, validation and unforeseen."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(Exception, _on_anything_else)


def busy_when(app: FastAPI, *errors: type[Exception]) -> None:
    """Answer 503, to be tried again in a second, when one of `errors` says that storage is away."""

    async def busy(request: Request, _error: Exception) -> Response:
        return of_status(503, headers={"Retry-After": "1"}).response(request.url.path)

    for error in errors:
        app.add_exception_handler(error, busy)


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for this type only
    return error.response(request.url.path)


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type only
    if error.status_code < 400:
        return Response(status_code=error.status_code, headers=error.headers)
    return of_status(error.status_code, headers=error.headers).response(request.url.path)


async def _on_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type only
    return of_status(422, errors=field_errors(error.errors())).response(request.url.path)


async def _on_anything_else(request: Request, error: Exception) -> Response:
    # The server re-raises it to kit/requests.py, which logs it with the trace id.
    return of_status(500).response(request.url.path)


def field_errors(found: Iterable[Mapping[str, Any]], root: Sequence[str] = ()) -> list[FieldError]:
    """Pydantic's errors as pointers with an Indonesian sentence each; `root` is put before every pointer."""
    return [FieldError(pointer([*root, *_location(item)]), _sentence(item)) for item in found]


def _location(error: Mapping[str, Any]) -> Sequence[str | int]:
    # For unreadable JSON the framework names a character, not a field.
    return ["body"] if error["type"] == "json_invalid" else error["loc"]


def pointer(parts: Iterable[str | int]) -> str:
    """A JSON pointer (RFC 6901): `~` and `/` inside a part are escaped."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


# By pydantic's error types, {} taken from the error's context.
SENTENCES: dict[str, str] = {
    "missing": "wajib diisi",
    "extra_forbidden": "isian ini tidak dikenal",
    "string_type": "harus berupa teks",
    "string_too_short": "paling sedikit {min_length} karakter",
    "string_too_long": "paling banyak {max_length} karakter",
    "string_pattern_mismatch": "bentuknya tidak sesuai",
    "int_type": "harus bilangan bulat",
    "int_parsing": "harus bilangan bulat",
    "int_from_float": "harus bilangan bulat",
    "float_parsing": "harus bilangan",
    "float_type": "harus bilangan",
    "decimal_parsing": "harus bilangan",
    "bool_parsing": "harus true atau false",
    "bool_type": "harus true atau false",
    "greater_than": "harus lebih dari {gt}",
    "greater_than_equal": "paling kecil {ge}",
    "less_than": "harus kurang dari {lt}",
    "less_than_equal": "paling besar {le}",
    "literal_error": "pilihan yang sah: {expected}",
    "enum": "pilihan yang sah: {expected}",
    "date_from_datetime_parsing": "harus tanggal, contoh 2026-11-22",
    "date_from_datetime_inexact": "harus tanggal tanpa jam, contoh 2026-11-22",
    "date_parsing": "harus tanggal, contoh 2026-11-22",
    "date_type": "harus tanggal, contoh 2026-11-22",
    "datetime_from_date_parsing": "harus waktu RFC 3339, contoh 2026-11-22T07:30:00+07:00",
    "datetime_parsing": "harus waktu RFC 3339, contoh 2026-11-22T07:30:00+07:00",
    "datetime_type": "harus waktu RFC 3339, contoh 2026-11-22T07:30:00+07:00",
    "timezone_aware": "waktu harus menyebut selisih zonanya, contoh 2026-11-22T07:30:00+07:00",
    "uuid_parsing": "harus UUID",
    "list_type": "harus berupa daftar",
    "tuple_type": "harus berupa daftar",
    "too_short": "paling sedikit {min_length} butir",
    "too_long": "paling banyak {max_length} butir",
    "dict_type": "harus berupa objek",
    "model_type": "harus berupa objek",
    "model_attributes_type": "harus berupa objek JSON",
}


PYDANTICS = frozenset(get_args(ErrorType))


def _sentence(error: Mapping[str, Any]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind not in PYDANTICS:
        return str(error["msg"])  # a PydanticCustomError: a rule of ours wrote this sentence
    if kind in ("value_error", "assertion_error") and "error" in context:
        return str(context["error"])  # a rule of ours wrote this sentence for the caller
    if kind == "json_invalid":
        return f"bukan JSON yang sah, mulai karakter ke-{error['loc'][-1]}"
    sentence = SENTENCES.get(kind, "nilai ini tidak sah").format_map(_Known(context))
    return sentence.replace("' or '", "' atau '")


class _Known(dict[str, Any]):
    """What an error does not say is left open instead of hiding the error behind another."""

    def __missing__(self, key: str) -> str:
        return "…"
