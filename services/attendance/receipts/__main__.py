"""`python -m services.attendance.receipts verify RECEIPT.json --key KEY.pem`: offline, needs neither network nor data.

Exit code 0: everything fits. 1: something does not, or cannot be read; what it is is printed.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.attendance.receipts.models import MOST_BYTES, NotAReceipt, Receipt, plain
from services.attendance.receipts.signing import BadKey, public_keys
from services.attendance.receipts.verifying import misfits

SOURCES = {"terminal": "mesin presensi", "file": "berkas dari mesin presensi", "app": "ponsel"}


def main(arguments: Sequence[str]) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m services.attendance.receipts", description="Tanda terima presensi")
    verify = parser.add_subparsers(dest="what", required=True).add_parser("verify", help="periksa keaslian, luring")
    verify.add_argument("receipt", type=Path, metavar="RECEIPT.json", help="berkas tanda terima")
    verify.add_argument("--key", type=Path, required=True, action="append", metavar="KEY.pem", help="kunci publik")
    asked = parser.parse_args(arguments)
    try:
        keys = public_keys(_bytes(path) for path in asked.key)
        receipt = Receipt.read(_bytes(asked.receipt))
    except (NotAReceipt, BadKey) as error:
        return _say(f"TIDAK DAPAT DIPERIKSA: {error}.", 1)
    except OSError as error:
        return _say(f"TIDAK DAPAT DIPERIKSA: berkas {error.filename} tidak terbaca ({error.strerror}).", 1)
    wrong = misfits(receipt, keys)
    if wrong:
        return _say("\n".join(["TIDAK COCOK. Tanda terima ini tidak membuktikan apa pun:", *wrong]), 1)
    return _say(proven(receipt), 0)


def proven(receipt: Receipt) -> str:
    """What a receipt that fits proves, in Indonesian."""
    punch = {name: plain(value) for name, value in receipt.punch.items() if isinstance(value, str)}
    head = receipt.head
    return "\n".join(
        [
            "COCOK. Tanda terima ini asli dan isinya tidak berubah sejak disegel. Terbukti:",
            f"  Presensi       {punch['punch_id']}",
            f"  Pegawai        {punch['employee_id']}",
            f"  Waktu presensi {_local(punch['occurred_at'], punch['zone'])}",
            f"  Lokasi         {punch['site_id']}",
            f"  Melalui        {SOURCES.get(punch['source'], punch['source'])} {punch['device_id']}",
            f"  Tercatat       {_local(receipt.recorded_at, punch['zone'])}",
            f"  Disegel        {_local(head.sealed_at, punch['zone'])}, hari {head.day}, mata rantai {head.number}, "
            f"urutan {head.first + receipt.index + 1}",
            f"  Kunci          {head.key_id}",
            "Pastikan kunci ini sama dengan yang diumumkan instansi Anda.",
        ]
    )


def _local(instant: str, zone: str) -> str:
    try:
        local = datetime.fromisoformat(instant).astimezone(ZoneInfo(zone))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return f"{instant} (UTC)"
    return f"{local:%Y-%m-%d %H:%M:%S} {zone} ({instant})"


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _say(text: str, code: int) -> int:
    print(text.encode("utf-8", "replace").decode())
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
