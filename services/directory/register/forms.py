"""Errors of form in Indonesian. The kit words pydantic's errors for models; dataclasses name some of them otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kit.problems import FieldError, field_errors

AS_FOR_MODELS = {
    "unexpected_keyword_argument": "extra_forbidden",
    "dataclass_type": "model_attributes_type",
    "string_unicode": "string_type",
}


def form_errors(found: Iterable[Mapping[str, Any]], root: Sequence[str] = ()) -> list[FieldError]:
    """Pydantic's errors as fields of the request; `root` is put before every pointer."""
    return field_errors(({**one, "type": AS_FOR_MODELS.get(one["type"], one["type"])} for one in found), root)
