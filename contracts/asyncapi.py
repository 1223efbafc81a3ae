"""The AsyncAPI 3.0 document and the topic table, generated from the registry, the models and the examples.

Kafka bindings 0.5.0. One `send` operation per producer and topic, one `receive` per consumer and topic; a service's own
view is the operations that begin with its name. Headers are CloudEvents binary mode (contracts/envelope.py).
"""

from typing import Any

from contracts.base import EventData
from contracts.example import example
from contracts.published import components
from contracts.topics import TOPICS, Topic

VERSION = "3.0.0"
BINDING = "0.5.0"
DAY_MS = 86_400_000

Object = dict[str, Any]

_DESCRIPTION = """\
What the services of Kinerja say to one another. Records are CloudEvents 1.0 in Kafka binary mode: attributes are
headers, the value is the data as JSON. Delivery is at least once and ordered per key within a topic; `ce_id` is the
same for a record delivered twice. Changes to a type are additive, or the type gets a new version."""

_HEADERS: dict[str, tuple[str, str, bool]] = {
    "ce_type": ("Event type; written first, so that a record can be routed without reading the value", "", True),
    "ce_id": ("Identity of the fact: the same when it is published again", "", True),
    "ce_time": ("When it happened", "date-time", True),
    "ce_recordedtime": ("When the service knew of it", "date-time", True),
    "ce_source": ("The service, as /kinerja/<service>", "uri-reference", True),
    "ce_subject": ("The entity id, equal to the record's key", "", True),
    "ce_specversion": ("CloudEvents version", "", True),
    "content-type": ("Media type of the value", "", True),
    "traceparent": ("W3C trace context of this hop, when the trace is sampled", "", False),
}
_CONSTANTS = {"ce_specversion": "1.0", "content-type": "application/json"}


def document() -> Object:
    """The whole document."""
    return {
        "asyncapi": VERSION,
        "info": {"title": "Kinerja events", "version": "1.0.0", "description": _DESCRIPTION},
        "defaultContentType": "application/json",
        "servers": {
            "local": {
                "host": "127.0.0.1:9092",
                "protocol": "kafka",
                "description": "The broker that `make run` starts",
            }
        },
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "operations": dict(_operation(topic, *role) for topic in TOPICS for role in _roles(topic)),
        "components": {
            "messages": {event.TYPE: _message(topic, event) for topic in TOPICS for event in topic.events},
            "schemas": components(),
        },
    }


def _roles(topic: Topic) -> list[tuple[str, str]]:
    return [("send", service) for service in topic.producers] + [("receive", service) for service in topic.consumers]


def _channel(topic: Topic) -> Object:
    return {
        "address": topic.name,
        "description": f"Key: `{topic.key}`. {_kept(topic)} Personal data: {topic.personal_data}.",
        "messages": {event.TYPE: {"$ref": f"#/components/messages/{event.TYPE}"} for event in topic.events},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": _configuration(topic),
                "bindingVersion": BINDING,
            }
        },
        "x-personal-data": topic.personal_data,
    }


def _configuration(topic: Topic) -> Object:
    configuration: Object = {"cleanup.policy": [topic.cleanup]}
    if topic.cleanup == "delete":
        configuration["retention.ms"] = topic.retention_days * DAY_MS if topic.retention_days else -1
    return configuration


def _kept(topic: Topic) -> str:
    if topic.cleanup == "compact":
        return "Full state, the newest per key is kept."
    return f"Kept {topic.retention_days} days." if topic.retention_days else "Kept for ever."


def _operation(topic: Topic, action: str, service: str) -> tuple[str, Object]:
    channel = f"#/channels/{topic.name}"
    verb = "publishes to" if action == "send" else "reads"
    return f"{service}.{action}.{topic.name}", {
        "action": action,
        "channel": {"$ref": channel},
        "summary": f"{service} {verb} {topic.name}",
        "tags": [{"name": service}],
        "messages": [{"$ref": f"{channel}/messages/{event.TYPE}"} for event in topic.events],
    }


def _message(topic: Topic, event: type[EventData]) -> Object:
    shown = example(event.TYPE, "full")
    return {
        "name": event.TYPE,
        "title": event.__name__,
        "summary": summary(event),
        "contentType": "application/json",
        "headers": _headers(event),
        "payload": {"$ref": f"#/components/schemas/{event.__name__}"},
        "bindings": {
            "kafka": {"key": {"type": "string", "description": topic.key}, "bindingVersion": BINDING},
        },
        "examples": [{"name": shown.case, "headers": shown.headers, "payload": shown.data}],
    }


def _headers(event: type[EventData]) -> Object:
    constants = {**_CONSTANTS, "ce_type": event.TYPE}
    properties: Object = {}
    for name, (meaning, form, _) in _HEADERS.items():
        properties[name] = {"type": "string", "description": meaning}
        if form:
            properties[name]["format"] = form
        if name in constants:
            properties[name]["const"] = constants[name]
    required = [name for name, (_, _, must) in _HEADERS.items() if must]
    return {"type": "object", "required": required, "properties": properties}


def summary(event: type[EventData]) -> str:
    """The first sentence of a model's docstring."""
    return " ".join((event.__doc__ or "").split("\n\n")[0].split())


def topic_table() -> str:
    """docs/api/topics.md."""
    lines = [
        "# Topics",
        "",
        "Generated from `contracts/topics.py` by `python -m contracts generate`; do not edit. Machine-readable, with",
        "schemas and examples: [asyncapi.json](asyncapi.json).",
        "",
        "| topic | key | partitions | kept | producer | consumers | personal data |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| `{topic.name}` | `{topic.key}` | {topic.partitions} | {_kept(topic)} | {', '.join(topic.producers)} "
        f"| {', '.join(topic.consumers)} | {topic.personal_data} |"
        for topic in TOPICS
    ]
    lines += ["", "## Events", "", "| type | topic | says |", "|---|---|---|"]
    lines += [
        f"| [`{event.TYPE}`](../../contracts/schemas/{event.TYPE}.schema.json) | `{topic.name}` | {summary(event)} |"
        for topic in TOPICS
        for event in topic.events
    ]
    return "\n".join(lines) + "\n"
