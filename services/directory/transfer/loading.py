"""The whole directory into memory, for an import to be judged against."""

from services.directory.register.kinds import EMPLOYEE, POST, SITE, UNIT
from services.directory.register.view import View
from services.directory.transfer.base import Base


async def load_base(view: View) -> Base:
    """Everything that `view` sees. 100,000 employees take some 200 MB and a few seconds."""
    base = Base()
    async for site in view.all(SITE):
        base.sites[site.id], base.versions[site.id] = site.state, site.version
    async for unit in view.all(UNIT):
        base.units[unit.id], base.versions[unit.id] = unit.state, unit.version
    async for post in view.all(POST):
        base.posts[post.id], base.versions[post.id] = post.state, post.version
    async for person in view.all(EMPLOYEE):
        base.employees[person.id], base.versions[person.id] = person.state, person.version
    return base
