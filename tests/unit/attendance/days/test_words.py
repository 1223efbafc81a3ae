"""Every step of an explanation has words on the screen, in both languages: the codes are read where they are made."""

import ast
import json
from pathlib import Path
from typing import get_args

import pytest

from contracts.events.days import DayStatus
from services.attendance.days import explaining, rules
from services.attendance.schedules.plans import PlanKind, WhyCode

TEXTS = Path(__file__).parents[4] / "web" / "src" / "i18n"

# What stands for `code` where a step is made, as it is written there, and every code that it can be.
CODES = {
    "f'plan.{why.code}'": {f"plan_{code}" for code in get_args(WhyCode)},
    "f'plan.{plan.kind}'": {f"planned_{kind}" for kind in get_args(PlanKind)},
    "f'shift.{found.status}'": {"shift_pending", "shift_on_call"},
    "code": {"late", "late_missing_scan", "early", "early_missing_scan"},
    "f'day.{status}'": {f"day_{status}" for status in get_args(DayStatus)},
}


def made() -> set[str]:
    """The keys of all steps that are made anywhere; a way of making them that is not known here fails."""
    found: set[str] = set()
    for module in (explaining, rules):
        assert module.__file__
        for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Step"):
                continue
            (code,) = (one.value for one in node.keywords if one.arg == "code")
            if isinstance(code, ast.Constant):
                found.add(str(code.value).replace(".", "_"))
            else:
                found |= CODES[ast.unparse(code)]
    return found


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_step_has_words(language: str) -> None:
    files = [json.loads(file.read_text()) for file in TEXTS.glob(f"{language}*.json")]
    (words,) = (texts["step"] for texts in files if "step" in texts)
    assert set(words) == made()
    assert all(text.strip() for text in words.values())
