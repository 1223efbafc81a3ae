"""Entity ids: derived from the stable code the agency itself uses, so that importing twice meets the same entity.

A code never changes once given; names, numbers and places in the tree do.
"""

from functools import lru_cache
from typing import Literal
from uuid import NAMESPACE_DNS, uuid5

Kind = Literal["unit", "site", "post", "employee"]

NAMESPACE = uuid5(NAMESPACE_DNS, "directory.kinerja.go.id")


@lru_cache(maxsize=20_000)
def entity_id(kind: Kind, code: str) -> str:
    """The id of the entity of this kind and code, as canonical UUID text."""
    return str(uuid5(NAMESPACE, f"{kind}:{code}"))
