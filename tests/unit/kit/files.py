"""Small files of every kind, made byte by byte."""

import struct
import zlib


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 1, height: int = 1, *, behind: bytes = b"", seed: bytes = b"") -> bytes:
    """`seed` makes another picture of the same size."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    picture = chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"tEXt", b"seed\0" + seed) + picture + chunk(b"IEND") + behind


def segment(marker: int, data: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg(width: int = 1, height: int = 1, *, behind: bytes = b"") -> bytes:
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34"
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\0\0\1\0\1\0\0") + frame + scan + b"\xff\xd9" + behind


def pdf(*objects: bytes, version: bytes = b"1.7", trailer: bytes = b"") -> bytes:
    """`objects` are the bodies of further objects."""
    bodies = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", *objects)
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(bodies, 1))
    return b"%PDF-" + version + b"\n" + body + b"trailer\n<< /Root 1 0 R " + trailer + b">>\nstartxref\n9\n%%EOF\n"


def object_stream(content: bytes, *, dictionary: bytes = b"/Filter /FlateDecode", packed: bytes | None = None) -> bytes:
    """A compressed object stream of one object."""
    data = zlib.compress(b"7 0 " + content) if packed is None else packed
    head = b"<< /Type /ObjStm /N 1 /First 4 %s /Length %d >>" % (dictionary, len(data))
    return head + b"\nstream\n" + data + b"\nendstream"
