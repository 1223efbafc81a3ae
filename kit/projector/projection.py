"""What the author of a view writes."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from pymongo.database import Database

from contracts.topics import BY_TYPE, Topic
from kit.projector.documents import Document, Documents, Touched
from kit.projector.shards import Shards

FEED = "changes"
"""The collection where a view keeps what its batches changed, for live readers (`Projection.changes`)."""


class Projection(ABC):
    """A view as a deterministic function of its topics.

    `inputs` maps each event type it folds to the shape it reads of it (anything pydantic validates; a TypedDict of the
    fields used is quickest). `prepare` may load documents; the rest is pure: no clock, no I/O, no randomness. An event
    may come more than once (a relay sends again what it is not sure of) and a fold must not mind.
    `leading` are the event types that the others refer to (people, before what they did). Taking over, a projector
    folds their topics to the end before it reads another: for facts of people it does not know yet are folded twice,
    and all those of one person, or of all, at once.
    All topics of a projection have the same number of partitions and are keyed alike, so that one partition number is
    one owner. `reads` are collections of the service itself that it looks up as they are now: whoever changes them says
    so in an event. Of `collections`, those in `totals` hold shards (shards.py), and those in `uncompared` say how the
    folding went, not what it came to: other batches of the same records make others (rebuild.py).
    """

    name: ClassVar[str]
    inputs: ClassVar[Mapping[str, Any]]
    leading: ClassVar[Sequence[str]] = ()
    collections: ClassVar[Sequence[str]]
    reads: ClassVar[Sequence[str]] = ()
    totals: ClassVar[Sequence[str]] = ()
    uncompared: ClassVar[Sequence[str]] = (FEED,)

    @classmethod
    def topics(cls) -> tuple[Topic, ...]:
        """The topics its events arrive on. Raises ValueError when they are not partitioned alike."""
        topics = tuple(dict.fromkeys(BY_TYPE[kind] for kind in cls.inputs))
        if len({topic.partitions for topic in topics}) != 1:
            raise ValueError(f"{cls.name}: topics {[t.name for t in topics]} differ in partitions")
        return topics

    @classmethod
    def leading_topics(cls) -> frozenset[str]:
        """The names of the topics of the leading event types."""
        return frozenset(BY_TYPE[kind].name for kind in cls.leading)

    def setup(self, db: "Database[Document]", suffix: str) -> None:
        """Create collections and indexes, before anything is folded. A transaction cannot do it later."""
        existing = set(db.list_collection_names())
        for collection in self.collections:
            if collection + suffix not in existing:
                db.create_collection(collection + suffix)

    @abstractmethod
    def touched(self, kinds: Sequence[str], events: Sequence[Any], documents: Documents) -> Iterator[Touched]:
        """The ids, by collection, of what these events (`kinds[i]` is the type of `events[i]`) will touch. Pure.

        A generator: what it yielded before is in `documents` when it goes on, so a second stage can ask for what the
        first has shown to be needed.
        """

    def prepare(self, kinds: Sequence[str], events: Sequence[Any], documents: Documents) -> None:  # noqa: B027 - as settle
        """Before the folds of a partition, its touched documents loaded: load what only those lead to."""

    @abstractmethod
    def fold(self, kind: str, event: Any, documents: Documents) -> None:
        """Bring one event into the documents. Raises Poison before it has changed anything."""

    def settle(self, documents: Documents) -> None:  # noqa: B027 - many views need none
        """Once per batch, after the folds: derive what follows from the changed documents."""

    def changes(self, batch: Sequence[Documents], totals: Shards) -> Document:
        """What a live reader must look at again after this batch of partitions; empty = nothing. Goes to `changes`."""
        return {}

    def incomplete(self, record: Any) -> Sequence[str]:
        """The ids (of the entity, not of documents) that lack this record when it is poison; the key by default."""
        return [record.key.decode("utf-8", "replace")] if record.key else []
