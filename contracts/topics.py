"""The one registry of topics: who says what, to whom, keyed how, kept how long.

Topics are created from it and AsyncAPI is generated from it. Employee-scoped topics share `PARTITIONS`, so that
partition p of each holds the same people and one worker owns them (DESIGN section 4).
"""

from dataclasses import dataclass
from typing import Literal

from contracts.base import EventData
from contracts.events.access import PersonViewed
from contracts.events.appraisal import ValidationTallied, WorkdayTallied
from contracts.events.attendance import DeviceChanged, PunchRecorded, PunchReviewed
from contracts.events.cases import CaseChanged
from contracts.events.closings import PeriodClosed
from contracts.events.days import ClockMoved, DayAssessed, DutyChanged
from contracts.events.directory import EmployeeChanged, SiteChanged, UnitChanged
from contracts.events.feedback import NotesTallied, OfficerRated, ServiceRated
from contracts.events.journal import JournalRelayed
from contracts.events.leave import LeaveChanged

PARTITIONS = 12


@dataclass(frozen=True, slots=True)
class Topic:
    """One row. `retention_days` 0 means kept for ever; compacted topics carry full states.

    `key` is the field of the events that becomes the Kafka key and `ce_subject`. `producer` may name several services,
    separated by commas. `personal_data` begins with "none" (nothing about people), "pseudonymous" (ids of people, no
    names or numbers), or says what personal data there is.
    """

    name: str
    key: str
    events: tuple[type[EventData], ...]
    producer: str
    consumers: tuple[str, ...]
    partitions: int
    cleanup: Literal["delete", "compact"]
    personal_data: str
    retention_days: int = 0

    @property
    def producers(self) -> tuple[str, ...]:
        """The services that publish here."""
        return tuple(name.strip() for name in self.producer.split(","))


ATTENDANCE_PUNCHES = Topic(
    name="attendance.punches",
    key="employee_id",
    events=(PunchRecorded, PunchReviewed),
    producer="attendance",
    consumers=("attendance", "reporting"),
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=800,
    personal_data="pseudonymous: employee id, time and site of a punch",
)
ATTENDANCE_DAYS = Topic(
    name="attendance.days",
    key="employee_id",
    events=(DayAssessed,),
    producer="attendance",
    consumers=("attendance", "reporting"),
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=800,
    personal_data="pseudonymous: employee id, day, presence, lateness and kind of excuse",
)
ATTENDANCE_DUTIES = Topic(
    name="attendance.duties",
    key="employee_id",
    events=(DutyChanged,),
    producer="attendance",
    consumers=("attendance",),
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=800,
    personal_data="pseudonymous: employee id and dates",
)
ATTENDANCE_LEAVE = Topic(
    name="attendance.leave",
    key="employee_id",
    events=(LeaveChanged,),
    producer="attendance",
    consumers=("attendance", "reporting"),
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=800,
    personal_data="pseudonymous: employee id, kind and dates of leave, duty or permit",
)
ATTENDANCE_CASES = Topic(
    name="attendance.cases",
    key="employee_id",
    events=(CaseChanged,),
    producer="attendance",
    consumers=("reporting",),
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=800,
    personal_data="pseudonymous: employee id, step of the discipline ladder that is indicated, what became of it",
)
ATTENDANCE_CLOCK = Topic(
    name="attendance.clock",
    key="slot",
    events=(ClockMoved,),
    producer="attendance",
    consumers=("attendance",),
    partitions=PARTITIONS,
    cleanup="compact",
    personal_data="none",
)
ATTENDANCE_CLOSINGS = Topic(
    name="attendance.closings",
    key="closing_id",
    events=(PeriodClosed,),
    producer="attendance",
    consumers=("reporting",),
    partitions=1,
    cleanup="compact",
    personal_data="none",
)
ATTENDANCE_DEVICES = Topic(
    name="attendance.devices",
    key="device_id",
    events=(DeviceChanged,),
    producer="attendance",
    consumers=("reporting",),
    partitions=1,
    cleanup="compact",
    personal_data="none",
)
APPRAISAL_WORKDAYS = Topic(
    name="appraisal.workdays",
    key="employee_id",
    events=(WorkdayTallied,),
    producer="appraisal",
    consumers=("reporting",),
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=800,
    personal_data="pseudonymous: employee id, day, counts and minutes of activities",
)
APPRAISAL_VALIDATIONS = Topic(
    name="appraisal.validations",
    key="employee_id",
    events=(ValidationTallied,),
    producer="appraisal",
    consumers=("reporting",),
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=800,
    personal_data="pseudonymous: employee id of a superior, day, counts of decisions",
)
FEEDBACK_SERVICES = Topic(
    name="feedback.services",
    key="service_id",
    events=(ServiceRated,),
    producer="feedback",
    consumers=("reporting",),
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=800,
    personal_data="none",
)
FEEDBACK_OFFICERS = Topic(
    name="feedback.officers",
    key="employee_id",
    events=(OfficerRated,),
    producer="feedback",
    consumers=("reporting",),
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=800,
    personal_data="pseudonymous: employee id, day, counts of ratings in groups",
)
FEEDBACK_NOTES = Topic(
    name="feedback.notes",
    key="employee_id",
    events=(NotesTallied,),
    producer="feedback",
    consumers=("reporting",),
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=800,
    personal_data="pseudonymous: employee id, day, counts of notes",
)
DIRECTORY_EMPLOYEES = Topic(
    name="directory.employees",
    key="employee_id",
    events=(EmployeeChanged,),
    producer="directory",
    consumers=("appraisal", "attendance", "feedback", "reporting"),
    partitions=PARTITIONS,
    cleanup="compact",
    personal_data="name, NIP or NI PPPK, sex, post",
)
DIRECTORY_UNITS = Topic(
    name="directory.units",
    key="unit_id",
    events=(UnitChanged,),
    producer="directory",
    consumers=("appraisal", "attendance", "feedback", "reporting"),
    partitions=1,
    cleanup="compact",
    personal_data="none",
)
DIRECTORY_SITES = Topic(
    name="directory.sites",
    key="site_id",
    events=(SiteChanged,),
    producer="directory",
    consumers=("attendance", "reporting"),
    partitions=1,
    cleanup="compact",
    personal_data="none",
)
PLATFORM_READS = Topic(
    name="platform.reads",
    key="employee_id",
    events=(PersonViewed,),
    producer="appraisal, attendance, directory, feedback",
    consumers=("reporting",),
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=800,
    personal_data="pseudonymous: whose data was read, by which account, when",
)
PLATFORM_JOURNALS = Topic(
    name="platform.journals",
    key="service",
    events=(JournalRelayed,),
    producer="appraisal, attendance, directory, feedback",
    consumers=("reporting",),
    partitions=1,
    cleanup="compact",
    personal_data="none",
)

TOPICS: tuple[Topic, ...] = (
    ATTENDANCE_PUNCHES,
    ATTENDANCE_DAYS,
    ATTENDANCE_DUTIES,
    ATTENDANCE_LEAVE,
    ATTENDANCE_CASES,
    ATTENDANCE_CLOCK,
    ATTENDANCE_DEVICES,
    ATTENDANCE_CLOSINGS,
    APPRAISAL_WORKDAYS,
    APPRAISAL_VALIDATIONS,
    FEEDBACK_SERVICES,
    FEEDBACK_OFFICERS,
    FEEDBACK_NOTES,
    DIRECTORY_EMPLOYEES,
    DIRECTORY_UNITS,
    DIRECTORY_SITES,
    PLATFORM_READS,
    PLATFORM_JOURNALS,
)

BY_NAME: dict[str, Topic] = {topic.name: topic for topic in TOPICS}
BY_TYPE: dict[str, Topic] = {event.TYPE: topic for topic in TOPICS for event in topic.events}
MODELS: dict[str, type[EventData]] = {event.TYPE: event for topic in TOPICS for event in topic.events}
