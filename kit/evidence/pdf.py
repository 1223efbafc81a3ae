"""Whether a PDF is a document to read and nothing else. Pure; nothing of it is rendered.

Refused are encrypted ones and those that name an action or an attachment (`FORBIDDEN`), however the name is written:
`/JavaScript` or `/J#61vaScript`. Names are looked for in the bytes of the whole file, and in object streams, which are
inflated within bounds. One that cannot be looked into (another or a second filter, a predictor) is refused.

Not seen: what is encoded elsewhere than in object streams, such as a script within an attachment (attachments are
refused by name), or in data a viewer would repair. This is a sieve before a viewer, not instead of its own care: files
are handed out as downloads under their true type and are never opened by us.
"""

import re
import zlib
from bisect import bisect
from collections.abc import Iterable, Iterator

from kit.evidence.models import Refused

ENCRYPTED = b"Encrypt"
# Long enough never to come up by chance in compressed data; so not `/JS`: a script action names one of these as well.
FORBIDDEN: dict[bytes, str] = {
    b"JavaScript": "skrip",
    b"Rendition": "skrip",
    b"Launch": "perintah menjalankan program",
    b"EmbeddedFile": "berkas lampiran",
    b"EmbeddedFiles": "berkas lampiran",
    b"GoToE": "berkas lampiran",
    b"RichMedia": "media yang dapat dijalankan",
    b"XFA": "formulir XFA",
}
VERSION = re.compile(rb"%PDF-(1\.[0-7]|2\.0)[\r\n \t%]")
TAIL = 2048  # bytes in which %%EOF is looked for

REGULAR = rb"[^\x00\t\n\f\r ()<>\[\]{}/%]"
KNOWN = rb"|".join((*FORBIDDEN, ENCRYPTED, b"ObjStm"))
PLAIN = re.compile(rb"/(" + KNOWN + rb")(?!" + REGULAR + rb")")
ESCAPED = re.compile(rb"/(" + REGULAR + rb"{0,127}?#[0-9A-Fa-f]{2}" + REGULAR + rb"{0,127})")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")

STREAM = re.compile(rb"(?<!end)stream[ \t\r\n]{1,8}")
NUMBERS = re.compile(rb"\s*[0-9]+\s+[0-9]+\s")
"""How an object stream begins: the number of its first object and where that is."""
MOST_ESCAPED = 10_000  # names written with escapes: fonts whose names have blanks
MOST_STREAMS = 50_000
MOST_INFLATED = 20 * 1024 * 1024
MOST_RATIO = 100
FREE = 256 * 1024  # bytes of a stream before its ratio counts
LOOK = 64
STEP = 32 * 1024
SWOLLEN = "PDF ini mengembang tidak wajar saat dibuka; cetak ulang sebagai PDF"
UNSEEN = "bagian PDF ini tidak dapat diperiksa; cetak ulang sebagai PDF biasa"


def check_pdf(data: bytes) -> None:
    """Raises Refused with the reason."""
    if not VERSION.match(data):
        raise Refused("versi PDF ini tidak dikenal; simpan ulang sebagai PDF 1.7")
    if b"%%EOF" not in data[-TAIL:]:
        raise Refused("PDF ini terpotong; kirim ulang dari aslinya")
    names = _checked(data)
    for objects in _object_streams(data, names):
        _checked(objects)


def _names(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Where names come up that are known here, and those written with escapes, without them."""
    for match in PLAIN.finditer(data):
        yield match.start(), match[1]
    for count, match in enumerate(ESCAPED.finditer(data)):
        if count == MOST_ESCAPED:
            raise Refused(UNSEEN)
        yield match.start(), ESCAPE.sub(lambda one: bytes([int(one[1], 16)]), match[1])


def _checked(data: bytes) -> list[tuple[int, bytes]]:
    """The names in it. Raises Refused for one that may not be there."""
    names = list(_names(data))
    found = {name for _, name in names}
    if ENCRYPTED in found:
        raise Refused("PDF ini dikunci dengan kata sandi; simpan tanpa kata sandi")
    for name, what in FORBIDDEN.items():
        if name in found:
            raise Refused(f"PDF ini memuat {what}; cetak ulang sebagai PDF biasa")
    return names


def _object_streams(data: bytes, names: Iterable[tuple[int, bytes]]) -> Iterator[bytes]:
    """What is in every stream that begins as an object stream does, whatever its dictionary says of it: the word
    `stream` may also stand in a comment. Raises Refused when one that is named so cannot be read."""
    named = sorted(at for at, name in names if name == b"ObjStm")
    inflating = _Inflating(data)
    before = 0
    for count, match in enumerate(STREAM.finditer(data)):
        if count == MOST_STREAMS:
            raise Refused(UNSEEN)
        at = match.end()
        objects = inflating.objects(at)
        if objects is not None:
            yield objects
        elif bisect(named, at) > bisect(named, before) and not NUMBERS.match(data, at):
            raise Refused(UNSEEN)
        before = at


class _Inflating:
    """Inflates within bounds over all of a file: so many bytes in all, so many times what they came from, and no byte
    of the file twice (streams that overlap are made to keep the reader busy)."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._left = MOST_INFLATED
        self._unread = len(data)

    def objects(self, at: int) -> bytes | None:
        """The object stream that begins here; None when there is none. Raises Refused when it swells or breaks off."""
        try:
            look = zlib.decompressobj().decompress(self._data[at : at + 8 * LOOK], LOOK)
        except zlib.error:
            return None
        if not NUMBERS.match(look):
            return None
        try:
            return self._all(at)
        except zlib.error:
            raise Refused(UNSEEN) from None

    def _all(self, at: int) -> bytes:
        inflater, found = zlib.decompressobj(), bytearray()
        for start in range(at, len(self._data), STEP):
            piece: bytes | memoryview = self._data[start : start + STEP]
            while piece and not inflater.eof:
                got = inflater.decompress(piece, STEP)
                found += got
                self._left -= len(got)
                read = len(piece) - len(inflater.unconsumed_tail) - len(inflater.unused_data)
                self._unread -= read
                if self._left < 0 or self._unread < 0:
                    raise Refused(SWOLLEN)
                if len(found) > FREE and len(found) > MOST_RATIO * (start + STEP - at):
                    raise Refused(SWOLLEN)
                piece = inflater.unconsumed_tail
            if inflater.eof:
                return bytes(found)
        raise Refused(UNSEEN)
