"""What is signed of a period, and whether what is stored is that. Pure.

The tree and the key are those of receipts (services/attendance/receipts): a leaf is one employee's figures.
"""

from collections.abc import Mapping, Sequence

from services.attendance.closings.models import ClosingHead, PersonClosed
from services.attendance.receipts.hashing import canonical, head_hash, leaf_hash, root_of
from services.attendance.receipts.signing import PublicKeys, Signer, are_signed

# No signature over a closing can be one over a link of receipts, which this key also signs.
CONTEXT = b"kinerja attendance closing 1\n"


def leaf_of(person: PersonClosed) -> bytes:
    """The hash of one employee's figures."""
    return leaf_hash(canonical(person.model_dump(mode="json")))


def digest_of(head: ClosingHead) -> str:
    """The hash of a head: what the next one names, and what is written down elsewhere."""
    return head_hash(head.model_dump(mode="json")).hex()


def sign(head: ClosingHead, signer: Signer) -> str:
    """In hexadecimal."""
    return signer.sign_bytes(_bytes(head))


def misfits(
    head: ClosingHead, signature: str, leaves: Sequence[bytes], keys: PublicKeys, before: Mapping[int, str]
) -> list[str]:
    """Everything that does not fit, in Indonesian. `leaves` are those of what is stored, in the order of employees;
    `before` gives the digest of a closing by its number."""
    wrong = []
    key = keys.get(head.key_id)
    if key is None:
        wrong.append(f"Kunci {head.key_id[:16]}… yang menandatangani tidak dikenal.")
    elif not are_signed(_bytes(head), signature, key):
        wrong.append("Tanda tangan tidak cocok: kepala penutupan atau tanda tangannya telah diubah.")
    if len(leaves) != head.people:
        wrong.append(f"Angka {len(leaves)} pegawai tersimpan, yang ditandatangani {head.people}.")
    if root_of(leaves).hex() != head.root:
        wrong.append("Angka pegawai yang tersimpan bukan yang ditandatangani: ada yang diubah, ditambah, atau hilang.")
    if head.number > 1 and before.get(head.number - 1) != head.previous:
        wrong.append("Penutupan sebelumnya tidak cocok dengan yang disebut penutupan ini.")
    return wrong


def _bytes(head: ClosingHead) -> bytes:
    return CONTEXT + canonical(head.model_dump(mode="json"))
