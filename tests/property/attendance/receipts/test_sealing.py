"""Any order, cutting, repetition and crash: one receipt a punch, and all verify. Any changed byte: none does."""

from datetime import timedelta
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from services.attendance.receipts.checking import check_links
from services.attendance.receipts.hashing import canonical
from services.attendance.receipts.models import NotAReceipt, Receipt
from services.attendance.receipts.rules import Chain, Link, Recorded, close, first_of_each, is_over, link_id
from services.attendance.receipts.store import document_of
from services.attendance.receipts.verifying import misfits
from tests.unit.attendance.receipts.making import NOON, WIB, punch, receipts, sealed, signer

KEYS = {signer().key_id: signer().public}

# A few punches, recorded over three days, some of them again by another way: entry by entry, as the journal has them.
appended = st.lists(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 72)), min_size=1, max_size=4), min_size=1, max_size=10
)


def entry_of(rows: list[tuple[int, int]], number: int) -> list[Recorded]:
    return [punch(one, NOON + timedelta(hours=hours), entry=f"{number}") for one, hours in rows]


class Store:
    """What has been committed, and how much of the journal had been followed then."""

    def __init__(self) -> None:
        self.chain, self.links, self.reached = Chain(), list[Link](), 0

    def sealed(self) -> set[str]:
        return {one.punch_id for link in self.links for one in link.punches}


@settings(max_examples=60, deadline=None)
@given(appended, st.lists(st.tuples(st.integers(1, 4), st.booleans(), st.integers(0, 3)), min_size=1, max_size=20))
def test_one_receipt_each_and_all_verify(rows: list[list[tuple[int, int]]], steps: list[tuple[int, bool, int]]) -> None:
    journal = [entry_of(one, number) for number, one in enumerate(rows)]
    store = Store()
    now = NOON
    for entries, crashes, most in [*steps, *[(4, False, 3)] * len(journal)]:
        # From where it was committed: what was not, is taken again; and now and then from the very beginning.
        begin = 0 if crashes and most == 0 else store.reached
        taken = [one for entry in journal[begin : begin + entries] for one in entry]
        now += timedelta(hours=7)
        new = first_of_each(taken, store.sealed())
        links, chain = sealed(new, store.chain, now=now, most=max(1, most))
        if not crashes:
            store.links += links
            store.chain, store.reached = chain, min(len(journal), begin + entries)
        if is_over(store.chain, now, WIB):
            link, store.chain = close(store.chain, now, signer())
            store.links.append(link)
    assert check_links([document_of(link) for link in store.links], None, KEYS) == []
    names = [link.id for link in store.links]
    assert names == sorted(set(names)), "the order of the chain is the order of its names"
    assert store.chain.last == "0" * 64 or store.links[-1].id == link_id(str(store.chain.day), store.chain.number)
    got = [one.punch_id for link in store.links for one in link.punches]
    assert sorted(got) == sorted({one.punch_id for entry in journal for one in entry})
    found = receipts(store.links)
    assert all(misfits(one, KEYS) == [] for one in found.values())
    firsts = {one.punch_id: one for entry in reversed(journal) for one in reversed(entry)}
    assert all(found[name].punch == one.punch for name, one in firsts.items())
    assert all(found[name].recorded_at == one.recorded_at for name, one in firsts.items())


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 9), st.data())
def test_any_changed_byte_fails(size: int, data: st.DataObject) -> None:
    links, _ = sealed([punch(number) for number in range(size)])
    which = data.draw(st.integers(0, size - 1))
    whole = canonical(receipts(links)[f"{which:032x}"].model_dump())
    assert misfits(Receipt.read(whole), KEYS) == []
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    changed = whole[:at] + bytes([other]) + whole[at + 1 :]
    try:
        found = Receipt.read(changed)
    except NotAReceipt:
        return
    assert misfits(found, KEYS), f"{sha256(whole).hexdigest()}: byte {at} as {other} is not noticed"
