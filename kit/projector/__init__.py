"""The projector: folds topics into read models, effectively once (DESIGN section 5, ADR 3).

A batch of records becomes replaced documents, and the documents, the position they stand for and the records that
could not be folded move in one MongoDB transaction that only the owner of the position can commit. Kill it anywhere:
the successor starts from the stored position, and what was half done was never there.

    projection.py   what the author of a view writes: which events, which documents, how to fold
    documents.py    the working set of one batch
    decoding.py     record bytes -> models, poison apart
    shards.py       totals across partitions: a shard for each writer, summed by whoever reads
    unit.py         one batch: decode, load, fold, commit
    checkpoint.py   positions: claim, compare-and-set, release
    deadletters.py  records that can never be folded: kept, shown, replayed
    breaker.py      when too much is poison, stop
    runner.py       the consumer loop: assignment, pace, retry, rebalance
    progress.py     how far this process is: gauges, lag tools
    health.py       what its probes answer
    generations.py  which set of collections is the one people read
    rebuild.py      the next generation from the first record on, compared, switched to
    tracing.py      one span per batch, linked to the traces in it
    reading.py      for readers: how far a view is, waiting for a position
"""

from kit.projector.documents import Documents
from kit.projector.outcomes import Fenced, Poison, Retry, Tripped
from kit.projector.projection import Projection
from kit.projector.runner import Projector

__all__ = ["Documents", "Fenced", "Poison", "Projection", "Projector", "Retry", "Tripped"]
