"""Refusals as OpenAPI documents them."""

from kit.problems import Responses, documented

DESCRIPTIONS = {
    400: "Isi permintaan tidak dapat dibaca",
    404: "Tidak ditemukan",
    409: "Sudah ada, kunci idempotensi bentrok, atau impor sedang diterapkan",
    412: "Data sudah diubah orang lain",
    413: "Isi permintaan terlalu besar",
    428: "Versi data tidak disebut",
    503: "Penyimpanan sedang tidak tersedia",
}


def refused(*statuses: int) -> Responses:
    """The problem answers a route can give, beside those every route has."""
    return documented({status: DESCRIPTIONS[status] for status in (*statuses, 503)})
