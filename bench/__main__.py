"""`python -m bench [workload …]`: measure, print, and publish under bench/results/.

--small shows in a minute that everything works; its figures mean nothing and are not published.
"""

import argparse
import signal
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bench import results
from bench.cards.workload import WORKLOAD as CARDS
from bench.days.workload import WORKLOAD as DAYS
from bench.entries.workload import WORKLOAD as ENTRIES
from bench.history.workload import WORKLOAD as HISTORY
from bench.intake.workload import WORKLOAD as INTAKE
from bench.mixed.workload import WORKLOAD as MIXED
from bench.options import Options
from bench.pages.workload import WORKLOAD as PAGES
from bench.projector.workload import WORKLOAD as PROJECTOR
from bench.receipts.workload import WORKLOAD as RECEIPTS
from bench.reports.workload import WORKLOAD as REPORTS
from bench.startup.workload import WORKLOAD as STARTUP
from bench.surge.workload import WORKLOAD as SURGE
from bench.workload import Workload
from bench.year.workload import WORKLOAD as YEAR
from deploy.local.program import ROOT
from deploy.local.spawn import allow_connections

WORKLOADS: Mapping[str, Workload] = {
    workload.name: workload
    for workload in (
        *(SURGE, INTAKE, RECEIPTS, DAYS, PROJECTOR, HISTORY, CARDS),
        *(REPORTS, ENTRIES, MIXED, YEAR, STARTUP, PAGES),
    )
}


def main() -> None:
    """Run what is asked for; all without a name."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("workload", nargs="*", help=f"{', '.join(WORKLOADS)}; all when none is named")
    parser.add_argument("--small", action="store_true", help="tiny sizes, nothing published")
    parser.add_argument("--seconds", type=float, help="how long each measured part lasts")
    parser.add_argument("--runs", type=int, help="how many paired runs")
    parser.add_argument("--devices", type=int, help="surge: device processes (default 1)")
    parser.add_argument("--projectors", type=int, help="surge: projector processes (1); year: of a second pass")
    parser.add_argument("--rate", type=int, help="a second; surge: punches (2,600), mixed: events (1,000)")
    parser.add_argument("--people", type=int, help="year: people of the city with a past (default 5,000)")
    parser.add_argument("--edge", action="store_true", help="surge: through the edge")
    parser.add_argument("--close", action="store_true", help="surge, intake: a connection for each request")
    parser.add_argument("--data", type=Path, default=ROOT / ".data" / "bench", help="folder for stacks (%(default)s)")
    parser.add_argument("--keep", action="store_true", help="leave the data there")
    parser.add_argument("--publish", action="store_true", help="only write the results page again")
    asked = parser.parse_args()
    if unknown := set(asked.workload) - WORKLOADS.keys():
        parser.error(f"no workload {', '.join(sorted(unknown))}: choose from {', '.join(WORKLOADS)}")
    if not asked.publish:
        allow_connections()
        options = Options(
            asked.data.resolve(),
            small=asked.small,
            seconds=asked.seconds,
            runs=asked.runs,
            keep=asked.keep,
            devices=asked.devices,
            projectors=asked.projectors,
            rate=asked.rate,
            people=asked.people,
            edge=asked.edge,
            close=asked.close,
        )
        signal.signal(signal.SIGTERM, _ended)
        for name in asked.workload or WORKLOADS:
            _run(WORKLOADS[name], options)
    if not asked.small:
        print(f"written: {results.page(WORKLOADS).relative_to(ROOT)}")


def _ended(*_: object) -> None:
    """Asked to end: leave as Ctrl-C does, so that what was started is ended too."""
    raise KeyboardInterrupt


def _run(workload: Workload, options: Options) -> None:
    print(f"\n{workload.title} ({workload.name})", flush=True)
    began = time.perf_counter()
    result = workload.run(options)
    for row in workload.rows(result):
        mark = {True: "held", False: "MISSED", None: ""}[row.held]
        print(f"  {row.what:<44} {row.measured}" + (f"   [{row.asked}: {mark}]" if row.asked else ""))
    print(f"  took {time.perf_counter() - began:.0f} s")
    if not options.small:
        path = results.write(workload, _command(workload), result, variant=options.variant, now=datetime.now(UTC))
        print(f"  written: {path.relative_to(ROOT)}")


def _command(workload: Workload) -> str:
    """What to type to do it again, without what only concerns this machine."""
    given = [argument for argument in sys.argv[1:] if argument not in WORKLOADS and argument != "--keep"]
    if "--data" in given:
        at = given.index("--data")
        del given[at : at + 2]
    return " ".join(["python -m bench", workload.name, *(a for a in given if not a.startswith("--data="))])


if __name__ == "__main__":
    main()
