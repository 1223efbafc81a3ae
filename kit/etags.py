"""Entity tags: the version of an entity; an edit says which one it was made from (RFC 9110 section 13.1.1)."""

import re
from typing import Annotated

from fastapi import Header

from kit.problems import FieldError, Problem, of_status

TAG = re.compile(r'"([1-9][0-9]{0,8})"')

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description='ETag dari data yang diubah, misalnya "3"'),
]


def tag(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'


def version_of(if_match: str | None) -> int:
    """The version a caller has seen. Raises Problem 428 without one, 422 for anything but one tag of ours."""
    if if_match is None:
        raise Problem(
            428,
            "if-match-required",
            "Versi data tidak disebut",
            "Ambil data ini dahulu, lalu kirim perubahan dengan header If-Match berisi ETag-nya.",
        )
    match = TAG.fullmatch(if_match.strip())
    if match is None:
        raise of_status(422, errors=[FieldError("/header/If-Match", 'harus satu ETag dari data ini, misalnya "3"')])
    return int(match[1])
