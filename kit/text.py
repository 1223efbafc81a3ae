"""Text that may be stored: names on one line that no spreadsheet would evaluate, and what people write in sentences."""

import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints

# A cell that begins so is a formula to a spreadsheet program (OWASP: CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@")


def unsafe(text: str) -> str | None:
    """Why `text` may not be stored, in Indonesian; None when it may."""
    if text.isascii() and text.isprintable() and not text.startswith(FORMULA_STARTS):
        return None
    if text.startswith(FORMULA_STARTS):
        return f"tidak boleh diawali {text[0]!r} karena dibaca sebagai rumus oleh aplikasi lembar kerja"
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp"):
            return f"memuat karakter kendali U+{ord(character):04X} (misalnya tab atau ganti baris)"
    return None


def _checked(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    reason = unsafe(text)
    if reason:
        raise ValueError(reason)
    return text


def _line(most: int, least: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=least, max_length=most)


Title = Annotated[str, _line(200, 1), AfterValidator(_checked)]
"""A name of 1 to 200 characters, surrounding blanks dropped, Unicode NFC."""

ShortText = Annotated[str, _line(60, 0), AfterValidator(_checked)]
"""At most 60 characters, may be empty."""

Code = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$")]
"""A stable code of the agency: 1 to 40 letters, digits, dot, underscore, slash or hyphen."""

Reference = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,64}$")]
"""The id of another entity."""


INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def _seen(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    return "".join(one for one in text if one == "\n" or unicodedata.category(one) not in INVISIBLE)


SEEN = BeforeValidator(_seen)
"""For what people write in sentences: without what cannot be seen, before anything is counted. Invisible characters
would make two equal texts differ, hide one in another, or turn its direction."""
