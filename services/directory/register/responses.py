"""Refusals as OpenAPI documents them."""

from typing import Any

from kit.problems import MEDIA_TYPE, ProblemDocument

REFERENCE = {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}

DESCRIPTIONS = {
    400: "Isi permintaan tidak dapat dibaca",
    404: "Tidak ditemukan",
    409: "Sudah ada, kunci idempotensi bentrok, atau impor sedang diterapkan",
    412: "Data sudah diubah orang lain",
    413: "Isi permintaan terlalu besar",
    428: "Versi data tidak disebut",
    503: "Penyimpanan sedang tidak tersedia",
}
Responses = dict[int | str, dict[str, Any]]


def refused(*statuses: int) -> Responses:
    """The problem answers a route can give, beside those every route has."""
    return {
        status: {"description": DESCRIPTIONS[status], "content": {MEDIA_TYPE: {"schema": REFERENCE}}}
        for status in (*statuses, 503)
    }
