"""What a day comes to, once more: minute by minute and case by case, slowly, and with none of the service's own code
but the shapes of what goes in. Where this and the service disagree, one of them is wrong."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from services.attendance.days.models import Excuse, Fault, Seen
from services.attendance.days.tables import Band, LatenessRule, ReadingRule
from services.attendance.schedules.book import Book, Person
from tests.property.attendance.working.asked import DAY, MINUTE, Asked, Stint, first_time_the_clock_shows, minute


class Reference(Asked):
    """Everything about one person, one agency, one set of rules."""

    def __init__(self, person: Person, book: Book, lateness: LatenessRule, reading: ReadingRule) -> None:
        super().__init__(person, book)
        self.lateness, self.reading = lateness, reading

    def day(
        self,
        day: date,
        punches: Iterable[Seen],
        known: datetime,
        excuses: Sequence[Excuse],
        faults: Sequence[Fault] = (),
    ) -> dict[str, Any]:
        kind, _ = self.shifts(day)
        around = self.around(day)
        mine = [n for n, one in enumerate(around) if one.day == day]
        begins = first_time_the_clock_shows(datetime.combine(day, time()), self.zone(day))
        ends = first_time_the_clock_shows(datetime.combine(day + DAY, time()), self.zone(day + DAY))
        used: list[dict[str, str]] = []
        unused: list[tuple[Seen, str]] = []
        loose: list[Seen] = []
        of: dict[int, list[Seen]] = {n: [] for n in mine}
        for punch in sorted({punch.id: punch for punch in punches}.values(), key=lambda punch: (punch.at, punch.id)):
            whose = self.owner(punch.at, around)
            if whose not in mine and (whose is not None or not begins <= punch.at < ends):
                unused.append((punch, "other_day"))
            elif punch.outcome == "rejected":
                unused.append((punch, "rejected"))
            elif whose is None:
                loose.append(punch)
                unused.append((punch, "outside_window" if mine else "no_shift"))
            else:
                of[whose].append(punch)
        shifts, review = [], False
        pending: list[dict[str, Any]] = []
        for number, n in enumerate(mine, 1):
            closes = self.closes(n, around)
            found = self.shift(f"{day}#{number}", around[n], closes, of[n], known, excuses)
            pending += self.pending(f"{day}#{number}", around[n], closes, of[n], known, excuses, faults)
            for punch, role in found.pop("used"):
                used.append({"punch_id": punch.id, "shift_id": f"{day}#{number}", "role": role})
                review = review or ("under_review" in punch.flags and punch.outcome is None)
            unused += found.pop("unused")
            shifts.append(found)
        came = [one["first_in"] for one in shifts if one["first_in"]] or [one.at for one in loose if not shifts]
        left = [one["last_out"] for one in shifts if one["last_out"]] or [one.at for one in loose if not shifts]
        first, last = min(came, default=None), max(left, default=None)
        over = max([self.closes(n, around) for n in mine], default=ends)
        missing = ["window_open"] * (known < over) + ["review"] * review
        if self.post(day) is None and self.site(day) is not None:
            missing.append("site")
        if self.overlapping(day):
            missing.append("schedule")
        if pending:
            missing.append("outage")
        return {
            "employee_id": self.person.employee_id,
            "day": day,
            "zone": self.zone(day),
            "site_id": self.site(day),
            "status": status(kind, shifts),
            "shifts": tuple(shifts),
            "first_in": first,
            "last_out": None if last == first else last,
            "required_minutes": sum(one["required_minutes"] for one in shifts),
            "effective_minutes": sum(one["effective_minutes"] for one in shifts),
            "absent_minutes": sum(one["absent_minutes"] for one in shifts),
            "used": tuple(used),
            "not_used": tuple(
                {"punch_id": punch.id, "reason": reason}
                for punch, reason in sorted(unused, key=lambda each: (each[0].at, each[0].id))
            ),
            "missing": tuple(missing),
            "pending": tuple(pending),
        }

    def pending(
        self,
        name: str,
        duty: Stint,
        closes: datetime,
        punches: list[Seen],
        known: datetime,
        excuses: Sequence[Excuse],
        faults: Sequence[Fault],
    ) -> list[dict[str, Any]]:
        """Faults without which less would be held against somebody, each by itself or only with the others."""

        def tried(some: Iterable[tuple[Fault, datetime, datetime]]) -> dict[str, Any]:
            more = [
                Excuse(id="~", kind="amnesty", label="", source="", since=since, until=until)
                for _, since, until in some
            ]
            return self.shift(name, duty, closes, punches, known, [*excuses, *more])

        def worth(found: dict[str, Any]) -> tuple[int, int, int]:
            sides = [found["late"], found["early"]]
            banded = [one["minutes"] or 0 for one in sides if one["band"]]
            return int(found["status"] == "absent"), len([one for one in sides if one["missing"]]), sum(banded)

        plain = tried(())
        minutes = [duty.starts, duty.ends]
        touching: list[tuple[Fault, datetime, datetime]] = []
        for one in sorted(faults, key=lambda one: (one.since, one.model_dump_json())):
            begins, ends = one.since, one.until if one.until is not None else closes
            if one.nature == "down" and [punch for punch in punches if begins <= punch.at and punch.at < ends]:
                continue
            ends = ends + timedelta(minutes=one.recovery_minutes)
            near = timedelta(minutes=one.around_minutes)
            if plain["late"]["missing"] and ends <= minutes[0] and minutes[0] - ends < near:
                ends = minutes[0] + MINUTE
            if plain["early"]["missing"] and begins >= minutes[1] and begins - minutes[1] < near:
                begins = minutes[1] - MINUTE
            latest = minutes[1] + timedelta(minutes=duty.flexible)
            if begins < ends and begins < latest and ends > minutes[0]:
                touching.append((one, begins, ends))
        everything = tried(touching)
        if worth(everything) >= worth(plain):
            return []
        found = []
        for place, each in enumerate(touching):
            alone, others = tried([each]), tried(touching[:place] + touching[place + 1 :])
            after = None
            if worth(alone) < worth(plain):
                after = alone
            elif worth(everything) < worth(others):
                after = everything
            if after is not None:
                gone = worth(plain)[2] + plain["absent_minutes"] - worth(after)[2] - after["absent_minutes"]
                found.append(
                    {
                        "fault_id": each[0].id,
                        "shift_id": name,
                        "since": each[1],
                        "until": each[2],
                        "minutes": max(0, gone),
                    }
                )
        return found

    def shift(
        self, name: str, duty: Stint, closes: datetime, punches: list[Seen], known: datetime, excuses: Sequence[Excuse]
    ) -> dict[str, Any]:
        start, end = minute(duty.starts), minute(duty.ends)
        closed, fixed = known >= closes, duty.kind == "fixed"
        missed = closed or known >= duty.ends + timedelta(minutes=duty.flexible)
        excused: set[int] = set()
        waived: set[int] = set()
        kinds = []
        for one in sorted(excuses, key=lambda one: (one.since or datetime.min.replace(tzinfo=UTC), one.kind, one.id)):
            if one.since is None or one.until is None:
                some = set(range(start, end + duty.flexible))
            else:
                some = {
                    m
                    for m in range(start, end + duty.flexible)
                    if minute(one.since) <= m and m * 60 < one.until.timestamp()
                }
            if some:
                kinds.append(one.kind)
            excused |= some
            waived |= some if one.kind in self.reading.waives_scan else set()
        owed = [m for m in range(start, end) if m not in excused]
        wholly = not owed and bool(kinds)
        seen = self.read(punches, owed or list(range(start, end)), end - start, known >= duty.ends)
        arrived, left, pauses = seen["arrived"], seen["left"], seen["pauses"]
        came_at = minute_of(arrived.at, self.reading.rounding, up=False) if arrived else None
        left_at = minute_of(left.at, self.reading.rounding, up=True) if left else None
        no_in = arrived is None and start in waived
        no_out = left is None and end - 1 in waived
        if punches and no_in:
            came_at = owed[0] if owed else start
        if punches and no_out:
            left_at = owed[-1] + 1 if owed else end

        def lost_until(came: int) -> int:
            return sum(1 for m in range(start, min(came, end)) if m not in excused)

        def lost_from(gone: int, due: int) -> int:
            return sum(1 for m in range(max(gone, start), due) if m not in excused)

        late = early = side(0)
        slide = 0
        if fixed and owed and not punches:
            late = early = side(0) if missed else side(None)
        elif fixed and owed:
            if came_at is None:
                late = missing_scan(self.lateness.late) if closed else side(None)
            else:
                lost = lost_until(came_at)
                slide = min(lost, duty.flexible)
                late = side(lost - slide, self.lateness.late)
                if late["band"]:
                    late["to_none"] = count_until(
                        lambda k: side(max(0, lost_until(came_at - k) - duty.flexible), self.lateness.late)
                    )
            if left_at is None:
                early = missing_scan(self.lateness.early) if closed else side(None)
            elif not no_out:
                lost = lost_from(left_at, end + slide)
                early = side(lost, self.lateness.early) if closed or not lost else side(None)
                if early["band"]:
                    early["to_none"] = count_until(
                        lambda k: side(lost_from(left_at + k, end + slide), self.lateness.early)
                    )
        decided = late["minutes"] is not None and early["minutes"] is not None
        if wholly:
            verdict: str = kinds[0]
        elif not fixed:
            verdict = "present" if punches else "on_call"
        elif not punches:
            verdict = "absent" if missed else "pending"
        else:
            verdict = "present" if decided or closed else "pending"
        away, listed = set(), []
        for gone, back in pauses:
            gone_at = minute_of(gone.at, self.reading.rounding, up=True)
            back_at = minute_of(back.at, self.reading.rounding, up=False)
            away |= set(range(gone_at, back_at))
            listed.append({"left": gone.at, "back": back.at, "minutes": len(range(gone_at, back_at))})
        required = max(0, end - start - duty.pause) if fixed else 0
        worked = 0
        if came_at is not None and left_at is not None:
            span = [m for m in range(start + slide, end + slide) if came_at <= m < left_at]
            taken = sum(1 for m in span if m in away and m not in excused)
            worked = less_break(sum(1 for m in span if m not in away), duty.pause - taken, end - start)
        absent = less_break(len(owed), duty.pause, end - start) if verdict == "absent" else 0
        return {
            "id": name,
            "kind": duty.kind,
            "status": verdict,
            "due_in": duty.starts + slide * MINUTE,
            "due_out": duty.ends + slide * MINUTE,
            "first_in": arrived.at if arrived else None,
            "last_out": left.at if left else None,
            "late": late,
            "early": early,
            "pauses": tuple(listed),
            "required_minutes": required,
            "effective_minutes": min(worked, required) if fixed else worked,
            "absent_minutes": min(absent, required),
            "excused_minutes": end - start - len(owed),
            "used": seen["used"],
            "unused": seen["unused"],
        }

    def read(self, punches: list[Seen], owed: list[int], length: int, over: bool) -> dict[str, Any]:
        """First in, last out, alternately between."""
        nothing: dict[str, Any] = {"arrived": None, "left": None, "pauses": [], "used": [], "unused": []}
        if not punches:
            return nothing
        touches: list[list[Seen]] = []
        for punch in punches:
            same = touches and (punch.at - touches[-1][0].at) <= timedelta(seconds=self.reading.debounce_seconds)
            touches[-1].append(punch) if same else touches.append([punch])
        apart = timedelta(minutes=min(self.reading.apart_minutes, length // 2))
        first, last = punches[0], punches[-1]
        role: dict[str, str] = {}
        pauses: list[tuple[Seen, Seen]] = []
        if len(touches) == 1 or last.at - first.at < apart:
            spare = "too_close"
            to_start, to_end = minute(first.at) - owed[0], owed[-1] + 1 - minute(first.at)
            role = {first.id: "in"} if not over or to_start < to_end else {last.id: "out"}
        else:
            spare = "between"
            role = {first.id: "in", last.id: "out"}
            middle = touches[1:-1]
            while middle:
                odd = len(touches) % 2 == 1
                if len(middle) > 1 and (not odd or (word(middle[0]), word(middle[1])) == ("out", "in")):
                    gone, back = middle[0][-1], middle[1][0]
                    pauses.append((gone, back))
                    role |= {gone.id: "break_out", back.id: "break_in"}
                    middle = middle[2:]
                else:
                    middle = middle[1:]
        unused = []
        for touch in touches:
            for punch in touch:
                if punch.id not in role:
                    double = punch is not touch[0] or any(one.id in role for one in touch)
                    unused.append((punch, "double_read" if double else spare))
        by_role = {one: next((p for p in punches if role.get(p.id) == one), None) for one in ("in", "out")}
        return {
            "arrived": by_role["in"],
            "left": by_role["out"],
            "pauses": pauses,
            "used": [(punch, role[punch.id]) for punch in punches if punch.id in role],
            "unused": unused,
        }


def minute_of(at: datetime, rounding: str, up: bool) -> int:
    """`up`: a departure, of which the seconds count for whoever left."""
    whole, seconds = divmod(int(at.timestamp()), 60)
    if rounding == "floor":
        return whole + (1 if up and seconds else 0)
    if rounding == "ceil":
        return whole + (1 if not up and seconds else 0)
    return whole + (1 if (seconds > 30 if up else seconds >= 30) else 0)


def side(minutes: int | None, bands: Sequence[Band] = ()) -> dict[str, Any]:
    code = None
    for band in bands:
        if minutes is not None and minutes >= band.from_minutes:
            code = band.code
    return {"minutes": minutes, "band": code, "missing": False, "to_none": 0}


def missing_scan(bands: Sequence[Band]) -> dict[str, Any]:
    highest = max(bands, key=lambda band: band.from_minutes)
    return {"minutes": None, "band": highest.code, "missing": True, "to_none": 0}


def count_until(attempt: Callable[[int], dict[str, Any]]) -> int:
    """The first number of minutes that leaves no band."""
    k = 0
    while attempt(k)["band"]:
        k += 1
    return k


def less_break(minutes: int, owed: int, length: int) -> int:
    """A break nobody punched, minute by minute, from what exceeds half of the shift."""
    while owed > 0 and minutes > length // 2:
        minutes, owed = minutes - 1, owed - 1
    return minutes


def word(touch: Sequence[Seen]) -> str | None:
    said = {"out" if "out" in punch.direction else "in" for punch in touch if punch.direction != "unknown"}
    return said.pop() if len(said) == 1 else None


def status(kind: str, shifts: Sequence[dict[str, Any]]) -> str:
    if not shifts:
        return "off" if kind == "work" else kind
    verdicts = [one["status"] for one in shifts]
    if "pending" in verdicts:
        return "pending"
    had_to = [one["status"] for one in shifts if one["kind"] == "fixed" and one["status"] in ("present", "absent")]
    if "present" in had_to:
        return "partly_absent" if "absent" in had_to else "present"
    if had_to:
        return "absent"
    return "present" if "present" in verdicts else str(verdicts[0])
