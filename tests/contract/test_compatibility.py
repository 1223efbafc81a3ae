"""Which changes to a published type break somebody: samples of each, and the properties that hold for all."""

import json
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from contracts import __main__ as tools
from contracts import published
from contracts.compatibility import Change, Order, compare, compare_all
from contracts.published import _Plain, schemas

TYPE = "id.go.kinerja.attendance.punch.recorded.v1"


class Inner(BaseModel):
    kind: Literal["a", "b"]
    note: str = ""


class Before(BaseModel):
    """What was published."""

    id: str
    at: int
    kind: Literal["a", "b"]
    note: str = ""
    site: str | None = None
    inner: Inner
    many: tuple[Inner, ...] = ()
    limited: str = Field(default="x", max_length=5)


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(mode="serialization", schema_generator=_Plain)


def _changes(after: type[BaseModel], before: type[BaseModel] = Before) -> list[Change]:
    return compare("t", _schema(before), _schema(after))


def test_the_same_schema_is_no_change() -> None:
    assert _changes(Before) == []


def test_wording_is_no_change() -> None:
    class After(Before):
        """Said better."""

        id: str = Field(description="now described", examples=["x"])

    assert _changes(After) == []


class AddsOptional(Before):
    """An optional field more."""

    added: int | None = None


class WidensValues(Before):
    """One value more."""

    kind: Literal["a", "b", "c"]  # type: ignore[assignment]


class MayBeLonger(Before):
    """A bound less."""

    limited: str = Field(default="x", max_length=9)


@pytest.mark.parametrize(
    ("after", "path", "order"),
    [
        (AddsOptional, "/added", Order.ANY),
        (WidensValues, "/kind", Order.CONSUMERS_FIRST),
        (MayBeLonger, "/limited", Order.CONSUMERS_FIRST),
    ],
)
def test_what_may_be_done(after: type[BaseModel], path: str, order: Order) -> None:
    [change] = _changes(after)
    assert (change.path, change.order, change.breaking) == (path, order, False)


class Removes(BaseModel):
    """Without `note`."""

    id: str
    at: int
    kind: Literal["a", "b"]
    site: str | None = None
    inner: Inner
    many: tuple[Inner, ...] = ()
    limited: str = Field(default="x", max_length=5)


class Retypes(Before):
    """A number becomes text."""

    at: str  # type: ignore[assignment]


class Formats(Before):
    """Text of another form."""

    id: str = Field(json_schema_extra={"format": "uuid"})


class Requires(Before):
    """A new required field."""

    added: int


class BecomesRequired(Before):
    """An optional field becomes required."""

    note: str


class BecomesOptional(Before):
    """A promise is taken back."""

    at: int = 0


class Narrows(Before):
    """One value less."""

    kind: Literal["a"]


class MustBeShorter(Before):
    """A tighter bound."""

    limited: str = Field(default="x", max_length=3)


class MustMatch(Before):
    """A new pattern."""

    id: str = Field(pattern="^x")


class NeverNull(Before):
    """What could be absent is given another meaning."""

    site: str = ""


class OtherDefault(Before):
    """Absence means something else."""

    note: str = "none"


class OneBecomesMany(Before):
    """A single value becomes a list."""

    inner: tuple[Inner, ...]  # type: ignore[assignment]


class Unions(Before):
    """Another kind of value."""

    id: str | int  # type: ignore[assignment]


class Multiple(Before):
    """A keyword the comparison does not know."""

    at: int = Field(multiple_of=5)


@pytest.mark.parametrize(
    ("after", "path", "order"),
    [
        (Removes, "/note", Order.CONSUMERS_FIRST),
        (Retypes, "/at", Order.CONSUMERS_FIRST),
        (Formats, "/id", Order.CONSUMERS_FIRST),
        (Requires, "/added", Order.PRODUCERS_FIRST),
        (BecomesRequired, "/note", Order.PRODUCERS_FIRST),
        (BecomesOptional, "/at", Order.CONSUMERS_FIRST),
        (Narrows, "/kind", Order.PRODUCERS_FIRST),
        (MustBeShorter, "/limited", Order.PRODUCERS_FIRST),
        (MustMatch, "/id", Order.PRODUCERS_FIRST),
        (NeverNull, "/site", Order.PRODUCERS_FIRST),
        (OtherDefault, "/note", Order.CONSUMERS_FIRST),
        (OneBecomesMany, "/inner", Order.CONSUMERS_FIRST),
        (Unions, "/id", Order.CONSUMERS_FIRST),
        (Multiple, "/at", Order.CONSUMERS_FIRST),
    ],
)
def test_what_breaks_somebody(after: type[BaseModel], path: str, order: Order) -> None:
    breaks = [change for change in _changes(after) if change.breaking]
    assert (path, order) in {(change.path, change.order) for change in breaks}
    assert {change.path for change in breaks} == {path}


def test_a_renamed_field_is_one_removed_and_one_added() -> None:
    class Renames(Removes):
        remark: str = ""

    assert {(change.path, change.breaking) for change in _changes(Renames)} == {("/note", True), ("/remark", False)}


def test_a_break_deep_inside_is_found_with_its_place() -> None:
    class Inner(BaseModel):
        kind: Literal["a"]
        note: str = ""

    class After(Before):
        inner: Inner  # type: ignore[assignment]
        many: tuple[Inner, ...] = ()  # type: ignore[assignment]

    assert [change.path for change in _changes(After) if change.breaking] == ["/inner/kind", "/many[]/kind"]


def test_a_break_in_the_items_of_a_list_is_found() -> None:
    class Other(BaseModel):
        kind: int
        note: str = ""

    class After(Before):
        many: tuple[Other, ...] = ()  # type: ignore[assignment]

    assert [change.path for change in _changes(After) if change.breaking] == ["/many[]/kind"]


def test_a_model_of_another_name_and_the_same_shape_is_no_change() -> None:
    class Renamed(BaseModel):
        kind: Literal["a", "b"]
        note: str = ""

    class Optional(Before):
        maybe: Inner | None = None

    class After(Before):
        inner: Renamed  # type: ignore[assignment]
        maybe: Renamed | None = None

    assert _changes(After, Optional) == []


class Tree(BaseModel):
    """Contains itself."""

    model_config = ConfigDict(title="Tree")
    name: str
    children: tuple["Tree", ...] = ()


def test_a_model_that_contains_itself_is_compared() -> None:
    new = deepcopy(_schema(Tree))
    new["$defs"]["Tree"]["properties"]["name"]["type"] = "integer"
    assert {change.path for change in compare("t", _schema(Tree), new)} == {"/name"}


def test_a_removed_type_is_a_break_and_a_new_one_is_not() -> None:
    [gone] = compare_all({"t": {}}, {})
    [new] = compare_all({}, {"t": {}})
    assert (gone.breaking, new.breaking) == (True, False)


PUBLISHED = schemas()
published_fields = [(event, name) for event, schema in PUBLISHED.items() for name in schema["properties"]]


@settings(deadline=None)  # the machine may be busy
@given(where=st.sampled_from(published_fields))
def test_removing_any_published_field_is_a_break(where: tuple[str, str]) -> None:
    event_type, name = where
    new = deepcopy(PUBLISHED)
    del new[event_type]["properties"][name]
    assert [(change.path, change.breaking) for change in compare_all(PUBLISHED, new)] == [(f"/{name}", True)]


@settings(deadline=None)  # the machine may be busy
@given(where=st.sampled_from(published_fields), kind=st.sampled_from(["null", "boolean", "x"]))
def test_retyping_any_published_field_is_a_break(where: tuple[str, str], kind: str) -> None:
    event_type, name = where
    assume(PUBLISHED[event_type]["properties"][name].get("type") != kind)
    new = deepcopy(PUBLISHED)
    field = {"type": kind}
    if "default" in new[event_type]["properties"][name]:
        field["default"] = new[event_type]["properties"][name]["default"]
    new[event_type]["properties"][name] = field
    changes = compare_all(PUBLISHED, new)
    assert changes
    assert {change.path for change in changes if change.breaking} == {f"/{name}"}


@settings(deadline=None)  # the machine may be busy
@given(name=st.text("abcdefgh_", min_size=1).filter(lambda name: all(name != known for _, known in published_fields)))
def test_adding_an_optional_field_never_breaks(name: str) -> None:
    new = deepcopy(PUBLISHED)
    new[TYPE]["properties"][name] = {"type": "string", "default": ""}
    assert [(change.path, change.breaking) for change in compare_all(PUBLISHED, new)] == [(f"/{name}", False)]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository whose first commit holds the schemas of today."""
    monkeypatch.setattr(tools, "ROOT", tmp_path)
    monkeypatch.setattr(published, "FOLDER", tmp_path / "contracts" / "schemas")
    published.FOLDER.mkdir(parents=True)
    return tmp_path


def _commit(repository: Path, committed: dict[str, dict[str, Any]]) -> None:
    for event_type, schema in committed.items():
        (published.FOLDER / published.file_name(event_type)).write_text(json.dumps(schema))
    who = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "schemas"]):
        subprocess.run(["git", *arguments], cwd=repository, check=True)


def test_the_command_passes_what_is_additive(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    older = deepcopy(schemas())
    del older[TYPE]["properties"]["flags"]
    _commit(repository, older)
    assert tools.main(["compatibility", "--base", "HEAD"]) == 0
    assert "/flags: optional field added (any order)" in capsys.readouterr().out


def test_the_command_fails_on_a_break_and_says_the_order(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    older = deepcopy(schemas())
    older[TYPE]["properties"]["direction"]["enum"].append("sideways")
    _commit(repository, older)
    assert tools.main(["compatibility", "--base", "HEAD"]) == 1
    said = capsys.readouterr().out
    assert "BREAK" in said
    assert "'sideways' is no longer allowed" in said
    assert Order.PRODUCERS_FIRST in said


def test_the_command_says_when_the_revision_is_unknown(repository: Path) -> None:
    _commit(repository, schemas())
    with pytest.raises(SystemExit, match="no-such-revision"):
        tools.main(["compatibility", "--base", "no-such-revision"])
