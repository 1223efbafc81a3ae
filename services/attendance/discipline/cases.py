"""The course of a case: the days propose, change and withdraw it; people examine and decide it. Pure.

Nothing is erased: every change is a step with the days it is about. What people decided stays decided; when its days
change afterwards the case says so, and people decide what follows.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from kit.mongo import Document
from services.attendance.discipline.procedure import ProcedureRule
from services.attendance.discipline.standing import Counting, Reached, heaviest, rank

OPEN = ("proposed", "examining")
CLOSED = ("decided", "dropped")
Row = Mapping[str, Any]


class Refused(ValueError):
    """The step is not possible; the message says why, in Indonesian. `field` is the wrong one, where it is one."""

    def __init__(self, why: str, field: str = "") -> None:
        super().__init__(why)
        self.field = field


class By(NamedTuple):
    """Who does something, and when."""

    employee_id: str | None
    side: str
    at: datetime


SYSTEM = "system"


def case_id(employee_id: str, year: int, key: str) -> str:
    """One for each person, year and step: there is never a second."""
    return f"{employee_id}-{year}-{key}"


def cases_after(
    rows: Iterable[Document],
    employee_id: str,
    year: int,
    days: Mapping[date, Counting],
    reached: Sequence[Reached],
    now: datetime,
) -> list[Document]:
    """The cases of a year that are new or different once the days are as they are."""
    held = {row["key"]: row for row in rows}
    there = {one.key: one for one in sorted(reached, key=rank, reverse=True)}
    top = heaviest(reached)
    found: list[Document] = []
    for key in sorted(held.keys() | there.keys()):
        row, one = held.get(key), there.get(key)
        after = dict(row) if row is not None else None
        if one is None:
            assert after is not None  # noqa: S101 - it is in one of the two
            after = _gone(after, days, now)
        elif after is None:
            after = _superseding(_new(employee_id, year, one, now), one, top, now)
        elif after["status"] in CLOSED:
            after = _later(after, one, now)
        else:
            after = _superseding(_changed(after, one, now), one, top, now)
        if after != row:
            found.append(after | {"version": (row["version"] if row else 0) + 1})
    return found


def examined(row: Row, sent: Mapping[str, Any], rule: ProcedureRule, earliest: date | None, by: By) -> Document:
    """Summoned for a hearing. `earliest` is the first day it may be on (None: not known). Raises Refused."""
    _by_another(row, by)
    if row["status"] not in OPEN:
        raise Refused("perkara ini tidak menunggu pemeriksaan")
    if earliest is not None and sent["hearing_on"] < earliest:
        raise Refused(
            f"paling cepat {earliest:%d-%m-%Y}: {rule.summons.days} hari kerja sesudah panggilan"
            f" ({rule.summons.article})",
            "hearing_on",
        )
    if sent["hearing_on"] < sent["summoned_on"]:
        raise Refused("tidak boleh sebelum tanggal panggilan", "hearing_on")
    if row["employee_id"] in sent["team"]:
        raise Refused("pegawai yang diperiksa tidak dapat menjadi anggota tim", "team")
    asked = rule.teams.get(row["level"], "optional")
    if asked == "needed" and len(sent["team"]) < rule.team_least:
        who = "atasan langsung, pengawasan, kepegawaian"
        raise Refused(f"hukuman berat diperiksa tim, paling sedikit {rule.team_least} orang: {who}", "team")
    if asked == "none" and sent["team"]:
        raise Refused("hukuman ringan diperiksa atasan langsung, tanpa tim", "team")
    second = {"second_summons_on": sent["summoned_on"]} if row["hearing_on"] else {"summoned_on": sent["summoned_on"]}
    more = {**second, "hearing_on": sent["hearing_on"], "team": list(sent["team"])}
    return _stepped(row, "summoned_again" if row["hearing_on"] else "summoned", by, status="examining", **_plain(more))


def decided(row: Row, sent: Mapping[str, Any], known: Iterable[str], today: date, by: By) -> Document:
    """A person's decision, with its letter. `known` are the sanctions of the rule. Raises Refused."""
    _by_another(row, by)
    if row["status"] != "examining":
        raise Refused("periksa dahulu: catat panggilan dan tanggal pemeriksaan")
    if sent["sanction"] not in set(known):
        raise Refused("bukan jenis hukuman menurut aturan perkara ini", "sanction")
    if not row["hearing_on"] <= str(sent["decided_on"]) <= str(today):
        raise Refused("antara tanggal pemeriksaan dan hari ini", "decided_on")
    decision = _plain({name: sent[name] for name in ("sanction", "letter", "decided_on")})
    return _stepped(row, "decided", by, sent["words"], status="decided", decision=decision)


def dropped(row: Row, words: str, by: By) -> Document:
    """Not pursued, with the reason. Raises Refused."""
    _by_another(row, by)
    if row["status"] not in OPEN:
        raise Refused("perkara ini tidak terbuka lagi")
    return _stepped(row, "dropped", by, words, status="dropped")


def delivered(row: Row, on: date, today: date, by: By) -> Document:
    """The decision was handed over or sent. Raises Refused."""
    _by_another(row, by)
    if row["decision"] is None:
        raise Refused("belum ada keputusan")
    if not row["decision"]["decided_on"] <= str(on) <= str(today):
        raise Refused("antara tanggal keputusan dan hari ini", "delivered_on")
    return _stepped(row, "delivered", by, delivered_on=str(on))


def evidence_rows(days: Mapping[date, Counting]) -> list[Document]:
    """How evidence lies in a case."""
    return [
        {"day": str(day), "state": one.state, "minutes": one.minutes, "version": one.version}
        for day, one in sorted(days.items())
    ]


def _new(employee_id: str, year: int, one: Reached, now: datetime) -> Document:
    fresh = {
        "_id": case_id(employee_id, year, one.key),
        "employee_id": employee_id,
        "year": year,
        "key": one.key,
        "by_streak": one.key == "streak",
        "status": "proposed",
        "superseded_by": None,
        "contradicted": False,
        "later": None,
        "summoned_on": None,
        "second_summons_on": None,
        "hearing_on": None,
        "team": [],
        "decision": None,
        "delivered_on": None,
        "proposed_at": now,
        "steps": [],
        **_content(one),
    }
    return _system(fresh, "proposed", [], now)


def _content(one: Reached) -> Document:
    step = one.step.model_dump(include={"level", "sanction", "interim", "article", "salary_stops"})
    return {
        **step,
        "from_days": one.from_days,
        "rule": one.rule,
        "reached_on": str(one.on),
        "days": one.days,
        "minutes": one.minutes,
        "evidence": evidence_rows(one.evidence),
    }


def _changed(row: Document, one: Reached, now: datetime) -> Document:
    """An open, superseded or withdrawn case whose step is reached."""
    again = row["status"] == "withdrawn"
    moved = _moved(row["evidence"], evidence_rows(one.evidence))
    if again:
        return _system({**row, **_content(one), "status": _open(row)}, "reinstated", moved, now)
    return _system({**row, **_content(one)}, "evidence_changed", moved, now) if moved else row


def _superseding(row: Document, one: Reached, top: Reached | None, now: datetime) -> Document:
    """As its rank says: only the heaviest step of a year is pursued."""
    above = top is not None and top.key != one.key
    by = top.key if top is not None and above else None
    if above and (row["status"] != "superseded" or row["superseded_by"] != by):
        return _system({**row, "status": "superseded", "superseded_by": by}, "superseded", [], now)
    if not above and row["status"] == "superseded":
        return _system({**row, "status": _open(row), "superseded_by": None}, "reinstated", [], now)
    return row


def _gone(row: Document, days: Mapping[date, Counting], now: datetime) -> Document:
    """The step is not reached any more, because some of its days are not what they were."""
    if row["status"] == "withdrawn" or row["contradicted"]:
        return row
    was = row["later"] or row["evidence"]
    present = {day: one for day in (date.fromisoformat(each["day"]) for each in was) if (one := days.get(day))}
    moved = _moved(was, [one for one in evidence_rows(present) if one["state"] == "absent" or one["minutes"]])
    if row["status"] in CLOSED:
        return _system({**row, "contradicted": True}, "evidence_changed", moved, now)
    return _system({**row, "status": "withdrawn", "superseded_by": None}, "withdrawn", moved, now)


def _later(row: Document, one: Reached, now: datetime) -> Document:
    """A closed case whose step is reached: what it was closed on stays, what is different now is said."""
    present = evidence_rows(one.evidence)
    moved = _moved(row["later"] or row["evidence"], present)
    if not moved and not row["contradicted"]:
        return row
    return _system({**row, "later": present, "contradicted": False}, "evidence_changed", moved, now)


def _open(row: Row) -> str:
    return "examining" if row["hearing_on"] else "proposed"


def _moved(before: Sequence[Row], after: Sequence[Row]) -> list[str]:
    """The dates that are not the evidence they were. Another version that comes to the same is the same."""
    old, new = ({one["day"]: (one["state"], one["minutes"]) for one in some} for some in (before, after))
    return sorted(day for day in old.keys() | new.keys() if old.get(day) != new.get(day))


def _system(row: Document, what: str, days: Sequence[str], now: datetime) -> Document:
    step = {"at": now, "what": what, "by": None, "side": SYSTEM, "words": "", "days": list(days)}
    return {**row, "steps": [*row["steps"], step]}


def _stepped(row: Row, what: str, by: By, words: str = "", **more: Any) -> Document:
    step = {"at": by.at, "what": what, "by": by.employee_id, "side": by.side, "words": words, "days": []}
    return {**row, **more, "version": row["version"] + 1, "steps": [*row["steps"], step]}


def _by_another(row: Row, by: By) -> None:
    if by.employee_id == row["employee_id"]:
        raise Refused("perkara Anda sendiri ditangani orang lain")


def _plain(fields: Mapping[str, Any]) -> Document:
    return {name: str(value) if isinstance(value, date) else value for name, value in fields.items()}
