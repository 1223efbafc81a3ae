"""The working set of one batch: documents loaded once, changed in memory, written once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice, zip_longest
from typing import Any

from pymongo import InsertOne, ReplaceOne
from pymongo.collection import Collection
from pymongo.database import Database

from kit.journal import Fact
from kit.projector.shards import Shards

Document = dict[str, Any]
Home = Callable[[str], str]
Write = InsertOne[Document] | ReplaceOne[Document]
LOAD_AT_ONCE = 5_000


class Documents:
    """Documents of one partition during one batch, by logical collection name and `_id`.

    Filled by `load` and `load_where` before folding; in a fold only `get`, `put`, `say` and `totals.add`. A document is
    written once, whatever happened to it. `totals` is shared by the partitions of a batch. `home` gives the collection
    a logical name stands for. `facts` is what was said, in order. `beside` is the projection's own: what it works with
    for as long as these documents.
    """

    def __init__(self, db: "Database[Document]", home: Home, totals: Shards) -> None:
        self.totals = totals
        self.facts: list[Fact] = []
        self.beside: Any = None
        self._db = db
        self._home = home
        self._known: dict[str, dict[str, Document]] = {}
        self._stored: dict[str, set[str]] = {}
        self._changed: dict[str, dict[str, Document]] = {}

    def load_where(self, collection: str, query: Document, *, by: str = "_id", most: int = 0) -> list[Document]:
        """Fetch documents by any query; what is loaded already is kept as it is in memory. `most` of them in the order
        of the field `by` (0: all); returned as they are in memory."""
        found = self._db[self._home(collection)].find(query, batch_size=LOAD_AT_ONCE)
        for document in (rows := list(found.sort(by, 1).limit(most) if most else found)):
            self.keep(collection, document)
        known = self._known.get(collection, {})
        return [known[document["_id"]] for document in rows]

    def keep(self, collection: str, document: Document) -> None:
        """Take in a document as it is stored, unless it is here already."""
        identity = document["_id"]
        self._stored.setdefault(collection, set()).add(identity)
        self._known.setdefault(collection, {}).setdefault(identity, document)

    def get(self, collection: str, identity: str) -> Document | None:
        """A loaded document, or None. Change it in place, then `put` it."""
        return self._known.get(collection, {}).get(identity)

    def known(self, collection: str) -> dict[str, Document]:
        """The loaded and put documents of a collection by id, for a fold that looks up one per event."""
        return self._known.setdefault(collection, {})

    def loaded(self, collection: str) -> Iterable[Document]:
        """All loaded documents of a collection."""
        return self._known.get(collection, {}).values()

    def put(self, collection: str, document: Document) -> None:
        """Write this document, new or changed, when the batch commits."""
        identity = document["_id"]
        self._known.setdefault(collection, {})[identity] = document
        self._changed.setdefault(collection, {})[identity] = document

    def say(self, fact: Fact) -> None:
        """Record a fact of the service's own in the transaction of this batch: published when that commits."""
        self.facts.append(fact)

    def changed(self, collection: str) -> dict[str, Document]:
        """The documents put in this batch, by id."""
        return self._changed.get(collection, {})

    def writes(self) -> Iterator[tuple[str, list[Write]]]:
        """What to write, per logical collection: inserts for new documents (half the cost of an upsert)."""
        for collection, changed in self._changed.items():
            stored = self._stored.get(collection, set())
            yield (
                collection,
                [
                    ReplaceOne({"_id": identity}, document) if identity in stored else InsertOne(document)
                    for identity, document in changed.items()
                ],
            )


Touched = Mapping[str, Iterable[str]]
"""Ids by logical collection name."""


def load(db: "Database[Document]", home: Home, wanted: Iterable[tuple[Documents, Iterator[Touched]]]) -> None:
    """Fetch what several partitions want, stage by stage, by collection and id: one query for all of them each time.

    Twelve partitions with a handful of events each cost one round trip, not twelve. A stage is asked for when the one
    before it is in the documents.
    """
    partitions = list(wanted)
    for stage in zip_longest(*(stages for _, stages in partitions), fillvalue={}):
        owners: dict[str, dict[str, Documents]] = {}
        for (documents, _), touched in zip(partitions, stage, strict=True):
            for collection, ids in touched.items():
                owners.setdefault(collection, {}).update(dict.fromkeys(ids, documents))
        for collection, owner in owners.items():
            _fetch(db[home(collection)], collection, owner)


def _fetch(source: "Collection[Document]", collection: str, owner: Mapping[str, Documents]) -> None:
    everything = iter(owner)
    while some := list(islice(everything, LOAD_AT_ONCE)):
        for document in source.find({"_id": {"$in": some}}, batch_size=LOAD_AT_ONCE):
            owner[document["_id"]].keep(collection, document)
