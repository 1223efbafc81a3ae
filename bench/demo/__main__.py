"""`make demo`: gives the running demo city a past in all three streams, then plays a working morning at its terminals.

Attendance, daily activities with what superiors decided, citizens' ratings and notes of feedback: each service writes
its own past and journals it, and from there it goes the way of everything: relay, broker, projector. Whatever day is
loaded stays as it is: run again, only what is missing is added, also after Ctrl-C.
"""

import argparse
import asyncio
import os
import sys
from datetime import date

import uvloop

from bench.demo import past
from bench.demo.expected import expected
from bench.morning import __main__ as morning
from bench.morning import where
from bench.morning.city import Api, NotReady
from deploy.local import credentials
from deploy.local.errors import CannotStart
from deploy.local.settings import from_environment
from kit.demo.loading import DAYS, MOST_DAYS, SEED

YEAR, CITY = 365, 5_000


class Words(argparse.ArgumentParser):
    """Works out how much it is when somebody asks, which takes a second or two."""

    def format_help(self) -> str:
        """With the number of events."""
        month, year = expected(DAYS, CITY), expected(YEAR, CITY)
        streams = ", ".join(f"{stream} {count:,}" for stream, count in year.items())
        self.epilog = (
            f"{DAYS} days of {CITY:,} people are about {sum(month.values()):,} events, a year (--days {YEAR}) about "
            f"{sum(year.values()):,}: {streams}."
        )
        return super().format_help()


def parser() -> argparse.ArgumentParser:
    """The words of `make demo ARGS="…"`."""
    found = Words(prog="make demo ARGS=…", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    found.add_argument(
        "--days", type=int, default=DAYS, help=f"calendar days of the past (default {DAYS}; 0 to {MOST_DAYS})"
    )
    found.add_argument("--people", type=int, help="of so many people only (default: of all)")
    found.add_argument("--last", type=date.fromisoformat, help="its last day, YYYY-MM-DD (default: yesterday)")
    found.add_argument("--seed", type=int, default=SEED, help=f"which past (default {SEED})")
    found.add_argument("--no-live", action="store_true", help="only the past")
    found.add_argument("--speed", type=float, default=40.0, help="simulated seconds of the morning in one (default 40)")
    found.add_argument("--stay", action="store_true", help="keep the terminals connected afterwards, until Ctrl-C")
    return found


async def _past(asked: argparse.Namespace) -> int:
    """Load the past and wait until it is in the views; the exit code. Raises NotReady."""
    settings, address = from_environment(os.environ), where.running(os.environ)
    api = Api(address.edge, address.token)
    try:
        before = await past.position(api)  # also: does anything run here
        secrets = credentials.load(settings.data, settings.token)
        words = ["--days", str(asked.days), "--seed", str(asked.seed)]
        words += ["--people", str(asked.people)] if asked.people else []
        words += ["--last", str(asked.last)] if asked.last else []
        return await past.load(api, settings, secrets, words, before)
    finally:
        await api.close()


def main() -> None:
    """Command line."""
    words = parser()
    asked = words.parse_args()
    if asked.speed <= 0 or not 0 <= asked.days <= MOST_DAYS:
        words.error(f"--speed must be above 0, --days from 0 to {MOST_DAYS}")
    try:
        code = uvloop.run(_past(asked)) if asked.days else 0
        if code == 0 and not asked.no_live:
            address = where.running(os.environ)
            live = morning.morning(
                address.edge, address.door, address.token, speed=asked.speed, seed=None, stay=asked.stay
            )
            code = uvloop.run(live)
    except (NotReady, CannotStart, TimeoutError) as error:
        print(f"\nkinerja: {error}", file=sys.stderr)
        code = 2
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("\ninterrupted: the same command goes on from here")
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
