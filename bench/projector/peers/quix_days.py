"""Quix Streams: state per employee, exactly-once processing inside Kafka, its MongoDB sink.

python -m bench.projector.peers.quix_days --kafka … --mongo … --database … --generation N --expect 300000
"""

from datetime import datetime
from typing import Any

from pymongo.uri_parser import parse_uri
from quixstreams import Application, State
from quixstreams.sinks.base.batch import SinkBatch
from quixstreams.sinks.community.mongodb import MongoDBSink

from bench.projector.peers.contender import Stamps, arguments, when_input_closes
from bench.projector.peers.days import assignments, collection_names, fold, fresh
from bench.projector.punches import TOPIC
from kit.mongo import Document

INSTANTS = ("first_at", "last_at")


class Sink(MongoDBSink):
    """The library's sink; it only notes when a batch was written."""

    def write(self, batch: SinkBatch) -> None:
        """As it is."""
        super().write(batch)
        stamps.written(batch.size)


def textual(day: Document) -> Document:
    """State is JSON: instants as text."""
    out = {**day, **{name: day[name].isoformat() for name in INSTANTS}}
    out["punches"] = [{**punch, "at": punch["at"].isoformat()} for punch in day["punches"]]
    return out


def actual(day: Document) -> Document:
    """Text as instants again."""
    out = {**day, **{name: datetime.fromisoformat(day[name]) for name in INSTANTS if name in day}}
    out["punches"] = [{**punch, "at": datetime.fromisoformat(punch["at"])} for punch in day["punches"]]
    return out


def on_punch(punch: dict[str, Any], state: State[Any, Any]) -> Document:
    """The employee's day with this punch, kept in state by date."""
    stamps.received()
    kept = state.get(punch["local_date"])
    day = actual(kept) if kept else fresh(punch, places)
    fold(day, {"direction": "unknown", "method": "unknown", "flags": [], **punch})
    out = textual(day)
    state.set(punch["local_date"], out)
    return out


asked = arguments("python -m bench.projector.peers.quix_days")
days_name, people_name = collection_names(asked.generation)
places = assignments(asked.mongo, asked.database, people_name)
stamps = Stamps()
login = parse_uri(asked.mongo)
host, port = login["nodelist"][0]

app = Application(
    broker_address=asked.kafka,
    consumer_group=f"quix-{asked.generation}",
    auto_offset_reset="earliest",
    processing_guarantee="exactly-once",
    commit_interval=asked.commit_interval,
    state_dir=asked.state,
    loglevel="WARNING",
)
punches = app.topic(TOPIC, key_deserializer="str", value_deserializer="json")
stream = app.dataframe(punches).apply(on_punch, stateful=True)
stream.sink(
    Sink(
        host=host,
        port=port,
        username=login["username"],
        password=login["password"],
        db=asked.database,
        collection=days_name,
        document_matcher=lambda item: {"_id": item.value["_id"]},
        update_method="ReplaceOne",
        value_selector=actual,  # type: ignore[arg-type]  # its alias of what JSON holds is narrower than a document
        directConnection=True,
        w="majority",
        journal=True,
    )
)

if __name__ == "__main__":
    if asked.expect:
        app.run(count=asked.expect)
    else:
        when_input_closes(app.stop)
        app.run()
    stamps.report()
