"""One-time codes: 12 characters that can be read aloud, typed and written by hand. Pure but for the randomness.

Of letters and digits that look alike one is used and the others are read as it, so every letter and digit of the
alphabet means something: 29 to the 12th codes, a little over 58 bits.
"""

from hashlib import sha256
from secrets import choice

LENGTH = 12
GROUP = 4
ALPHABET = "0123456789ACDEFGHJKMNPQRTVWXY"
LOOK_ALIKES = {"O": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8", "U": "V"}
_READ = {**{one: one for one in ALPHABET}, **LOOK_ALIKES}
_PASSED_OVER = frozenset("-\N{NON-BREAKING HYPHEN}\N{HYPHEN}\N{EN DASH}\N{MINUS SIGN}")


def new() -> str:
    """A code that nobody can guess."""
    return "".join(choice(ALPHABET) for _ in range(LENGTH))


def read(typed: str) -> str | None:
    """The code somebody typed: in any case, with or without hyphens and blanks; None when it is none."""
    meant = [_READ.get(one.upper()) for one in typed if not (one.isspace() or one in _PASSED_OVER)]
    if len(meant) != LENGTH or None in meant:
        return None
    return "".join(one for one in meant if one)


def shown(code: str) -> str:
    """As people see it: `XXXX-XXXX-XXXX`."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def path_of(code: str) -> str:
    """Where the app takes it. What stands behind # is never sent to a server, so it is in no log."""
    return f"/nilai#{code}"


def digest(code: str) -> str:
    """What is stored of a code."""
    return sha256(code.encode()).hexdigest()
