"""Record bytes to validated data, poison apart.

Record by record through pydantic's own validator: joining a run into one JSON array is 10 % slower, and records that
are no JSON by themselves could make one together (`{"a":[1` and `2]}`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from pydantic import TypeAdapter, ValidationError

from contracts.envelope import event_type
from kit import metrics


@dataclass(slots=True)
class Decoded:
    """Three aligned lists in record order, and the records that are poison with the reason."""

    kinds: list[str] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    records: list[Any] = field(default_factory=list)
    poison: list[tuple[Any, str]] = field(default_factory=list)

    def keep(self, kind: str, events: Sequence[Any], records: Sequence[Any]) -> None:
        """Append a run."""
        self.kinds.extend([kind] * len(events))
        self.events.extend(events)
        self.records.extend(records)


class Decoder:
    """Knows the shapes of one projection's inputs."""

    def __init__(self, inputs: Mapping[str, Any]) -> None:
        self._validate = {kind: TypeAdapter(shape).validator.validate_json for kind, shape in inputs.items()}

    def decode(self, records: Sequence[Any]) -> Decoded:
        """What can be folded, and what cannot.

        A type the projection does not know is skipped and counted: it may be newer than this program.
        """
        out = Decoded()
        for first, run in groupby(records, _first_header):
            same = list(run)
            kind = event_type(same[0].headers) if first else ""
            if kind in self._validate:
                self._run(kind, same, out)
            elif kind:
                metrics.PROJECTOR_SKIPPED_RECORDS.labels(reason="type").inc(len(same))
            else:
                out.poison.extend((record, "header ce_type is missing") for record in same)
        return out

    def _run(self, kind: str, run: list[Any], out: Decoded) -> None:
        validate = self._validate[kind]
        try:
            out.keep(kind, [validate(record.value) for record in run], run)
            return
        except (ValidationError, TypeError):  # TypeError: a record without a value
            pass
        for record in run:
            if record.value is None:
                metrics.PROJECTOR_SKIPPED_RECORDS.labels(reason="tombstone").inc()
                continue
            try:
                out.keep(kind, [validate(record.value)], [record])
            except ValidationError as error:
                out.poison.append((record, _reasons(error)))


def _first_header(record: Any) -> tuple[str, bytes] | None:
    """Runs are told apart by the first header: our writers put `ce_type` there; others are looked up in `decode`."""
    headers = record.headers
    if not headers:
        return None
    first: tuple[str, bytes] = headers[0]
    return first if first[0] == "ce_type" else ("ce_type", event_type(headers).encode())


def _reasons(error: ValidationError) -> str:
    """What is wrong, without the input: it may be personal."""
    return "; ".join(
        f"{'/'.join(str(part) for part in item['loc']) or 'value'}: {item['msg']}"
        for item in error.errors(include_url=False, include_input=False, include_context=False)
    )
