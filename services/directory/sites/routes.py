"""Routes of work sites."""

from datetime import datetime

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from services.directory.access import ORGANISATION
from services.directory.register.desk import Rules
from services.directory.register.kinds import SITE
from services.directory.register.routes import add_list, add_routes, kind_router
from services.directory.sites.models import Site
from services.directory.sites.saving import save


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class SiteRecord(Site):
    """A site as answered: its state, its id and version (the ETag)."""

    id: str
    version: int
    changed_at: datetime


RULES = Rules(save)
router = kind_router("sites", ORGANISATION)
add_list(router, SITE, RULES, SiteRecord, plural="sites", periods="")
add_routes(router, SITE, RULES, Site, SiteRecord)
