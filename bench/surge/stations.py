"""Where the time goes between the socket and the read model, as the processes themselves report it."""

import threading
from types import TracebackType
from typing import Any, Self

from bench import scrape
from bench.measure import Times
from bench.system import System
from deploy.local.services import ATTENDANCE_DEVICES, ATTENDANCE_WORKER, REPORTING_WORKER

EVERY_SECONDS = 2.0


class Stations:
    """From entry to exit: how late the relay and the projectors are, how projectors spend their time, group sizes."""

    def __init__(self, system: System) -> None:
        offset = system.settings.service_offset
        self._devices = [ATTENDANCE_DEVICES + offset + 100 + n for n in range(system.settings.device_processes)]
        self._worker = ATTENDANCE_WORKER + offset
        self._projectors = [REPORTING_WORKER + offset - n for n in range(system.settings.projector_processes)]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="stations", daemon=True)
        self._before: dict[str, Any] = {}
        self._after: dict[str, Any] = {}
        self.relay, self.view = Times(), Times()

    def __enter__(self) -> Self:
        self._before = self._counters()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()
        if kind is None:
            self._after = self._counters()

    def _run(self) -> None:
        while not self._stop.wait(EVERY_SECONDS):
            self.relay.add(scrape.worst(self._worker, "outbox_oldest_seconds"))
            self.view.add(max(scrape.worst(port, "projector_freshness_seconds") for port in self._projectors))

    def _counters(self) -> dict[str, Any]:
        return {
            "phases": [scrape.phases(port) for port in self._projectors],
            "batches": sum(scrape.total(port, "projector_batch_records_count") for port in self._projectors),
            "records": sum(scrape.total(port, "projector_batch_records_sum") for port in self._projectors),
            "groups": sum(scrape.total(port, "journal_group_size_count") for port in self._devices),
            "entries": sum(scrape.total(port, "journal_group_size_sum") for port in self._devices),
            "storing": sum(scrape.total(port, "journal_append_seconds_sum") for port in self._devices),
        }

    def summary(self) -> dict[str, Any]:
        """Means over the time between; delays as they stood every two seconds."""

        def grown(name: str) -> float:
            return float(self._after[name] - self._before[name])

        return {
            "entries_a_journal_insert": _ratio(grown("entries"), grown("groups")),
            "journal_insert_ms": round(1000 * _ratio(grown("storing"), grown("groups")), 2),
            "oldest_entry_at_the_relay": self.relay.summary(),
            "age_of_the_newest_record_in_the_view": self.view.summary(),
            "records_a_transaction": _ratio(grown("records"), grown("batches")),
            "projector_seconds_by_phase": [
                {name: round(value - before.get(name, 0.0), 1) for name, value in after.items()}
                for before, after in zip(self._before["phases"], self._after["phases"], strict=True)
            ],
        }


def _ratio(one: float, other: float) -> float:
    return round(one / other, 5) if other else 0.0
