"""JSON merge patch (RFC 7396). Pure."""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue


def merge_patch(target: Mapping[str, Any], patch: Mapping[str, JsonValue]) -> dict[str, Any]:
    """`target` with `patch` laid over it: null removes, an object merges, anything else (lists too) replaces."""
    merged = dict(target)
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict):
            below = merged.get(name)
            merged[name] = merge_patch(below if isinstance(below, dict) else {}, value)
        else:
            merged[name] = value
    return merged
