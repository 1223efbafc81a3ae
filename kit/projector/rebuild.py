"""Rebuild and prove: the next generation of a view from the first record on, compared, then switched to.

1. drop what an earlier attempt left of the next generation;
2. fold every topic from offset 0 into it, beside the running one, in a consumer group of its own;
3. caught up: compare both, document by document; what still moves is looked at again once both have passed the same
   position;
4. equal: move the pointer (generations.py). Unequal: keep both, say which documents differ.

The retired generation stays until `retire` drops it, so that going back is one move of the pointer.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import structlog

from kit import collector
from kit.mongo import Client, Database, Document
from kit.projector import deadletters, generations
from kit.projector.checkpoint import COLLECTION as CHECKPOINTS
from kit.projector.projection import Projection
from kit.projector.reading import reached, wait_for
from kit.projector.runner import Projector
from kit.projector.shards import stem, summed

log = structlog.get_logger()

Contents = AsyncIterator[tuple[str, Any]]
"""What a collection says, by key, in order."""
Read = Callable[[Any, Document], Contents]

LOOKS = 5
SHOWN = 20


@dataclass(slots=True)
class Outcome:
    """What a rebuild found. `differing` names the first documents that are not equal, as collection/id; `changed` the
    collections that were not compared."""

    generation: int
    documents: int = 0
    differing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    switched: bool = False


async def rebuild(
    projection: Projection,
    client: Client,
    db: Database,
    bootstrap: str,
    *,
    move: bool = True,
    changed: Collection[str] = (),
) -> Outcome:
    """Build, compare and (with `move`) switch. Progress is logged every few seconds.

    `changed` are collections that this version of the projection folds otherwise than the one that filled the running
    generation, or has for the first time: they are built and not compared. Raises ValueError for one it does not have.
    """
    if unknown := sorted(set(changed) - set(projection.collections)):
        raise ValueError(f"{projection.name} has no {', '.join(unknown)}; it has {', '.join(projection.collections)}")
    old = await generations.active(db, projection.name)
    new = old + 1
    await retire(db, projection, new)
    collector.settle()  # as every serving process does (kit/serving.py)
    projector = Projector(projection, client, db, bootstrap, generation=new, speaks=False)
    running = asyncio.create_task(projector.run(), name=f"rebuild {projector.view}")
    try:
        while not projector.caught_up:
            if running.done():
                running.result()
            log.info("rebuilding", view=projector.view, records_left=projector.lag())
            await asyncio.wait({running}, timeout=2.0)
        outcome = await compare(db, projection, old, new, changed)
        if not outcome.differing and move:
            outcome.switched = await generations.switch(db, projection.name, old, new)
    finally:
        running.cancel()
        await asyncio.wait({running})
    log.info("rebuilt", view=projector.view, documents=outcome.documents, differing=outcome.differing)
    return outcome


async def compare(db: Database, projection: Projection, old: int, new: int, changed: Collection[str] = ()) -> Outcome:
    """Every document of two generations that both follow the topics must be equal, and every total's sum.

    What says how the folding went (`uncompared`) is left out, and so is what was `changed`.
    """
    outcome = Outcome(new, changed=sorted(changed))
    for collection in projection.collections:
        if collection in projection.uncompared or collection in changed:
            continue
        read = _totals if collection in projection.totals else _documents
        olds, news = db[f"{collection}_v{old}"], db[f"{collection}_v{new}"]
        unlike = [key async for key, same in _pairs(read(olds, {}), read(news, {}), outcome) if not same]
        for _ in range(LOOKS):
            if not unlike:
                break
            await _level(db, projection, old, new)
            unlike = [key for key in unlike if not await _alike(read, key, olds, news)]
        outcome.differing.extend(f"{collection}/{key}" for key in unlike[:SHOWN])
    return outcome


async def retire(db: Database, projection: Projection, generation: int) -> None:
    """Drop the collections and positions of a generation that is not in use. Raises ValueError when it is."""
    if generation == await generations.active(db, projection.name):
        raise ValueError(f"generation {generation} of {projection.name} is in use")
    for collection in projection.collections:
        await db.drop_collection(f"{collection}_v{generation}")
    view = f"{projection.name}_v{generation}"
    await db[CHECKPOINTS].delete_many({"_id": {"$gte": f"{view}:", "$lt": f"{view};"}})
    await deadletters.forget(db, view)


async def _level(db: Database, projection: Projection, old: int, new: int) -> None:
    """Wait until each has folded what the other had folded just now."""
    one, other = f"{projection.name}_v{old}", f"{projection.name}_v{new}"
    await wait_for(db, other, await reached(db, one), timeout=30)
    await wait_for(db, one, await reached(db, other), timeout=30)


async def _pairs(olds: Contents, news: Contents, outcome: Outcome) -> AsyncIterator[tuple[str, bool]]:
    """Merge both collections in order of key: (key, equal)."""
    one, other = await anext(olds, None), await anext(news, None)
    while one is not None or other is not None:
        outcome.documents += 1
        if other is None or (one is not None and one[0] < other[0]):
            assert one is not None  # noqa: S101 - the loop's condition
            yield one[0], False
            one = await anext(olds, None)
        elif one is None or other[0] < one[0]:
            yield other[0], False
            other = await anext(news, None)
        else:
            yield one[0], one == other
            one, other = await anext(olds, None), await anext(news, None)


async def _documents(collection: Any, query: Document) -> Contents:
    """(id, document), in order of id."""
    async for document in collection.find(query, batch_size=2_000).sort("_id", 1):
        yield document["_id"], document


async def _totals(collection: Any, query: Document) -> Contents:
    """(what the ids of its shards begin with, sums) of each total that is not nothing, in order."""
    shards: list[Document] = []
    async for identity, shard in _documents(collection, query):
        if shards and stem(identity) != stem(shards[0]["_id"]):
            if sums := summed(shards):
                yield stem(shards[0]["_id"]), sums
            shards = []
        shards.append(shard)
    if sums := summed(shards):
        yield stem(shards[0]["_id"]), sums


async def _alike(read: Read, key: str, olds: Any, news: Any) -> bool:
    """Whether both hold the same under a key; a total's shards are all that begin with it."""
    query = {"_id": {"$gte": key, "$lt": key + ":"} if read is _totals else key}
    return [found async for found in read(olds, query)] == [found async for found in read(news, query)]
