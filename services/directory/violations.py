"""What a rule found wrong: where in the document, and what to do, in Indonesian."""

from collections.abc import Sequence
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule. `path` leads to the field, e.g. ("assignments", 2, "superior_id")."""

    path: Path
    detail: str

    @property
    def pointer(self) -> str:
        """The path as a JSON pointer (RFC 6901)."""
        return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in self.path)


class Violations(ValueError):  # noqa: N818 - a list of what is wrong, not one error
    """Raised where a document may not be saved; holds everything wrong with it at once."""

    def __init__(self, found: Sequence[Violation]) -> None:
        super().__init__("; ".join(f"{one.pointer} {one.detail}" for one in found))
        self.found = tuple(found)
