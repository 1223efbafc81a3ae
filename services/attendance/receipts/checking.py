"""Whether links of the chain, their receipts and the journal still say the same. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from contracts.envelope import rfc3339
from kit.mongo import Document
from services.attendance.receipts.findings import Finding, Kind, Where
from services.attendance.receipts.hashing import canonical, head_hash, punch_leaf, root_of
from services.attendance.receipts.journal import punches_of
from services.attendance.receipts.models import NOTHING, Head
from services.attendance.receipts.rules import Recorded
from services.attendance.receipts.signing import PublicKeys, is_signed
from services.attendance.receipts.store import leaves_of, punch_of

MOST_SHOWN = 500

About = tuple[str | None, str | None, str | None]


def check_links(links: Sequence[Document], before: Document | None, keys: PublicKeys) -> list[Finding]:
    """Signatures, roots, and the order of links; `before` is the link before the first of them (None: it begins)."""
    found: list[Finding] = []

    def wrong(link: Document, detail: str) -> None:
        found.append(Finding("chain", "chain", link["_id"], None, None, None, detail))

    for link in links:
        try:
            head = Head.model_validate(link["head"])
            leaves, count = leaves_of(link), len(link["punches"])
        except (ValidationError, KeyError, TypeError):
            wrong(link, "mata rantai ini tidak terbaca")
            before = link
            continue
        key = keys.get(head.key_id)
        if key is None:
            wrong(link, f"kunci {head.key_id[:16]}… tidak dikenal")
        elif not is_signed(head, str(link.get("signature")), key):
            wrong(link, "tanda tangan tidak cocok: kepala rantai telah diubah")
        if root_of(leaves).hex() != head.root or len(leaves) != head.size or count != head.size:
            wrong(link, "daftar presensi di dalam mata rantai tidak cocok dengan akar yang ditandatangani")
        if head.previous != (NOTHING if before is None else hash_of(before)):
            wrong(link, "tidak menyambung ke mata rantai sebelumnya: ada yang dihapus, disisipkan, atau diubah")
        before = link
    return found


def compare(
    link: Document,
    rows: Mapping[int, Document],
    entries: Mapping[Any, Document],
) -> list[Finding]:
    """The punches of one link: its leaves against the receipts, the receipts against the journal."""
    found: list[Finding] = []
    leaves = leaves_of(link)
    journaled = {(punch.entry, punch.punch_id): punch for punch in punches_of(entries.values())}
    for index, (punch_id, name) in enumerate(zip(link["punches"], link["entries"], strict=False)):
        row = rows.get(index)
        employee = row.get("employee_id") if row else None

        def wrong(kind: Kind, where: Where, detail: str, about: About = (punch_id, employee, str(name))) -> None:
            found.append(Finding(kind, where, link["_id"], *about, detail))

        sealed = _leaf(row) if row is not None else None
        if row is None or row["_id"] != punch_id:
            wrong("removed", "receipt", "tanda terima yang disegel tidak ada lagi")
        elif index >= len(leaves) or sealed != leaves[index]:
            wrong("changed", "receipt", "isi tanda terima tidak cocok dengan yang disegel")
        punch = journaled.get((name, punch_id))
        if punch is None:
            kept = name in entries
            wrong(
                "removed", "journal", "tidak ada lagi dalam catatan jurnalnya" if kept else "catatan jurnalnya hilang"
            )
        elif row is not None and (differing := _differing(row, punch)):
            wrong("changed", "journal", "; ".join(differing)[:MOST_SHOWN])
    return found


def without_receipt(punches: Sequence[Recorded], sealed: set[str]) -> list[Finding]:
    """Punches that the journal has and the chain has not, though it has passed them."""
    return [
        Finding(
            "inserted",
            "journal",
            "",
            punch.punch_id,
            punch.punch["employee_id"],
            str(punch.entry),
            "presensi ada di jurnal tanpa tanda terima: disisipkan di luar jalur penerimaan",
        )
        for punch in punches
        if punch.punch_id not in sealed
    ]


def hash_of(link: Document) -> str | None:
    """The hash of a stored link's head; None when it is none any more."""
    try:
        return head_hash(link["head"]).hex()
    except (KeyError, TypeError, ValueError):
        return None


def _leaf(row: Document) -> bytes | None:
    try:
        return punch_leaf(bytes(row["salt"]), punch_of(row), row["recorded_at"])
    except (ValueError, KeyError, TypeError):
        return None


def _differing(row: Document, punch: Recorded) -> list[str]:
    """What of a punch is not as it was sealed: field, what it was, what it is."""
    try:
        was: Any = {**punch_of(row), "recorded_at": row["recorded_at"]}
    except (ValueError, TypeError):
        return []
    now: Any = {**punch.punch, "recorded_at": rfc3339(punch.recorded)}
    if canonical(was) == canonical(now):
        return []
    return [
        f"{name}: {was.get(name)} → {now.get(name)}"
        for name in sorted(was.keys() | now.keys())
        if was.get(name) != now.get(name)
    ]
