"""The registry of topics is consistent with itself, with the services, and with what may be said about people."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts import topics
from contracts.base import NAMESPACE
from contracts.example import examples
from contracts.published import schema_of
from contracts.topics import BY_NAME, BY_TYPE, MODELS, PARTITIONS, TOPICS, Topic

SERVICES = Path(__file__).parents[2] / "services"
KNOWN_SERVICES = {"directory", "attendance", "appraisal", "feedback", "learning", "reporting"}
TYPE = re.compile(rf"{re.escape(NAMESPACE)}\.(?P<service>[a-z]+)\.(?P<subject>[a-z]+)\.(?P<done>[a-z]+)\.v[1-9]\d*")

every_topic = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
every_type = pytest.mark.parametrize("event_type", MODELS)


def test_every_type_is_on_exactly_one_topic() -> None:
    carried = [event.TYPE for topic in TOPICS for event in topic.events]
    assert len(carried) == len(set(carried)) == len(MODELS) == len(BY_TYPE)


def test_topic_names_are_unique() -> None:
    assert len(BY_NAME) == len(TOPICS)


@every_type
def test_a_type_is_named_by_the_rule(event_type: str) -> None:
    match = TYPE.fullmatch(event_type)
    assert match, f"{event_type}: expected {NAMESPACE}.<service>.<subject>.<past participle>.v<N>"
    assert match["done"].endswith("ed"), "a fact is a past participle"
    assert BY_TYPE[event_type].name.startswith(match["service"] + ".")


@every_topic
def test_employee_scoped_topics_share_the_number_of_partitions(topic: Topic) -> None:
    # Partition p of every such topic then holds the same people (DESIGN section 4). What a view joins with them has as
    # many; small reference topics have one. A slot is a key that lands on one partition: there is one for each.
    joined = {"employee_id", "service_id", "slot"}
    assert topic.partitions == (PARTITIONS if topic.key in joined else 1)


@every_topic
def test_the_key_is_a_required_text_field_of_every_event(topic: Topic) -> None:
    for event in topic.events:
        field = event.model_fields[topic.key]
        assert field.is_required()
        assert field.annotation is str


@every_topic
def test_producers_and_consumers_are_services(topic: Topic) -> None:
    assert topic.producers
    assert topic.consumers
    assert {*topic.producers, *topic.consumers} <= KNOWN_SERVICES
    # Attendance assesses days from what it has recorded itself (DESIGN section 1); nobody else reads their own.
    assert set(topic.producers) & set(topic.consumers) <= {"attendance"}


@every_topic
def test_what_is_compacted_is_kept_for_ever_and_what_is_deleted_outlives_two_years(topic: Topic) -> None:
    if topic.cleanup == "compact":
        assert topic.retention_days == 0
    else:
        assert topic.retention_days == 0 or topic.retention_days >= 731, "a view must be rebuildable over two years"


@every_topic
def test_who_imports_a_topic_is_its_producer_or_consumer(topic: Topic) -> None:
    allowed = {*topic.producers, *topic.consumers}
    assert set(_importers(topic)) <= allowed, f"add the service to {topic.name} in contracts/topics.py"


def _importers(topic: Topic) -> Iterator[str]:
    names = {name for name, value in vars(topics).items() if value is topic}
    for path in SERVICES.glob("*/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            imported = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
            if imported & names:
                yield path.relative_to(SERVICES).parts[0]


# Personal data (UU 27/2022; DESIGN section 4): fields that say who somebody is or exactly where somebody was.
ALWAYS_PERSONAL = {
    "nip", "nik", "number", "numbers", "sex", "birth_date", "birth_place", "phone", "email", "address", "photo",
    "template", "fingerprint", "lat", "lon", "lng", "coordinates", "accuracy", "post_title",
    "employee_name", "person", "pin",
}  # fmt: skip
# A site or a terminal may have a name and a place; something that is about an employee may not.
PERSONAL_BESIDE_AN_EMPLOYEE = {"name", "full_name", "short_name", "latitude", "longitude"}
ABOUT_AN_EMPLOYEE = {"employee_id", "superior_id"}


def _declared(topic: Topic) -> str:
    return re.split(r"[:,]", topic.personal_data)[0]


@every_topic
def test_a_topic_without_personal_data_has_no_personal_field(topic: Topic) -> None:
    fields = {name for event in topic.events for name in _field_names(schema_of(event))}
    if _declared(topic) == "none":
        assert not fields & (ALWAYS_PERSONAL | ABOUT_AN_EMPLOYEE)
    elif _declared(topic) == "pseudonymous":
        assert not fields & (ALWAYS_PERSONAL | PERSONAL_BESIDE_AN_EMPLOYEE)
    else:
        assert topic.name.startswith("directory."), "personal data lives on directory topics only"


@every_topic
def test_no_example_outside_the_directory_holds_a_nip(topic: Topic) -> None:
    if _declared(topic) in ("none", "pseudonymous"):
        for shown in examples(topic.name):
            assert not re.search(rb"(?<!\d)\d{18}(?!\d)", shown.value), f"{shown.type}.{shown.case}"


def test_the_rule_about_personal_fields_finds_a_nested_one() -> None:
    nested = {"properties": {"a": {"$ref": "#/$defs/B"}}, "$defs": {"B": {"properties": {"nip": {"type": "string"}}}}}
    assert "nip" in set(_field_names(nested))


def _field_names(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for value in schema.values():
            yield from _field_names(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _field_names(item)
