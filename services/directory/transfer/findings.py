"""What an import has to say about a file: each error with its place, all at once."""

from dataclasses import dataclass
from typing import Literal

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass as validated

from kit.csv_reading import UnreadableFile

Level = Literal["error", "warning"]


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Finding:
    """One remark. `row` counts as the spreadsheet does, the header is row 1; 0 = about the whole sheet or file.

    `column` is the header of the column, "" = the whole row.
    """

    level: Level = "error"
    sheet: str
    row: int = 0
    column: str = ""
    detail: str


@dataclass(slots=True)
class Counts:
    """How the entities of one kind in a file compare with the directory."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def unreadable(name: str, error: UnreadableFile) -> Finding:
    """The finding about a whole file."""
    return Finding(sheet=name, detail=str(error))
