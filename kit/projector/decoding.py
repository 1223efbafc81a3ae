"""Record bytes to models: a whole batch in one call of the validator, one by one only to find the poison."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from contracts.base import EventData
from contracts.envelope import event_type
from kit import metrics
from kit.projector.projection import Event


class Decoder:
    """Knows the models of one projection."""

    def __init__(self, models: Iterable[type[EventData]]) -> None:
        self._single = {model.TYPE: TypeAdapter(model) for model in models}
        self._many = {model.TYPE: TypeAdapter(list[model]) for model in models}  # type: ignore[valid-type]

    def decode(self, records: Sequence[Any]) -> tuple[list[Event], list[tuple[Any, str]]]:
        """Events in record order, and the records that are poison with the reason.

        A type the projection does not know is skipped and counted: it may be newer than this program.
        """
        runs: list[tuple[str, list[Any]]] = []
        for record in records:
            kind = event_type(record.headers)
            if runs and runs[-1][0] == kind:
                runs[-1][1].append(record)
            else:
                runs.append((kind, [record]))
        events: list[Event] = []
        poison: list[tuple[Any, str]] = []
        for kind, run in runs:
            if kind in self._single:
                self._run(kind, run, events, poison)
            elif kind:
                metrics.PROJECTOR_SKIPPED_RECORDS.labels(reason="type").inc(len(run))
            else:
                poison.extend((record, "header ce_type is missing") for record in run)
        return events, poison

    def _run(self, kind: str, run: list[Any], events: list[Event], poison: list[tuple[Any, str]]) -> None:
        try:
            models = self._many[kind].validate_json(b"[" + b",".join([record.value for record in run]) + b"]")
        except (ValidationError, TypeError):  # TypeError: a record without a value
            models = []
        if len(models) == len(run):
            events.extend(map(Event, models, run))
            return
        for record in run:
            if record.value is None:
                metrics.PROJECTOR_SKIPPED_RECORDS.labels(reason="tombstone").inc()
                continue
            try:
                events.append(Event(self._single[kind].validate_json(record.value), record))
            except ValidationError as error:
                poison.append((record, _reasons(error)))


def _reasons(error: ValidationError) -> str:
    """What is wrong, without the input: it may be personal."""
    return "; ".join(
        f"{'/'.join(str(part) for part in item['loc']) or 'value'}: {item['msg']}"
        for item in error.errors(include_url=False, include_input=False, include_context=False)
    )
