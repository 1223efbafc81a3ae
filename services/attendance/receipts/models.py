"""What a receipt is: the file an employee keeps. Strict: what is not exactly so is not a receipt."""

import json
import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

MOST_BYTES = 64 * 1024
SALT = 16
NOTHING = "0" * 64
"""What the first link of a chain names as its previous one."""

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


def _instant(text: str) -> str:
    if not RFC3339.fullmatch(text):
        raise ValueError("bukan waktu RFC 3339 dalam UTC")
    datetime.fromisoformat(text)
    return text


def _day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("bukan tanggal yang ditulis YYYY-MM-DD")
    return text


Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Instant = Annotated[str, AfterValidator(_instant)]
Day = Annotated[str, AfterValidator(_day)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Strict(BaseModel):
    """Closed, and types as they are written."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Head(Strict):
    """One link of the chain, as signed: all of its fields are.

    `number` counts the links of a `day` (the agency's) from 1, `first` is the position in that day of its first punch,
    `size` how many punches it has, `root` the root over them, `previous` the hash of the link before it, also over the
    border of days. `closing`: the last link of its day, without punches.
    """

    day: Day
    number: int = Field(ge=1)
    first: int = Field(ge=0)
    size: int = Field(ge=0)
    root: Hash
    previous: Hash
    closing: bool
    sealed_at: Instant
    key_id: Hash


class Receipt(Strict):
    """A punch as it was recorded, its way to a signed head, and the signature: everything that verifying needs but the
    public key. `punch` is the published fact `PunchRecorded`, whatever fields its version had; `index` its place in the
    link, from 0. `salt` and hashes are lower-case hexadecimal."""

    format: Literal["kinerja-receipt-1"]
    punch: dict[str, Any]
    recorded_at: Instant
    salt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    index: int = Field(ge=0)
    path: list[Hash] = Field(max_length=64)
    head: Head
    signature: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]

    @classmethod
    def read(cls, data: bytes) -> Self:
        """From the bytes of a file. Raises NotAReceipt saying what is wrong, in Indonesian."""
        if len(data) > MOST_BYTES:
            raise NotAReceipt(f"berkas lebih besar dari {MOST_BYTES // 1024} KiB")
        try:
            value = json.loads(data.decode(), object_pairs_hook=_once, parse_float=_refused, parse_constant=_refused)
        except (ValueError, RecursionError) as error:
            raise NotAReceipt(f"berkas ini bukan JSON yang sah ({error})") from error
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            fields = [plain(".".join(map(str, one["loc"])))[:80] or "berkas" for one in error.errors()[:20]]
            raise NotAReceipt(f"isian tidak sesuai bentuk tanda terima: {', '.join(dict.fromkeys(fields))}") from error


class NotAReceipt(ValueError):
    """These bytes are no receipt; the message says why."""


def plain(text: str) -> str:
    """Text of a file as a terminal may show it: nothing that moves the cursor or begins a line."""
    return "".join(one if one.isprintable() else "?" for one in text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("sebuah isian ditulis dua kali")
    return found


def _refused(text: str) -> Any:
    raise ValueError(f"bilangan {plain(text)[:40]} tidak dipakai dalam tanda terima")
