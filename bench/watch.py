"""Watches single facts until a view shows them: what a reader of the database would have seen, and when."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable

from pymongo import MongoClient

from bench.measure import Times
from kit.mongo import Document

FEW = 8


Shown = Callable[[Document], Iterable[str]]
"""What a row shows by now, by the names it is expected under."""


def punch_ids(row: Document) -> Iterable[str]:
    """The punches of a day of the presence view."""
    return (punch["id"] for punch in row["punches"])


class Watch:
    """Reads the view until it shows each watched fact; one reader in a thread of its own, at most `late` seconds late.
    `fields` are those that `shown` needs of a row."""

    def __init__(
        self,
        uri: str,
        database: str,
        collection: str,
        *,
        shown: Shown = punch_ids,
        fields: Iterable[str] = ("punches.id",),
        late: float = 0.001,
    ) -> None:
        self._client: MongoClient[Document] = MongoClient(uri)
        self._rows = self._client[database][collection]
        self._shown, self._fields = shown, dict.fromkeys(fields, 1)
        self._late = late
        self._waiting: dict[str, tuple[str, float]] = {}
        self._new: deque[tuple[str, str, float]] = deque()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self.times = Times()
        self._thread.start()

    def expect(self, name: str, row: str, sent: float) -> None:
        """A fact was sent at `sent` (perf_counter); the row of that id will show it."""
        self._new.append((name, row, sent))

    @property
    def missing(self) -> int:
        """Watched and not yet seen."""
        return len(self._waiting) + len(self._new)

    def close(self) -> None:
        """End."""
        self._stop.set()
        self._thread.join()
        self._client.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            while self._new:
                name, row, sent = self._new.popleft()
                self._waiting[name] = (row, sent)
            if self._waiting:
                self._look()
            # Many waiting means seconds of delay: then a coarse look is exact enough, and does not disturb.
            time.sleep(self._late if len(self._waiting) <= FEW else 0.02)

    def _look(self) -> None:
        wanted = list({row for row, _ in self._waiting.values()})
        rows = list(self._rows.find({"_id": {"$in": wanted}}, self._fields))
        now = time.perf_counter()
        for row in rows:
            for name in self._shown(row):
                if (found := self._waiting.pop(name, None)) is not None:
                    self.times.add(now - found[1])
