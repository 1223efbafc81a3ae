"""Documents generated from the code: committed as generated, and refusing what they cannot read."""

from pathlib import Path

import pytest

from kit import catalogue
from kit.metrics import CATALOGUE
from kit.problems import BY_STATUS


def test_committed_documents_are_what_the_code_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogue.main(["check"]) == 0, capsys.readouterr().out


def test_every_metric_is_documented() -> None:
    text = catalogue.telemetry()
    for one in CATALOGUE:
        assert f"| `{one.name}` | {one.kind} | {one.unit} |" in text


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    monkeypatch.setattr(catalogue, "DOCS", tmp_path / "docs")
    (tmp_path / "services").mkdir()
    return tmp_path


def test_stale_documents_are_named_and_mended(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogue.main(["check"]) == 1
    assert "docs/problems.md is stale" in capsys.readouterr().out
    assert catalogue.main(["generate"]) == 0
    assert catalogue.main(["check"]) == 0
    (elsewhere / "docs" / "telemetry.md").write_text("edited by hand")
    assert catalogue.main(["check"]) == 1
    said = capsys.readouterr().out
    assert "telemetry.md" in said
    assert "problems.md" not in said


def test_an_unknown_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogue.main(["make"]) == 2
    assert "generate|check" in capsys.readouterr().out


def test_problems_are_found_however_they_are_called(elsewhere: Path) -> None:
    (elsewhere / "services" / "routes.py").write_text(
        'raise Problem(404, "unit-unknown", "Unit tidak dikenal", f"{x}")\n'
        'raise Problem(404, "thing-unknown", f"{label} tidak dikenal", "x")\n'
        'raise problems.Problem(status=409, slug="unit-cycle", title="Lingkaran", detail="x")\n'
    )
    found = {(one.slug, one.status, one.title, one.where) for one in catalogue.raised(elsewhere)}
    assert ("unit-unknown", 404, "Unit tidak dikenal", "services/routes.py") in found
    assert ("thing-unknown", 404, "… tidak dikenal", "services/routes.py") in found
    assert ("unit-cycle", 409, "Lingkaran", "services/routes.py") in found
    assert {slug for slug, *_ in BY_STATUS.values()} <= {slug for slug, *_ in found}


@pytest.mark.parametrize(
    "call", ['Problem(404, slug, "x", "y")', 'Problem(status, "a", "x", "y")', 'Problem(404, f"a-{x}", "x", "y")']
)
def test_a_problem_that_cannot_be_read_is_named_with_its_place(elsewhere: Path, call: str) -> None:
    (elsewhere / "services" / "routes.py").write_text(f"\nraise {call}\n")
    with pytest.raises(catalogue.NotLiteral, match=r"services/routes.py:2: write status, slug and title"):
        catalogue.raised(elsewhere)


def test_a_slug_has_one_meaning() -> None:
    titles: dict[str, set[tuple[int, str]]] = {}
    for one in catalogue.raised(catalogue.ROOT):
        titles.setdefault(one.slug, set()).add((one.status, one.title))
    assert {slug: said for slug, said in titles.items() if len(said) > 1} == {}
