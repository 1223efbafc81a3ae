"""About whom an account decides today."""

from collections.abc import Collection

from fastapi import Request

from kit.access.people import People
from kit.access.principal import Principal, Role, Scope
from kit.access.reach import reach_of
from kit.access.requires import Authority


async def led_by(request: Request, among: Collection[str] | None = None) -> set[str]:
    """Whose superior this account is today, or acts for: never its own. With `among` only of these."""
    asking: Principal = request.scope["principal"]
    authority: Authority = request.app.state.authority
    reach = await reach_of(asking, {Scope.SUBORDINATES}, authority.copy, authority.today(), among)
    return set(reach.people) - {asking.employee_id or ""}


async def unled_for(request: Request, people: People, among: Collection[str] | None = None) -> set[str]:
    """Those (of `among`) about whom the personnel agency decides because they have no superior today, also where there
    was one when they asked: else it would wait for nobody. None for other accounts, and never itself."""
    asking: Principal = request.scope["principal"]
    if Role.BKPSDM not in asking.roles:
        return set()
    authority: Authority = request.app.state.authority
    return await people.unled(authority.today(), among) - {asking.employee_id or ""}
