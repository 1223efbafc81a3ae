"""Punches to links: days, their ends, and what is not sealed twice."""

from datetime import UTC, date, datetime, timedelta

from services.attendance.receipts.hashing import head_hash, punch_leaf, root_of
from services.attendance.receipts.models import NOTHING
from services.attendance.receipts.rules import Chain, close, first_of_each, is_over, read_punch
from services.attendance.receipts.signing import is_signed
from tests.unit.attendance.receipts.making import NOON, WIB, punch, salt, sealed, signer

SURROGATE = b'{"punch_id":"p","employee_id":"\\ud800","local_date":"d"}'
MIDNIGHT = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # in WIB


def test_a_link_names_the_one_before_it() -> None:
    links, chain = sealed([punch(n) for n in range(5)], most=2)
    heads = [link.head for link in links]
    assert [(head.number, head.first, head.size) for head in heads] == [(1, 0, 2), (2, 2, 2), (3, 4, 1)]
    assert heads[0].previous == NOTHING
    assert heads[1].previous == head_hash(heads[0].model_dump()).hex()
    assert heads[2].previous == head_hash(heads[1].model_dump()).hex()
    assert chain == Chain(date(2026, 11, 23), 3, 5, False, head_hash(heads[2].model_dump()).hex())
    assert all(is_signed(link.head, link.signature, signer().public) for link in links)


def test_the_root_is_over_the_punches_with_their_salts() -> None:
    punches = [punch(1), punch(2)]
    (link,), _ = sealed(punches)
    leaves = [punch_leaf(salt(one), one.punch, "2026-11-23T05:00:00Z") for one in punches]
    assert link.head.root == root_of(leaves).hex()


def test_the_next_day_closes_the_one_before() -> None:
    links, chain = sealed([punch(1), punch(2, MIDNIGHT)], now=MIDNIGHT)
    assert [(link.head.day, link.head.number, link.head.size, link.head.closing) for link in links] == [
        ("2026-11-23", 1, 1, False),
        ("2026-11-23", 2, 0, True),
        ("2026-11-24", 1, 1, False),
    ]
    assert links[2].head.previous == head_hash(links[1].head.model_dump()).hex(), "the chain goes on over midnight"
    assert (chain.day, chain.punches, chain.closed) == (date(2026, 11, 24), 1, False)


def test_the_last_second_of_a_day_belongs_to_it() -> None:
    links, _ = sealed([punch(1, MIDNIGHT - timedelta(seconds=1)), punch(2, MIDNIGHT)], now=MIDNIGHT)
    assert [link.head.day for link in links] == ["2026-11-23", "2026-11-23", "2026-11-24"]


def test_a_day_that_is_closed_stays_closed() -> None:
    _, chain = sealed([punch(1)])
    assert not is_over(chain, MIDNIGHT - timedelta(seconds=1), WIB)
    assert is_over(chain, MIDNIGHT, WIB)
    _, chain = close(chain, MIDNIGHT, signer())
    assert not is_over(chain, MIDNIGHT, WIB)
    links, after = sealed([punch(2, NOON)], chain, now=MIDNIGHT)
    assert [link.head.day for link in links] == ["2026-11-24"], "what comes late is sealed when it comes"
    assert after.day == date(2026, 11, 24)


def test_what_was_recorded_earlier_does_not_lead_back() -> None:
    links, _ = sealed([punch(1, MIDNIGHT), punch(2, NOON), punch(3, NOON)], now=MIDNIGHT)
    assert [link.head.day for link in links] == ["2026-11-24"]


def test_an_intake_whose_clock_is_a_year_ahead_does_not_take_the_chain_along() -> None:
    links, chain = sealed([punch(1, NOON + timedelta(days=365)), punch(2)])
    assert [link.head.day for link in links] == ["2026-11-23"]
    assert chain.day == date(2026, 11, 23)


def test_the_same_punch_by_two_ways_is_sealed_as_it_came_first() -> None:
    first, again = punch(1, entry="push"), punch(1, NOON + timedelta(hours=1), entry="file")
    assert first_of_each([first, again, punch(2)], set()) == [first, punch(2)]
    assert first_of_each([first, again, punch(2)], {first.punch_id}) == [punch(2)]


def test_what_is_no_punch_is_not_read_as_one() -> None:
    wrong_type = b'{"punch_id":1,"employee_id":"e","local_date":"d"}'
    for data in (b"", b"{", b"[]", b"1", b'{"punch_id":"x"}', wrong_type, SURROGATE):
        assert read_punch(data, NOON, 1) is None
