"""Watches single punches until the view shows them: what a reader of the database would have seen, and when."""

import threading
import time
from collections import deque

from pymongo import MongoClient

from bench.measure import Times
from kit.mongo import Document

FEW = 8


class Watch:
    """Reads the view until it shows each watched punch; one reader in a thread of its own, at most 1 ms late."""

    def __init__(self, uri: str, database: str, collection: str) -> None:
        self._client: MongoClient[Document] = MongoClient(uri)
        self._days = self._client[database][collection]
        self._waiting: dict[str, tuple[str, float]] = {}
        self._new: deque[tuple[str, str, float]] = deque()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self.times = Times()
        self._thread.start()

    def expect(self, punch_id: str, day: str, sent: float) -> None:
        """A punch was sent at `sent` (perf_counter)."""
        self._new.append((punch_id, day, sent))

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
                punch_id, day, sent = self._new.popleft()
                self._waiting[punch_id] = (day, sent)
            if self._waiting:
                self._look()
            # Many waiting means seconds of delay: then a coarse look is exact enough, and does not disturb.
            time.sleep(0.001 if len(self._waiting) <= FEW else 0.02)

    def _look(self) -> None:
        days = list({day for day, _ in self._waiting.values()})
        rows = list(self._days.find({"_id": {"$in": days}}, {"punches.id": 1}))
        now = time.perf_counter()
        for row in rows:
            for punch in row["punches"]:
                if (found := self._waiting.pop(punch["id"], None)) is not None:
                    self.times.add(now - found[1])
