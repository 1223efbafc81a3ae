"""What a terminal's own behaviour tells: alive, live or catching up, its clock. Pure; devices.md section 1.7."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

EARLY_SECONDS = -60  # the terminal's clock is ahead of ours by more than this
LATE_SECONDS = 120
STREAK = 3
LIVE_ROWS = 2


@dataclass(slots=True)
class Contact:
    """One terminal as this process has seen it. Instants are aware; None = not yet.

    `streak` counts consecutive live punches off the clock; `drift` is received minus captured of the last live punch,
    in seconds. `said` is what the terminal said of itself and is not yet written; `dirty`: the heartbeat has news.
    """

    last_seen: datetime | None = None
    last_poll: datetime | None = None
    last_punch: datetime | None = None
    drift: int | None = None
    streak: int = 0
    address: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    dirty: bool = False

    def seen(self, at: datetime, address: str) -> None:
        """Any request of the terminal."""
        self.last_seen = at
        self.address = address
        self.dirty = True

    def polled(self, at: datetime) -> None:
        """A handshake, a poll for commands or a ping: the terminal idles, so it has nothing to catch up on."""
        self.last_poll = at

    def says(self, state: Mapping[str, Any]) -> None:
        """Model, firmware, counts: to be written with the next heartbeat."""
        self.said.update(state)
        self.dirty = True

    def punched(self, captured: datetime) -> None:
        """A punch of that instant was stored."""
        if self.last_punch is None or captured > self.last_punch:
            self.last_punch = captured
            self.dirty = True

    def live(self, at: datetime, delay: int, rows: int) -> bool:
        """Whether a push of `rows` lines is live: it polled within two delays and brings no batch."""
        return rows <= LIVE_ROWS and self.last_poll is not None and (at - self.last_poll).total_seconds() <= 2 * delay

    def timed(self, drift: int) -> None:
        """A live punch arrived `drift` seconds after its own time (negative: before)."""
        self.drift = drift
        self.streak = self.streak + 1 if drift < EARLY_SECONDS or drift > LATE_SECONDS else 0

    @property
    def drifting(self) -> bool:
        """The clock is off: three live punches in a row said so."""
        return self.streak >= STREAK
