"""May this schema follow that one? Pure comparison of two JSON Schemas of one published type.

Events are kept for years and programs of two ages run side by side, so three readers must be served: today's reader of
yesterday's events, yesterday's reader of today's events, and the record as it was stored. Optional fields and new types
may come at any time. What takes something away, or asks for more, is a break: publish a new version (`…v2`) beside the
old one instead. Each change says in which order programs would have to be rolled out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Schema = Mapping[str, Any]


class Order(StrEnum):
    """Who must be running the new program before the other side may."""

    ANY = "any order"
    CONSUMERS_FIRST = "consumers first, then producers"
    PRODUCERS_FIRST = "producers first, then consumers"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `path` is the place in the value, `/` between fields and `[]` for the items of a list."""

    event_type: str
    path: str
    what: str
    order: Order
    breaking: bool

    def __str__(self) -> str:
        mark = "BREAK" if self.breaking else "ok"
        return f"{mark:5} {self.event_type} {self.path or '/'}: {self.what} ({self.order})"


def compare_all(old: Mapping[str, Schema], new: Mapping[str, Schema]) -> list[Change]:
    """Every difference between two sets of published types, by type."""
    changes: list[Change] = []
    for event_type in sorted(old.keys() | new.keys()):
        if event_type not in old:
            changes.append(Change(event_type, "", "new type", Order.CONSUMERS_FIRST, breaking=False))
        elif event_type not in new:
            changes.append(Change(event_type, "", "type removed", Order.CONSUMERS_FIRST, breaking=True))
        else:
            changes.extend(compare(event_type, old[event_type], new[event_type]))
    return changes


def compare(event_type: str, old: Schema, new: Schema) -> list[Change]:
    """Every difference between two schemas of one type. Wording (titles, descriptions, examples) is none."""
    return [
        Change(event_type, path, what, order, breaking)
        for path, what, order, breaking in _Comparison(old, new).between(old, new, "")
    ]


_Found = tuple[str, str, Order, bool]

_WORDING = {"title", "description", "examples", "$schema", "$id", "$defs", "deprecated"}
_COMPARED = {"type", "format", "enum", "const", "pattern", "properties", "required", "default", "anyOf", "$ref"}
_COMPARED |= {"items", "additionalProperties"}

# Raising these asks for more, lowering asks for less; with the others it is the other way round.
_AT_LEAST = ("minLength", "minItems", "minimum", "exclusiveMinimum")
_AT_MOST = ("maxLength", "maxItems", "maximum", "exclusiveMaximum")


class _Comparison:
    """Walks both documents side by side; knows what it is inside of, because a model may contain itself."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self._old_definitions = old.get("$defs", {})
        self._new_definitions = new.get("$defs", {})
        self._inside: set[tuple[str, str]] = set()

    def between(self, old: Schema, new: Schema, path: str) -> Iterator[_Found]:
        pair = (old.get("$ref", ""), new.get("$ref", ""))
        if pair in self._inside:
            return
        if all(pair):
            self._inside.add(pair)
        yield from self._resolved(_resolved(old, self._old_definitions), _resolved(new, self._new_definitions), path)
        self._inside.discard(pair)

    def _resolved(self, old: Schema, new: Schema, path: str) -> Iterator[_Found]:
        if "anyOf" in old or "anyOf" in new:
            yield from self._alternatives(old, new, path)
            return
        if _kind(old) != _kind(new):
            yield path, f"was {_kind(old)}, is {_kind(new)}", Order.CONSUMERS_FIRST, True
            return
        yield from _values(old, new, path)
        yield from _bounds(old, new, path)
        yield from _anything_else(old, new, path)
        yield from self._fields(old, new, path)
        for one in ("items", "additionalProperties"):
            if isinstance(old.get(one), Mapping) and isinstance(new.get(one), Mapping):
                yield from self.between(old[one], new[one], f"{path}[]")
            elif old.get(one) != new.get(one):
                yield f"{path}[]", f"{one} was {old.get(one)}, is {new.get(one)}", Order.CONSUMERS_FIRST, True

    def _fields(self, old: Schema, new: Schema, path: str) -> Iterator[_Found]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name in sorted(before.keys() - after.keys()):
            yield f"{path}/{name}", "field removed (or renamed)", Order.CONSUMERS_FIRST, True
        required_before, required_after = set(old.get("required", ())), set(new.get("required", ()))
        for name in sorted(after.keys() - before.keys()):
            if name in required_after:
                yield f"{path}/{name}", "required field added: stored events lack it", Order.PRODUCERS_FIRST, True
            else:
                yield f"{path}/{name}", "optional field added", Order.ANY, False
        for name in sorted(before.keys() & after.keys()):
            where = f"{path}/{name}"
            if name in required_after - required_before:
                yield where, "became required: stored events may lack it", Order.PRODUCERS_FIRST, True
            if name in required_before - required_after:
                yield where, "is no longer always there", Order.CONSUMERS_FIRST, True
            if name not in required_before | required_after and before[name].get("default") != after[name].get(
                "default"
            ):
                yield where, "its absence means something else now", Order.CONSUMERS_FIRST, True
            yield from self.between(before[name], after[name], where)

    def _alternatives(self, old: Schema, new: Schema, path: str) -> Iterator[_Found]:
        before, after = _branches(old, self._old_definitions), _branches(new, self._new_definitions)
        for name in sorted(before.keys() - after.keys()):
            yield path, f"may no longer be {name}", Order.PRODUCERS_FIRST, True
        for name in sorted(after.keys() - before.keys()):
            # Absent and null are one to our readers and are never written (contracts/base.py).
            yield path, f"may now also be {name}", Order.CONSUMERS_FIRST, name != "null"
        for name in sorted(before.keys() & after.keys()):
            yield from self.between(before[name], after[name], path)


def _resolved(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    reference = schema.get("$ref")
    return definitions[reference.rpartition("/")[2]] if isinstance(reference, str) else schema


def _branches(schema: Schema, definitions: Mapping[str, Schema]) -> dict[str, Schema]:
    """Alternatives by kind; several models side by side by their name."""
    branches: list[Schema] = schema.get("anyOf", [schema])
    kinds = [_kind(_resolved(branch, definitions)) for branch in branches]
    return {
        branch["$ref"].rpartition("/")[2] if kinds.count(kind) > 1 and "$ref" in branch else kind: branch
        for branch, kind in zip(branches, kinds, strict=True)
    }


def _kind(schema: Schema) -> str:
    """What a value is, apart from its bounds: `string`, `string date-time`, `array`, `object` …"""
    kind = str(schema.get("type", "anything"))
    if "type" not in schema and ("enum" in schema or "const" in schema):
        kind = "string"
    form = schema.get("format")
    return f"{kind} {form}" if form else kind


def _values(old: Schema, new: Schema, path: str) -> Iterator[_Found]:
    before, after = _allowed(old), _allowed(new)
    if before is None and after is None:
        return
    if before is None or after is None:
        widened = after is None
        what = "any value is allowed now" if widened else "only listed values are allowed now"
        yield path, what, Order.CONSUMERS_FIRST if widened else Order.PRODUCERS_FIRST, not widened
        return
    for value in sorted(before - after):
        yield path, f"{value} is no longer allowed: stored events may say it", Order.PRODUCERS_FIRST, True
    for value in sorted(after - before):
        yield path, f"{value} is a new value", Order.CONSUMERS_FIRST, False


def _allowed(schema: Schema) -> set[str] | None:
    if "const" in schema:
        return {repr(schema["const"])}
    return {repr(value) for value in schema["enum"]} if "enum" in schema else None


def _bounds(old: Schema, new: Schema, path: str) -> Iterator[_Found]:
    for bound in (*_AT_LEAST, *_AT_MOST):
        before, after = old.get(bound), new.get(bound)
        if before == after:
            continue
        grew = after is not None and (before is None or (after > before) == (bound in _AT_LEAST))
        order = Order.PRODUCERS_FIRST if grew else Order.CONSUMERS_FIRST
        yield path, f"{bound} was {before}, is {after}", order, grew
    if old.get("pattern") != new.get("pattern"):
        yield path, f"pattern was {old.get('pattern')}, is {new.get('pattern')}", Order.PRODUCERS_FIRST, True


def _anything_else(old: Schema, new: Schema, path: str) -> Iterator[_Found]:
    """A keyword this comparison does not understand must not change unnoticed."""
    for keyword in sorted((old.keys() | new.keys()) - _WORDING - _COMPARED - {*_AT_LEAST, *_AT_MOST}):
        if old.get(keyword) != new.get(keyword):
            yield path, f"{keyword} was {old.get(keyword)}, is {new.get(keyword)}", Order.CONSUMERS_FIRST, True
