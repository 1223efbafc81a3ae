"""What an approved correction is on the employee's sheet. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from services.attendance.corrections.models import What
from services.attendance.days.models import Excuse, Seen
from services.attendance.sheets.models import Claimed, Granted

LABELS: Mapping[What, str] = {
    "on_duty": "Dinas",
    "outside_work": "Tugas luar kantor",
    "system_fault": "Gangguan sistem presensi",
}
BY: Mapping[str, str] = {"superior": "atasan", "agency": "BKPSDM"}


def lies(row: Mapping[str, Any]) -> Claimed | Granted:
    """Under the id of the correction: a claimed punch, or an excuse that says who approved it. What the employee wrote
    stays with the correction."""
    day = date.fromisoformat(row["date"])
    if row["what"] == "punch":
        return Claimed(
            day=day, punch=Seen(id=row["_id"], at=row["at"], direction=row["direction"], source="correction")
        )
    approved = next(step for step in reversed(row["steps"]) if step["what"] == "approved")
    on = approved["at"].astimezone(ZoneInfo(row["zone"]))
    excuse = Excuse(
        id=row["_id"],
        kind="correction",
        label=LABELS[row["what"]],
        source=f"Koreksi presensi, disetujui {BY[approved['side']]} {on:%d-%m-%Y}",
        since=row["since"],
        until=row["until"],
    )
    return Granted(first=day, last=day, excuse=excuse)
