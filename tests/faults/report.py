"""What a full run has found, beside the measurements: bench/results/faults-<day>.json."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench import machine
from bench.results import FOLDER
from tests.faults.city import City, Verdict
from tests.faults.drills import Drills

if TYPE_CHECKING:
    from tests.faults.conftest import Size


def write(city: City, drills: Drills, size: "Size", verdict: Verdict, *, folder: Path = FOLDER) -> Path:
    """Keep the result. A second one on the same day replaces the first."""
    now = datetime.now(UTC)
    kept = {
        "workload": "faults",
        "command": "make faults" if size.kills == 20 else f'make faults ARGS="--kills {size.kills}"',
        "at": now.isoformat(timespec="seconds"),
        "machine": machine.describe(),
        "result": {
            "punches_per_second": size.rate,
            "seed": size.seed,
            "broker_outage_seconds": size.outage_seconds,
            "kills": sum(record.kills for record in drills.records.values()),
            "batches_sent_again": city.retries,
            **asdict(verdict),
            "drills": {name: record.told() for name, record in drills.records.items()},
        },
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"faults-{now.date()}.json"
    path.write_text(json.dumps(kept, indent=1) + "\n")
    return path
