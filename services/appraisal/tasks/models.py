"""What is sent and answered about the catalogue of tasks."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kit.text import Reference, Title


class NewTask(BaseModel):
    """A task of one unit, or of every unit. `valid_to` is the last day it can be chosen for."""

    model_config = ConfigDict(extra="forbid")

    name: Title
    unit_id: Reference | None = Field(default=None, description="absent: of the whole agency")
    valid_from: date
    valid_to: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("hari terakhir tidak boleh sebelum hari pertama")
        return self


class ClosedTask(BaseModel):
    """The end of a task: what was recorded for it stays as it is."""

    model_config = ConfigDict(extra="forbid")

    valid_to: date


class TaskRecord(NewTask):
    """A task as it is kept."""

    id: str


class TaskList(BaseModel):
    """By name."""

    items: list[TaskRecord]
