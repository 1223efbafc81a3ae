"""What the auditor sees when somebody has been at the database."""

from collections.abc import Callable
from typing import Any

from bson import Binary

from contracts.events.attendance import PunchRecorded
from kit.mongo import Document
from services.attendance.receipts.checking import check_links, compare, without_receipt
from services.attendance.receipts.findings import Finding
from services.attendance.receipts.journal import punches_of
from services.attendance.receipts.store import document_of, rows_of
from tests.unit.attendance.receipts.making import NOON, punch, sealed, signer

KEYS = {signer().key_id: signer().public}


class Kept:
    """Five punches in three links, with what the database has of them."""

    def __init__(self) -> None:
        found, _ = sealed([punch(number) for number in range(5)], most=2)
        self.links: list[Document] = [document_of(link) for link in found]
        self.rows: dict[str, dict[int, Document]] = {
            link.id: {row["index"]: row for row in rows_of(link)} for link in found
        }
        self.entries: dict[Any, Document] = {
            one.entry: {
                "_id": one.entry,
                "recorded": NOON,
                "facts": [{"type": PunchRecorded.TYPE, "data": one.data}],
            }
            for link in found
            for one in link.punches
        }

    def found(self) -> list[Finding]:
        found = check_links(self.links, None, KEYS)
        for link in self.links:
            found += compare(link, self.rows[link["_id"]], self.entries)
        sealed_ids = {row["_id"] for rows in self.rows.values() for row in rows.values()}
        return found + without_receipt(punches_of(self.entries.values()), sealed_ids)


def told(change: Callable[[Kept], Any]) -> list[tuple[str, str, str | None]]:
    kept = Kept()
    change(kept)
    return [(one.kind, one.where, one.punch_id) for one in kept.found()]


def replaced(kept: Kept, entry: int, old: bytes, new: bytes) -> None:
    fact = kept.entries[entry]["facts"][0]
    assert old in fact["data"]
    fact["data"] = fact["data"].replace(old, new)


ID = f"{3:032x}"


def test_nothing_is_found_where_nothing_was_done() -> None:
    assert told(lambda kept: None) == []


def test_a_changed_punch_is_named_with_what_it_was() -> None:
    kept = Kept()
    replaced(kept, 3, b"00:31:03", b"00:29:03")
    (one,) = kept.found()
    assert (one.kind, one.where, one.punch_id, one.employee_id, one.entry) == ("changed", "journal", ID, "emp-1", "3")
    assert one.detail == "occurred_at: 2026-11-23T00:31:03Z → 2026-11-23T00:29:03Z"


def test_another_spelling_of_the_same_is_no_change() -> None:
    assert told(lambda kept: replaced(kept, 3, b'","zone"', b'", "zone"')) == []


def test_a_removed_punch_is_named() -> None:
    assert told(lambda kept: kept.entries.pop(3)) == [("removed", "journal", ID)]
    assert told(lambda kept: kept.entries[3].update(facts=[])) == [("removed", "journal", ID)]


def test_removed_with_its_receipt_it_is_named_all_the_same() -> None:
    def both(kept: Kept) -> None:
        kept.entries.pop(3)
        kept.rows["2026-11-23/00000002"].pop(1)

    assert told(both) == [("removed", "receipt", ID), ("removed", "journal", ID)]


def test_an_inserted_punch_is_named() -> None:
    def insert(kept: Kept) -> None:
        kept.entries[3]["facts"].append({"type": PunchRecorded.TYPE, "data": punch(9).data})

    assert told(insert) == [("inserted", "journal", f"{9:032x}")]


def test_a_time_of_recording_that_was_moved_is_found() -> None:
    assert told(lambda kept: kept.entries[3].update(recorded=NOON.replace(hour=4))) == [("changed", "journal", ID)]


def test_a_receipt_changed_with_its_punch_does_not_fit_the_leaf() -> None:
    def both(kept: Kept) -> None:
        replaced(kept, 3, b"00:31:03", b"00:29:03")
        kept.rows["2026-11-23/00000002"][1]["data"] = kept.entries[3]["facts"][0]["data"]

    assert told(both) == [("changed", "receipt", ID)]


def test_leaves_changed_as_well_do_not_fit_the_signed_root() -> None:
    def leaves(kept: Kept) -> None:
        kept.links[1]["leaves"] = Binary(bytes(64))

    assert ("chain", "chain", None) in told(leaves)


def test_a_link_that_was_removed_changed_or_signed_by_another_is_found() -> None:
    assert told(lambda kept: kept.links.pop(1))[0] == ("chain", "chain", None)
    assert told(lambda kept: kept.links.pop(0))[0] == ("chain", "chain", None)
    # Its own signature, and the link after it that names it.
    assert (
        told(lambda kept: kept.links[1]["head"].update(sealed_at="2026-11-23T04:00:00Z"))
        == [("chain", "chain", None)] * 2
    )
    assert told(lambda kept: kept.links[1].update(signature="0" * 128)) == [("chain", "chain", None)]
    assert told(lambda kept: kept.links[1]["head"].update(key_id="0" * 64))[0] == ("chain", "chain", None)
    assert told(lambda kept: kept.links[1].update(head={}))[0] == ("chain", "chain", None)


def test_a_finding_has_one_name_however_often_it_is_met() -> None:
    first, again = Kept(), Kept()
    for kept in (first, again):
        kept.entries.pop(3)
    assert first.found()[0].id == again.found()[0].id
    replaced(again, 2, b"site-a", b"site-b")
    assert len({one.id for one in again.found()}) == 2
