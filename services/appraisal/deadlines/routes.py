"""GET …/reminders: one's own only."""

from fastapi import APIRouter, Depends, Request

from kit.access import Authority
from kit.access.deciding import led_by
from services.appraisal.access import REMINDERS
from services.appraisal.activities.desk import Desk
from services.appraisal.activities.routes import API, Noted
from services.appraisal.deadlines.models import Reminders
from services.appraisal.deadlines.reminders import Reminding


def router(reminding: Reminding, desk: Desk) -> APIRouter:
    """The route under /employees/{employee_id}."""
    routes = APIRouter(prefix=f"{API}/employees/{{employee_id}}", tags=["deadlines"])

    @routes.get("/reminders", summary="Pengingat pengesahan", dependencies=[Depends(REMINDERS)])
    async def get_reminders(employee_id: str, request: Request, noted: Noted) -> Reminders:
        """What waits for this person and is due soon or past its day, and which superiors below leave too much too
        long. When is by the dated rule: from `remind_days` before, `escalate_days` after."""
        today = desk.today()
        authority: Authority = request.app.state.authority
        people = await led_by(request)
        below = set(await authority.copy.subordinates(people, today)) - {employee_id} if people else set()
        found = await reminding.of(people, below, today, desk.rule_of(today))
        await noted(one.superior_id for one in found.escalated)
        return found

    return routes
