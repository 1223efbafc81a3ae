"""One drain: projector processes on the next generation of the view, from nothing to all that the topics hold.

That is how an operator rebuilds (kit/projector/rebuild.py): the view in use stays and follows on, the new one begins
empty beside it, and both are compared. Dropping the database instead would take what reporting alone knows with it.
"""

import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pymongo.database import Database

from bench.processes import Sampler
from bench.projector.ours import Workers
from bench.projector.view import Generation
from bench.waiting import until_blocking
from bench.workload import Result
from bench.year.marks import Folded, memory_of, reached_at
from kit.mongo import Document

LOOK, MOST_SECONDS = 0.25, 7_200.0
QUARTERS = (0.25, 0.5, 0.75, 1.0)


def drained(workers: Workers, generation: Generation, held: Mapping[str, int], every: float) -> Result:
    """Follow `workers`, which were just started, until all that `held` says is folded; memory is read each `every`
    seconds. Raises TimeoutError, or RuntimeError when one of them ends before."""
    names = {f"projector-{number + 1}": pid for number, pid in enumerate(workers.pids())}
    samples, seen = Sampler(names, every=every), Folded()
    began = time.time()

    def look() -> bool:
        if not workers.alive():
            raise RuntimeError("a projector ended before it was done: see its log in the folder of the data")
        now = folded(generation.db, generation.suffix)
        seen.note(time.time() - began, sum(min(now[topic], count) for topic, count in held.items()))
        return all(now[topic] >= count for topic, count in held.items())

    with samples:
        until_blocking(look, seconds=MOST_SECONDS, what="draining the topics", pause=min(LOOK, every))
    claimed = generation.claimed() - began
    total = sum(held.values())
    ends = [reached_at(seen, round(share * total)) for share in QUARTERS]
    starts = [claimed, *ends[:-1]]
    return {
        "events": total,
        "by_topic": dict(held),
        "seconds": round(ends[-1] - claimed, 2),
        "events_per_second": round(total / (ends[-1] - claimed)),
        "by_quarter": [round(total / 4 / max(end - start, 1e-3)) for start, end in zip(starts, ends, strict=True)],
        "memory": {name: memory_of(samples.memory[name], claimed, ends) for name in names},
        "processes": samples.summary(),
    }


def folded(db: "Database[Document]", suffix: str) -> Counter[str]:
    """How many records of each topic lie below the checkpoints of a generation."""
    found: Counter[str] = Counter()
    rows: Any = db["checkpoints"].find({"view": f"presence{suffix}"}, {"next": 1})
    for row in rows:
        for at in row["next"]:
            found[at["topic"]] += at["offset"]
    return found
