"""What is generated is committed, complete and refers to nothing that is not there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts import __main__ as tools
from contracts import asyncapi, published
from contracts.topics import MODELS, TOPICS


def test_committed_files_are_what_the_contracts_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert tools.main(["check"]) == 0, capsys.readouterr().out


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tools work on a folder of the test's own."""
    monkeypatch.setattr(tools, "ROOT", tmp_path)
    monkeypatch.setattr(tools, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(published, "FOLDER", tmp_path / "schemas")
    return tmp_path


def test_check_names_what_is_missing_stale_and_left_over(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tools.main(["check"]) == 1
    assert "docs/asyncapi.json" in capsys.readouterr().out
    assert tools.main(["generate"]) == 0
    assert tools.main(["check"]) == 0

    (elsewhere / "docs" / "topics.md").write_text("edited by hand")
    left_over = elsewhere / "schemas" / "id.go.kinerja.attendance.punch.recorded.v0.schema.json"
    left_over.write_text("{}")
    assert tools.main(["check"]) == 1
    said = capsys.readouterr().out
    assert "topics.md" in said
    assert left_over.name in said
    assert "asyncapi" not in said

    tools.main(["generate"])
    assert not left_over.exists()
    assert tools.main(["check"]) == 0


def test_every_reference_in_the_asyncapi_document_leads_somewhere() -> None:
    document = json.loads(published.render(asyncapi.document()))
    references = list(_references(document))
    assert references
    for reference in references:
        at: Any = document
        for part in reference.removeprefix("#/").split("/"):
            assert part in at, f"{reference} leads nowhere"
            at = at[part]


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)


def test_every_producer_sends_and_every_consumer_receives() -> None:
    operations = asyncapi.document()["operations"]
    expected = {f"{service}.send.{topic.name}" for topic in TOPICS for service in topic.producers}
    expected |= {f"{service}.receive.{topic.name}" for topic in TOPICS for service in topic.consumers}
    assert operations.keys() == expected
    assert all(operation["action"] == name.split(".")[1] for name, operation in operations.items())


def test_channels_carry_the_settings_topics_are_created_with() -> None:
    channels = asyncapi.document()["channels"]
    for topic in TOPICS:
        binding = channels[topic.name]["bindings"]["kafka"]
        assert binding["partitions"] == topic.partitions
        assert binding["topicConfiguration"]["cleanup.policy"] == [topic.cleanup]
        retention = binding["topicConfiguration"].get("retention.ms")
        assert retention == (None if topic.cleanup == "compact" else topic.retention_days * 24 * 3600 * 1000)


@pytest.mark.parametrize("event_type", MODELS)
def test_a_message_documents_the_headers_its_example_has(event_type: str) -> None:
    message = asyncapi.document()["components"]["messages"][event_type]
    headers, [shown] = message["headers"], message["examples"]
    assert set(headers["required"]) <= shown["headers"].keys() <= headers["properties"].keys()
    for name, rule in headers["properties"].items():
        if "const" in rule:
            assert shown["headers"][name] == rule["const"]


@pytest.mark.parametrize("event_type", MODELS)
def test_every_model_and_field_set_is_described(event_type: str) -> None:
    definition = published.schema_of(MODELS[event_type])
    assert definition["description"].strip()
    assert "TYPE" not in definition["properties"]


def test_a_schema_names_no_field_twice() -> None:
    # Titles that repeat field names are left out, so that a renamed field shows as exactly one change.
    schema = published.schema_of(MODELS["id.go.kinerja.attendance.punch.recorded.v1"])
    assert all("title" not in field for field in schema["properties"].values())
