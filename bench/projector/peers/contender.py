"""What every peer is told, and the line it prints at the end."""

import argparse
import json
import resource
import threading
import time
from collections.abc import Callable


class Stamps:
    """First record received, last write acknowledged, how many records were written."""

    def __init__(self) -> None:
        self.first = self.last = 0.0
        self.events = 0

    def received(self) -> None:
        """A record or batch came."""
        self.first = self.first or time.time()

    def written(self, events: int) -> None:
        """So many more are in the view."""
        self.events += events
        self.last = time.time()

    def report(self) -> None:
        """Print the line."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(
            json.dumps(
                {
                    "first": self.first,
                    "last": self.last,
                    "events": self.events,
                    "rss_mb_peak": round(used.ru_maxrss / 1024, 1),
                    "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
                }
            ),
            flush=True,
        )


def arguments(prog: str) -> argparse.Namespace:
    """`--expect 0` = run until standard input is closed."""
    parser = argparse.ArgumentParser(prog=prog)
    parser.add_argument("--kafka", required=True)
    parser.add_argument("--mongo", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--generation", type=int, required=True)
    parser.add_argument("--expect", type=int, default=0)
    parser.add_argument("--commit-interval", type=float, default=5.0, help="seconds; Quix Streams only")
    parser.add_argument("--state", default="", help="folder; Quix Streams only")
    return parser.parse_args()


def when_input_closes(call: Callable[[], None]) -> None:
    """Call from a thread once standard input is at its end."""
    import sys

    def wait() -> None:
        sys.stdin.read()
        call()

    threading.Thread(target=wait, daemon=True).start()
