"""The tree against the values that Certificate Transparency publishes for it, and by hand."""

from hashlib import sha256

import pytest

from services.attendance.receipts.hashing import canonical, climb, head_hash, leaf_hash, path_of, punch_leaf, root_of

# Inputs and roots of the reference implementation of RFC 6962.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(bytes.fromhex(one)) for one in INPUTS]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_rfc_6962(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]


def test_three_leaves_by_hand() -> None:
    first, second, third = (sha256(b"\x00" + one).digest() for one in (b"a", b"b", b"c"))
    pair = sha256(b"\x01" + first + second).digest()
    root = sha256(b"\x01" + pair + third).digest()
    leaves = [leaf_hash(b"a"), leaf_hash(b"b"), leaf_hash(b"c")]
    assert root_of(leaves) == root
    assert path_of(leaves, 1) == [first, third]
    assert path_of(leaves, 2) == [pair]
    assert climb(third, 2, 3, [pair]) == root


def test_every_leaf_climbs_to_the_root_and_from_no_other_place() -> None:
    for size in range(1, 40):
        leaves = [leaf_hash(bytes([number])) for number in range(size)]
        root = root_of(leaves)
        for index in range(size):
            path = path_of(leaves, index)
            assert climb(leaves[index], index, size, path) == root
            elsewhere = [at for at in range(size + 1) if at != index and climb(leaves[index], at, size, path) == root]
            assert not elsewhere
            assert climb(leaves[index], index, size, [*path, root]) is None
            assert not path or climb(leaves[index], index, size, path[:-1]) is None


def test_an_inner_node_is_not_taken_for_a_leaf() -> None:
    pair = LEAVES[1] + LEAVES[2]
    assert leaf_hash(pair) != root_of(LEAVES[1:3])


def test_a_punch_is_hashed_with_its_salt_under_one_spelling() -> None:
    by_hand = b'\x00SSSSSSSSSSSSSSSS{"punch":{"a":"\xc3\xa9","b":["x"]},"recorded_at":"t"}'
    assert punch_leaf(b"S" * 16, {"b": ["x"], "a": "é"}, "t") == sha256(by_hand).digest()
    assert canonical({"b": 1, "a": True}) == b'{"a":true,"b":1}'
    assert head_hash({"a": "1"}) == sha256(b'\x02{"a":"1"}').digest()
