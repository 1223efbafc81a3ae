"""Hashes of the chain: canonical bytes, and the tree of RFC 6962 (section 2.1) over the punches of one link. Pure.

Leaves, inner nodes and heads are hashed under different first bytes, so that none can be passed off as another.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

LEAF, NODE, HEAD = b"\x00", b"\x01", b"\x02"


def canonical(value: Any) -> bytes:
    """The one way to write a value of strings, whole numbers, lists and objects: keys in order, no blanks, UTF-8.

    Equal to RFC 8785 for what we have: no fractions, keys of ASCII.
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf."""
    return sha256(LEAF + data).digest()


def punch_leaf(salt: bytes, punch: Any, recorded_at: str) -> bytes:
    """The leaf of a punch. `salt` is 16 random bytes that only its receipt has: without it a neighbour's leaf, which a
    receipt shows, would tell by trial when that neighbour punched."""
    return leaf_hash(salt + canonical({"punch": punch, "recorded_at": recorded_at}))


def head_hash(head: Any) -> bytes:
    """What the next link names as its previous one."""
    return sha256(HEAD + canonical(head)).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; of none the hash of nothing."""
    if not leaves:
        return sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        above = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        # What is left over rises as it is: the same tree as the recursive definition of the RFC.
        level = above + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def path_of(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes beside the way from leaf `index` to the root, from below."""
    path: list[bytes] = []
    level = list(leaves)
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            path.append(level[beside])
        above = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = above + ([level[-1]] if len(level) % 2 else [])
        index //= 2
    return path


def climb(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf and its path come to in a tree of `size` leaves; None when such a path does not exist."""
    if not 0 <= index < size:
        return None
    found, rest = leaf, list(path)
    while size > 1:
        if index % 2 or index + 1 < size:
            if not rest:
                return None
            beside = rest.pop(0)
            found = _node(beside, found) if index % 2 else _node(found, beside)
        index, size = index // 2, (size + 1) // 2
    return None if rest else found


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(NODE + left + right).digest()
