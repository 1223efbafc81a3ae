"""`python -m deploy.local run | up | down | status`. Exit code 2: the machine or its settings do not allow it."""

import argparse
import asyncio
import os
import sys

from deploy.local import background
from deploy.local.errors import CannotStart
from deploy.local.run import run
from deploy.local.settings import from_environment


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument("command", choices=["run", "up", "down", "status"])
    command = parser.parse_args().command
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    try:
        settings = from_environment(os.environ)
        if command == "run":
            return asyncio.run(run(settings, colour=colour))
        return {"up": background.up, "down": background.down, "status": background.status}[command](settings)
    except CannotStart as error:
        print(f"kinerja: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
