"""What a file is by its bytes, and why it is refused."""

import base64
import struct
import zlib
from contextlib import suppress
from time import perf_counter

import pytest

from kit.evidence.models import Refused
from kit.evidence.rules import MOST_BYTES, MOST_NAME, MediaType, display_name, disposition, media_type
from tests.unit.kit.files import chunk, jpeg, object_stream, pdf, png, segment

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (png(), "image/png"),
        (png(10_000, 5_000), "image/png"),
        (jpeg(), "image/jpeg"),
        (jpeg(8_160, 6_120), "image/jpeg"),
        (jpeg(behind=b"SEFT" + bytes(1_000)), "image/jpeg"),
        (jpeg().replace(b"\xff\xe0", b"\xff\xff\xff\xe0"), "image/jpeg"),
        (pdf(), "application/pdf"),
        (pdf(version=b"2.0"), "application/pdf"),
        (pdf() + b"\n" * 500, "application/pdf"),
        (pdf(object_stream(b"<< /Type /Font >>")), "application/pdf"),
        (pdf(object_stream(b"", dictionary=b"", packed=b"7 0 << /Type /Font >>")), "application/pdf"),
        (pdf(b"<< /BaseFont /Times#20New#20Roman /JavaScripts 1 /Launcher 2 >>"), "application/pdf"),
        # A black page, scanned: pictures are not unpacked.
        (pdf(b"<< /Length 1 >>\nstream\n" + zlib.compress(bytes(30_000_000)) + b"\nendstream"), "application/pdf"),
    ],
)
def test_what_is_taken(data: bytes, kind: MediaType) -> None:
    assert media_type(data) == kind


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "kosong"),
        (b"MZ\x90\x00" + bytes(100), "program"),
        (b"\x7fELF" + bytes(100), "program"),
        (b"#!/bin/sh\nrm -rf /\n", "skrip"),
        (b"PK\x03\x04" + bytes(100), "Office"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "Office"),
        (b"Rar!\x1a\x07", "arsip"),
        (b"GIF89a", "tidak diterima"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"<!DOCTYPE html><script>1</script>", "halaman web"),
        (b"\xef\xbb\xbf\n <svg onload='x'/>", "SVG"),
        (b"<?xml version='1.0'?><svg/>", "SVG"),
        (b"halo", "bukan PDF"),
        (b" " + pdf(), "bukan PDF"),
        (bytes(MOST_BYTES + 1), "10 MB"),
    ],
)
def test_what_is_none_of_them_is_named(data: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        media_type(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (png(10_000, 5_001), "megapiksel"),
        (png(65_535, 65_535), "megapiksel"),
        (png(0, 1), "tidak wajar"),
        (png(2**31, 1), "tidak wajar"),
        (png(behind=b"PK\x03\x04"), "data lain"),
        (png()[:-12], "terpotong"),
        (png()[:20], "kepala"),
        (SIGNATURE + chunk(b"IDAT") + chunk(b"IEND") + bytes(40), "kepala"),
        (png().replace(b"IDAT", b"JDAT"), "data lain"),
        (png()[:33] + struct.pack(">I", 2**32 - 1) + b"IDAT", "terpotong"),
        (png()[:33] + chunk(b"tEXt") * 30_000, "tidak wajar"),
        (jpeg(10_000, 5_001), "megapiksel"),
        (jpeg(0, 0), "tidak wajar"),
        (jpeg()[:-2], "terpotong"),
        (jpeg(behind=bytes(100_000)), "terpotong"),
        (jpeg().replace(b"\xff\xc0", b"\xff\xfe"), "terpotong"),
        (b"\xff\xd8\xff", "terpotong"),
        (b"\xff\xd8" + segment(0xE0, b"") * 30_000, "terpotong"),
        (b"\xff\xd8\xff" + b"<script>alert(1)</script>\xff\xd9", "terpotong"),
    ],
)
def test_a_picture_that_is_none_or_would_swell_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        media_type(data)


SWOLLEN = object_stream(b"", packed=zlib.compress(b"7 0 " + b" " * 4_000_000, 9))
MANY = tuple(object_stream(b"", packed=zlib.compress(b"7 0 " + b" " * 250_000)) for _ in range(100))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf()[:-7], "terpotong"),
        (pdf(version=b"9.9"), "versi"),
        (b"%PDF-1.7", "versi"),
        (pdf(trailer=b"/Encrypt 5 0 R "), "kata sandi"),
        (pdf(SCRIPT), "skrip"),
        (pdf(SCRIPT.replace(b"JavaScript", b"J#61v#61Script")), "skrip"),
        (pdf(SCRIPT.replace(b"JavaScript", b"".join(b"#%02x" % one for one in b"JavaScript"))), "skrip"),
        (pdf(b"<< /S /Rendition /JS 3 0 R >>"), "skrip"),
        (pdf(b"<</S/Launch/F(cmd.exe)>>"), "menjalankan program"),
        (pdf(b"<< /Names << /EmbeddedFiles 3 0 R >> >>"), "lampiran"),
        (pdf(b"<< /Type /EmbeddedFile >>\nstream\nMZ\nendstream"), "lampiran"),
        (pdf(b"<< /AcroForm << /XFA 3 0 R >> >>"), "XFA"),
        (pdf(object_stream(SCRIPT)), "skrip"),
        (pdf(object_stream(SCRIPT.replace(b"Java", b"#4aava"))), "skrip"),
        # The stream is known by how it begins, whatever is said of it.
        (pdf(object_stream(SCRIPT).replace(b"/ObjStm", b"/Nothing")), "skrip"),
        (pdf(object_stream(SCRIPT).replace(b"/First", b"% stream\n /First")), "tidak dapat diperiksa"),
        # What cannot be looked into.
        (pdf(object_stream(b"", packed=base64.b16encode(zlib.compress(b"7 0 " + SCRIPT)))), "skrip|tidak dapat"),
        (pdf(object_stream(b"", packed=zlib.compress(b"\x02" + b"7 0 "))), "tidak dapat diperiksa"),
        (pdf(object_stream(b"", packed=zlib.compress(b"7 0 " + SCRIPT)[:-8])), "tidak dapat diperiksa"),
        (pdf(object_stream(b"").replace(b"ObjStm", b"Obj#53tm").replace(b"\x78\x9c", b"xx")), "tidak dapat diperiksa"),
        # Bombs.
        (pdf(SWOLLEN), "mengembang"),
        (pdf(*MANY), "mengembang"),
    ],
)
def test_a_pdf_that_does_more_than_be_read_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        media_type(data)


@pytest.mark.parametrize(
    "filling",
    [b"stream\n", b"/#41", b"/" + b"a" * 126 + b"#", b"stream\n\x78\x01\x00\x04\x00\xfb\xff7 0 ", b"/ObjStm stream\nx"],
)
def test_a_file_made_to_keep_us_busy_does_not(filling: bytes) -> None:
    data = b"%PDF-1.7\n" + filling * ((MOST_BYTES - 100) // len(filling)) + b"\n%%EOF"
    began = perf_counter()
    with suppress(Refused):
        media_type(data)
    assert perf_counter() - began < 5


@pytest.mark.parametrize(
    ("sent", "kind", "name"),
    [
        ("foto.JPG", "image/jpeg", "foto.JPG"),
        ("C:\\Users\\ani\\laporan akhir.pdf", "application/pdf", "laporan akhir.pdf"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("laporan.pdf.exe", "application/pdf", "laporan.pdf.exe.pdf"),
        ("laporan\u202efdp.exe", "application/pdf", "laporanfdp.exe.pdf"),
        ("a\r\nSet-Cookie: x\x00.png", "image/png", "aSet-Cookie: x.png"),
        ("...", "image/png", "bukti.png"),
        (".pdf", "application/pdf", "pdf.pdf"),
        ("é" * 300 + ".pdf", "application/pdf", "é" * (MOST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_is_for_display_only(sent: str, kind: MediaType, name: str) -> None:
    assert display_name(sent, kind) == name


def test_a_name_cannot_leave_its_header() -> None:
    assert disposition('a";x="b\\é%.pdf') == (
        "attachment; filename=\"a__x=_b___.pdf\"; filename*=UTF-8''a%22%3Bx%3D%22b%5C%C3%A9%25.pdf"
    )
