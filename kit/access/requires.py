"""What a route declares: which roles may ask, and how far each sees.

```
PEOPLE = Requires({PEGAWAI: SELF, ATASAN: SUBORDINATES, PIMPINAN: SUBTREE, BKPSDM: ALL, AUDITOR: ALL})

@router.get("/people")
async def list_people(reach: Annotated[Reach, Depends(PEOPLE)]): ...        # the query takes the reach
router = APIRouter(dependencies=[Depends(Requires({OPERATOR: ALL}))])       # nothing personal: the role is enough
```

A route without one is refused when the application is made (`undeclared`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.routing import BaseRoute

from kit.access.principal import Principal, Role, Scope
from kit.access.reach import EVERYONE, DirectoryCopy, Reach, covers, reach_of
from kit.problems import of_status

Allowed = Mapping[Role, Scope]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})  # RFC 9110 section 9.2.1


@dataclass(frozen=True, slots=True)
class Authority:
    """What an application works out a reach from: its directory copy, and which day it is in the agency's zone."""

    copy: DirectoryCopy
    today: Callable[[], date]


class Requires:
    """A dependency. `allowed` gives each role its scope, `writes` another table for methods that change something;
    roles that are not in it are refused. `person` names the path parameter that is an employee's id, if there is one:
    whoever is out of reach is refused in the same words as whoever does not exist.
    """

    def __init__(self, allowed: Allowed, *, writes: Allowed | None = None, person: str | None = None) -> None:
        self.reads = dict(allowed)
        self.writes = dict(allowed if writes is None else writes)
        self.person = person

    async def __call__(self, request: Request) -> Reach:
        """How far this request may see, of a route about one `person` whether that far. Raises Problem 403 when that is
        nowhere, or not as far as who is asked for."""
        scopes = self.scopes(request.scope["principal"], request.method)
        if Scope.ALL in scopes:
            return EVERYONE
        authority: Authority | None = getattr(request.app.state, "authority", None)
        if scopes and authority is not None:
            today = authority.today()
            asked = request.path_params.get(self.person) if self.person else None
            among = None if asked is None else (asked,)
            reach = await reach_of(request.scope["principal"], scopes, authority.copy, today, among)
            if (reach or Scope.COUNTS in scopes) and (
                asked is None or await covers(reach, asked, authority.copy, today)
            ):
                return reach
        raise of_status(403)

    def allowed(self, method: str) -> Allowed:
        """Which roles may use a method, and how far each sees."""
        return self.reads if method in SAFE else self.writes

    def scopes(self, principal: Principal, method: str) -> set[Scope]:
        """The scopes of the roles somebody has. Anybody who is an employee may turn out to have subordinates."""
        roles = principal.roles | ({Role.ATASAN} if principal.employee_id else set())
        return {scope for role, scope in self.allowed(method).items() if role in roles}


def declared(route: RouteContext) -> Requires | None:
    """What a route requires; None when it says nothing."""
    dependant: Dependant | None = getattr(route, "dependant", None)
    found = (one.call for one in _below(dependant) if isinstance(one.call, Requires)) if dependant else iter(())
    return next(found, None)


def undeclared(routes: Sequence[BaseRoute]) -> list[str]:
    """The routes that say nothing, as `METHOD path`."""
    return [
        f"{'/'.join(sorted(route.methods or []))} {route.path}"
        for route in iter_route_contexts(routes)
        if declared(route) is None
    ]


def _below(dependant: Dependant) -> Iterator[Dependant]:
    for one in dependant.dependencies:
        yield one
        yield from _below(one)
