"""What a file is by its bytes, and why it is refused. Pure; its name and what the sender calls it count for nothing."""

import unicodedata
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import quote

from kit.evidence.models import Refused
from kit.evidence.pdf import check_pdf

MediaType = Literal["application/pdf", "image/png", "image/jpeg"]

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 5
MOST_NAME = 120
MOST_PIXELS = 50_000_000
MOST_SIDE = 65_535
MOST_PARTS = 20_000
"""Chunks of a PNG, segments of a JPEG before its picture: a camera writes a few dozen."""
MOST_TRAILER = 64 * 1024
"""What some cameras put behind a JPEG's end."""

SUFFIXES: dict[MediaType, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
}
INSTEAD = "kirim PDF, PNG, atau JPEG"
# What is sent instead, to say it plainly: whatever is none of the three is refused.
OTHERS: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"), "berkas ini sebuah program"),
    ((b"#!",), "berkas ini sebuah skrip"),
    ((b"PK",), "berkas ini arsip ZIP atau dokumen Office; simpan sebagai PDF"),
    ((b"\xd0\xcf\x11\xe0",), "berkas ini dokumen Office; simpan sebagai PDF"),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"), "berkas ini sebuah arsip; kirim isinya satu per satu"),
    (
        (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF"),
        "jenis gambar atau media ini tidak diterima",
    ),
)
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<body", b"<head", b"<?php")


def media_type(data: bytes) -> MediaType:
    """What a file is. Raises Refused with the reason, in words for who sent it."""
    if len(data) > MOST_BYTES:
        raise Refused(f"berkas lebih besar dari {MOST_BYTES // 1024 // 1024} MB")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        _check_png(data)
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        _check_jpeg(data)
        return "image/jpeg"
    if data.startswith(b"%PDF-"):
        check_pdf(data)
        return "application/pdf"
    raise Refused(_other(data))


def _other(data: bytes) -> str:
    if not data:
        return "berkas kosong"
    for beginnings, said in OTHERS:
        if data.startswith(beginnings):
            return f"{said}; {INSTEAD}"
    if data[4:8] == b"ftyp":
        return f"foto HEIC atau video tidak diterima; simpan foto sebagai JPEG; {INSTEAD}"
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(MARKUP) or b"<script" in start:
        return f"berkas ini halaman web, SVG, atau skrip; {INSTEAD}"
    return f"isi berkas ini bukan PDF, PNG, atau JPEG; {INSTEAD}"


def _check_png(data: bytes) -> None:
    """Signature, header, and chunk after chunk to the end. A picture that would unpack to more than `MOST_PIXELS` is
    known by its header; nothing is unpacked."""
    if data[8:16] != b"\x00\x00\x00\rIHDR" or len(data) < 33:
        raise Refused("gambar PNG ini rusak: tidak ada kepala gambar")
    _check_size(int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))
    at, picture = 8, False
    for _ in range(MOST_PARTS):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        at += 12 + length
        if at > len(data) or len(kind) < 4:
            raise Refused("gambar PNG ini terpotong; kirim ulang dari aslinya")
        picture = picture or kind == b"IDAT"
        if kind == b"IEND":
            if at != len(data) or not picture:
                raise Refused("di belakang gambar PNG ini ada data lain; simpan ulang gambarnya")
            return
    raise Refused("gambar PNG ini tidak wajar; simpan ulang gambarnya")


def _check_jpeg(data: bytes) -> None:
    """Segment after segment to the picture: its frame says how large it is. The end is there."""
    at, framed = 2, False
    for _ in range(MOST_PARTS):
        while data[at : at + 2] == b"\xff\xff":
            at += 1  # filling between segments
        marker, length = data[at : at + 2], int.from_bytes(data[at + 2 : at + 4], "big")
        if len(marker) < 2 or marker[0] != 0xFF or length < 2 or at + 2 + length > len(data):
            break
        if 0xC0 <= marker[1] <= 0xCF and marker[1] not in (0xC4, 0xC8, 0xCC):
            frame = data[at + 5 : at + 9]
            _check_size(int.from_bytes(frame[2:4], "big"), int.from_bytes(frame[:2], "big"))
            framed = True
        at += 2 + length
        if marker[1] == 0xDA:
            end = data.rfind(b"\xff\xd9", at)
            if not framed or end < 0 or len(data) - end > MOST_TRAILER:
                break
            return
    raise Refused("gambar JPEG ini rusak atau terpotong; kirim ulang dari aslinya")


def _check_size(width: int, height: int) -> None:
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise Refused("ukuran gambar ini tidak wajar")
    if width * height > MOST_PIXELS:
        raise Refused(f"gambar ini lebih besar dari {MOST_PIXELS // 1_000_000} megapiksel; perkecil dahulu")


def display_name(sent: str, kind: MediaType) -> str:
    """A file's name to show and to offer for saving: no path, nothing invisible, and the suffix of what it really is,
    so that saving it cannot make a program of it."""
    name = unicodedata.normalize("NFC", sent).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(one for one in name if unicodedata.category(one)[0] not in "CZ" or one == " ").strip(" .")
    found = PurePosixPath(name).suffix
    suffix = found if found.lower() in SUFFIXES[kind] else SUFFIXES[kind][0]
    stem = name.removesuffix(found) if found.lower() in SUFFIXES[kind] else name
    return (stem[: MOST_NAME - len(suffix)].strip(" .") or "bukti") + suffix


def disposition(name: str) -> str:
    """Content-Disposition of a download (RFC 6266): the name in full (RFC 8187), and what is left of it in ASCII for
    whoever reads only that."""
    plain = "".join(one if one.isascii() and one.isprintable() and one not in '"\\%;' else "_" for one in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
