"""What an assignment may refer to: when each unit, site and post exists, and which employees are known."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from services.directory.validity import Dated


@dataclass(frozen=True, slots=True)
class Places:
    """By entity id. Holds at least what the document under judgement names; what is not in it does not exist."""

    units: Mapping[str, Sequence[Dated]]
    sites: Mapping[str, Dated]
    posts: Mapping[str, Dated]
    employees: Container[str]
