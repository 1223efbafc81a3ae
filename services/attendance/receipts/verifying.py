"""Whether a receipt is what it says: pure, with nothing but the receipt and public keys."""

from services.attendance.receipts.hashing import climb, punch_leaf
from services.attendance.receipts.models import Receipt
from services.attendance.receipts.signing import PublicKeys, is_signed

NEEDED = ("punch_id", "employee_id", "occurred_at", "local_date", "zone", "site_id", "device_id", "source")


def misfits(receipt: Receipt, keys: PublicKeys) -> list[str]:
    """Everything that does not fit, in Indonesian; nothing when the receipt proves what it says."""
    wrong: list[str] = []
    head = receipt.head
    missing = [name for name in NEEDED if not isinstance(receipt.punch.get(name), str)]
    if missing:
        wrong.append(f"Isi presensi tidak lengkap: {', '.join(missing)}.")
    key = keys.get(head.key_id)
    if key is None:
        wrong.append(
            f"Tanda terima ini ditandatangani dengan kunci {head.key_id[:16]}…, yang tidak ada dalam berkas kunci. "
            "Ambil kunci yang berlaku pada waktu itu."
        )
    elif not is_signed(head, receipt.signature, key):
        wrong.append("Tanda tangan tidak cocok: kepala rantai (head) atau tanda tangannya telah diubah.")
    if head.closing:
        wrong.append("Kepala rantai ini penutup hari; penutup hari tidak memuat presensi.")
    try:
        leaf = punch_leaf(bytes.fromhex(receipt.salt), receipt.punch, receipt.recorded_at)
    except (UnicodeEncodeError, ValueError):
        return [*wrong, "Isi presensi memuat karakter yang tidak dapat dibaca."]
    if climb(leaf, receipt.index, head.size, [bytes.fromhex(one) for one in receipt.path]) != bytes.fromhex(head.root):
        wrong.append(
            "Isi presensi tidak cocok dengan yang disegel: presensi, waktu tercatat, garam (salt), nomor urut (index) "
            "atau jalurnya (path) telah diubah."
        )
    return wrong
