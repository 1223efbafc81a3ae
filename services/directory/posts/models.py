"""What the directory keeps of a post (jabatan)."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from kit.text import Code, Title
from services.directory.validity import Period

# UU 20/2023: manajerial (JPT, administrator, pengawas) and nonmanajerial (fungsional, pelaksana).
PostKind = Literal["jpt_utama", "jpt_madya", "jpt_pratama", "administrator", "pengawas", "fungsional", "pelaksana"]


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Post(Period):
    """A post. `grade` is its kelas jabatan, 1 to 17, absent where not yet evaluated."""

    code: Code
    title: Title
    kind: PostKind
    grade: Annotated[int, Field(ge=1, le=17)] | None = None
