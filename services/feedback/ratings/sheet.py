"""A sheet of codes to print and cut out: A4, three columns, each card with its QR code (ISO/IEC 18004)."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import segno
import typst

from services.feedback.ratings import codes
from services.feedback.ratings.models import RatedService

TEMPLATE = Path(__file__).with_name("sheet.typ")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """`last` is the last day on which the codes may be used, `address` where people reach the installation."""

    names: RatedService
    codes: tuple[str, ...]
    last: date
    address: str

    def pdf(self) -> bytes:
        """The sheet, drawn in this thread: a few seconds for the most there may be. What stands on it is data to the
        template, never part of it."""
        told = {
            **self.names.model_dump(),
            "address": self.address.split("://", 1)[-1] + "/nilai",
            "last": f"{self.last.day} {MONTHS[self.last.month - 1]} {self.last.year}",
            "cards": [{"code": codes.shown(code), "qr": qr(self.address + codes.path_of(code))} for code in self.codes],
        }
        drawn: bytes = typst.compile(str(TEMPLATE), sys_inputs={"sheet": json.dumps(told)}, ignore_system_fonts=True)
        return drawn


def qr(text: str) -> str:
    """A QR code as SVG, with the four blank modules around it that readers need. With errors of 15 % it is read."""
    return segno.make(text, micro=False, error="m", boost_error=False).svg_inline(border=4)
