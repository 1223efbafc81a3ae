"""Every example is a real record: it parses, comes back the same, and says who it is about."""

import json
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from contracts.base import EventData
from contracts.envelope import event_type, parse
from contracts.example import Example, example, examples
from contracts.topics import BY_NAME, BY_TYPE, MODELS

ALL = list(examples())
every_example = pytest.mark.parametrize("shown", ALL, ids=lambda shown: f"{shown.type}.{shown.case}")


@every_example
def test_an_example_is_read_by_its_model(shown: Example) -> None:
    assert shown.type in MODELS, f"the file name says {shown.type}, which no topic carries"
    MODELS[shown.type].model_validate_json(shown.value)


@every_example
def test_what_is_written_again_is_read_the_same(shown: Example) -> None:
    model = MODELS[shown.type]
    once = model.model_validate_json(shown.value)
    assert model.model_validate_json(once.to_json()) == once


@every_example
def test_an_example_says_what_a_program_of_ours_would_write(shown: Example) -> None:
    written = json.loads(MODELS[shown.type].model_validate_json(shown.value).to_json())
    assert {name: written[name] for name in shown.data} == shown.data
    assert shown.case == "minimal" or written == shown.data


@every_example
def test_the_headers_are_a_cloud_event_of_that_type_on_that_topic(shown: Example) -> None:
    envelope = parse(shown.kafka_headers)
    assert envelope.type == shown.type == event_type(shown.kafka_headers)
    assert BY_TYPE[shown.type] is BY_NAME[shown.topic]
    assert envelope.source.removeprefix("/kinerja/") in BY_NAME[shown.topic].producers
    assert envelope.recorded >= envelope.time, "nothing is known before it happened"
    assert list(shown.headers)[0] == "ce_type", "ce_type is written first (contracts/envelope.py)"


@every_example
def test_the_key_is_the_entity_the_record_is_about(shown: Example) -> None:
    assert shown.data[BY_NAME[shown.topic].key] == shown.headers["ce_subject"]


@every_example
def test_a_reader_of_today_ignores_a_field_of_tomorrow(shown: Example) -> None:
    later = json.dumps({**shown.data, "added_later": {"a": [1]}}).encode()
    assert MODELS[shown.type].model_validate_json(later) == MODELS[shown.type].model_validate_json(shown.value)


@pytest.mark.parametrize("event_type", MODELS)
def test_the_minimal_example_has_nothing_but_what_must_be_there(event_type: str) -> None:
    required = {name for name, field in MODELS[event_type].model_fields.items() if field.is_required()}
    assert example(event_type, "minimal").data.keys() == required


@pytest.mark.parametrize("event_type", MODELS)
def test_the_full_example_shows_every_field_at_every_depth(event_type: str) -> None:
    assert not set(_missing(MODELS[event_type], [example(event_type, "full").data], ""))


def _missing(model: type[BaseModel], shown: list[dict[str, Any]], path: str) -> list[str]:
    """Fields that none of the objects at this place shows."""
    lacking: list[str] = []
    for name, field in model.model_fields.items():
        values = [one[name] for one in shown if name in one]
        if not values:
            lacking.append(f"{path}/{name}")
        for inner in _models_in(field.annotation):
            items = [item for value in values for item in (value if isinstance(value, list) else [value])]
            lacking.extend(_missing(inner, items, f"{path}/{name}"))
    return lacking


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models_in(argument)]


def test_an_example_that_is_not_there_is_named() -> None:
    with pytest.raises(LookupError, match="no_such_case"):
        example(next(iter(MODELS)), "no_such_case")


def test_no_example_id_is_used_twice() -> None:
    ids = [shown.headers["ce_id"] for shown in ALL]
    assert len(ids) == len(set(ids))


def test_every_event_model_is_frozen() -> None:
    for model in MODELS.values():
        assert issubclass(model, EventData)
        assert model.model_config["frozen"]
