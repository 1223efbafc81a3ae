"""What the appraisal service says. Texts, results and evidence stay there; only counts and minutes are published."""

from datetime import date
from typing import ClassVar

from pydantic import AwareDatetime

from contracts.base import EventData


class WorkdayTallied(EventData):
    """What one employee's daily activities of a local day come to, in full: the highest `version` counts.

    `minutes` is what is claimed by entries that are neither withdrawn nor rejected; `validated_minutes` what a superior
    has validated of it; `effective_minutes` that, up to the daily cap of `rule`. `month_norm_minutes` is the norm of
    the day's month by the same rule. `entries` = `waiting` + `validated` + `returned` + `rejected`; withdrawn ones
    count nowhere. `copied` of those that take up time say nearly what another of the same employee said within a month.
    """

    TYPE: ClassVar[str] = "id.go.kinerja.appraisal.workday.tallied.v1"

    employee_id: str
    local_date: date
    version: int
    entries: int
    waiting: int
    validated: int
    returned: int
    rejected: int
    minutes: int
    validated_minutes: int
    effective_minutes: int
    copied: int = 0
    month_norm_minutes: int
    rule: str
    tallied_at: AwareDatetime


class ValidationTallied(EventData):
    """What one superior did about daily activities on a local day, in full: the highest `version` counts.

    `decided` entries, of these `late` after the day by which they were to be; `became_overdue` is how many passed that
    day without a decision, so that the local day is the one after it. Whoever was the superior on that day. `burst` is
    the most that were decided within one minute of the clock.
    """

    TYPE: ClassVar[str] = "id.go.kinerja.appraisal.validation.tallied.v1"

    employee_id: str
    local_date: date
    version: int
    decided: int
    late: int
    became_overdue: int
    burst: int = 0
    tallied_at: AwareDatetime
