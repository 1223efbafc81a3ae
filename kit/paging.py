"""Cursors of lists: the last id of a page, opaque to the caller."""

from base64 import b64decode, urlsafe_b64encode
from binascii import Error

from kit.problems import FieldError, Problem


def encode(last: str) -> str:
    """The cursor that continues after `last`."""
    return urlsafe_b64encode(last.encode()).decode().rstrip("=")


def decode(cursor: str | None) -> str:
    """Where to continue; "" for the first page. Raises a 422 problem for a cursor that was not given by us."""
    if not cursor:
        return ""
    try:
        return b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (Error, ValueError):
        raise Problem(
            422,
            "validation",
            "Isian tidak sesuai",
            "Mulai lagi dari halaman pertama.",
            [FieldError("/query/cursor", "bukan penanda halaman yang sah")],
        ) from None
