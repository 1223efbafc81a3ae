"""Saving one site: nobody may be left working at a place that no longer exists, then the write."""

from services.directory.employees.usage import left_out
from services.directory.register.kinds import SITE
from services.directory.register.rows import Row
from services.directory.register.writing import Writing
from services.directory.sites.models import Site
from services.directory.sites.rules import violations
from services.directory.violations import Violations


async def save(writing: Writing, identity: str, site: Site, version: int) -> Row[Site]:
    """Check and put. Raises Violations with everything wrong at once, Conflict for a stale version."""
    found = violations(site)
    before = await writing.view.one(SITE, identity)
    if not found and before:
        found += await left_out(writing.view, "site_id", identity, [before.state], [site], ("valid_to",))
    if found:
        raise Violations(found)
    return await writing.put(SITE, identity, site, version=version)
