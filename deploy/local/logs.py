"""The log of each process in a file of its own, rotated; and one view of all, coloured and prefixed."""

import sys
from pathlib import Path
from typing import TextIO

from deploy.local.logline import readable

KEEP_BYTES = 10 * 1024 * 1024
KEEP_FILES = 3
COLOURS = (36, 32, 33, 35, 34, 96, 92, 93, 95, 94)
OWN = "kinerja"


class LogFile:
    """`<name>.log`, with `.1` … `.3` before it; each at most `limit` bytes."""

    def __init__(self, path: Path, limit: int = KEEP_BYTES, files: int = KEEP_FILES) -> None:
        self.path, self._limit, self._files = path, limit, files
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")

    def write(self, line: bytes) -> None:
        """Append one line, given without its end."""
        self._file.write(line + b"\n")
        self._file.flush()
        if self._file.tell() > self._limit:
            self._rotate()

    def close(self) -> None:
        """Nothing is written after this."""
        self._file.close()

    def _rotate(self) -> None:
        self._file.close()
        for number in range(self._files, 0, -1):
            older = self.path if number == 1 else self.path.with_name(f"{self.path.name}.{number - 1}")
            if older.exists():
                older.rename(self.path.with_name(f"{self.path.name}.{number}"))
        self._file = self.path.open("ab")


class View:
    """What the person who started the stack reads. `colour` None decides by the terminal and NO_COLOR."""

    def __init__(self, names: list[str], out: TextIO = sys.stdout, *, colour: bool = False) -> None:
        self._out, self._colour = out, colour
        self._width = max(map(len, [*names, OWN]))
        self._code = {name: COLOURS[index % len(COLOURS)] for index, name in enumerate(names)}

    def say(self, text: str) -> None:
        """A line of the supervisor's own."""
        for line in text.splitlines():
            self._print(OWN, line, 1)

    def line(self, name: str, raw: bytes) -> None:
        """A line of a child; what only its authors want to read is left to its file."""
        text = readable(raw)
        if text:
            self._print(name, text, self._code.get(name, 37))

    def _print(self, name: str, text: str, code: int) -> None:
        prefix = f"{name:<{self._width}} │"
        if self._colour:
            prefix = f"\x1b[{code}m{prefix}\x1b[0m"
        try:
            print(prefix, text, file=self._out, flush=True)
        except (BrokenPipeError, OSError):  # the terminal has gone; the files have everything
            self._out = sys.stderr
