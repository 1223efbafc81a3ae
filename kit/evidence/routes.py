"""What routes of evidence share: a file is the body of a request, and is handed out as a download."""

from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse

from kit.evidence.models import Evidence
from kit.evidence.rules import MOST_BYTES, SUFFIXES, disposition
from kit.evidence.store import Files
from kit.problems import Problem, documented

BODY_MOST = 2 * MOST_BYTES
"""`max_body_size` of a route that takes a file: the exact limit is `body_of`'s, in words that help."""
BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
CONTENT: dict[str, Any] = dict.fromkeys(SUFFIXES, BINARY)
SENT: dict[str, Any] = {"requestBody": {"required": True, "content": CONTENT}}
HANDED_OUT: dict[int | str, dict[str, Any]] = {
    200: {"content": CONTENT, "description": "The file as it was sent, as a download"}
}
TOO_LARGE = documented({413: "Berkas terlalu besar"})
# A viewer that shows it all the same may run nothing of it and load nothing for it.
CLOSED = "sandbox; default-src 'none'; frame-ancestors 'none'"

Filename = Annotated[
    str, Query(min_length=1, max_length=255, description="nama berkas, hanya untuk ditampilkan; isinya yang menentukan")
]


async def body_of(request: Request) -> bytes:
    """What is sent, counted as it comes: whoever does not say how much it is holds no more of our memory either.
    Raises Problem 413."""
    data = bytearray()
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        raise _too_large()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MOST_BYTES:
            raise _too_large()
    return bytes(data)


async def download(found: Evidence, files: Files) -> Response:
    """The file as it was sent, under the type it was found to be."""
    headers = {
        "Content-Disposition": disposition(found.name),
        "Content-Length": str(found.size),
        "Content-Security-Policy": CLOSED,
        "ETag": f'"{found.sha256}"',
    }
    return StreamingResponse(await files.read(found.id), media_type=found.media_type, headers=headers)


def _too_large() -> Problem:
    return Problem(
        413,
        "evidence-too-large",
        "Berkas bukti terlalu besar",
        "Paling besar 10 MB. Perkecil berkasnya, misalnya dengan resolusi foto yang lebih rendah, lalu kirim lagi.",
    )
