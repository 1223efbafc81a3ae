"""What makes a work site sound. Pure."""

from services.directory.sites.models import Site
from services.directory.validity import last_day
from services.directory.violations import Violation


def violations(site: Site) -> list[Violation]:
    """Everything wrong with one site; its zone is checked where it is read (zones.py)."""
    if last_day(site) < site.valid_from:
        return [Violation(("valid_to",), f"mendahului valid_from {site.valid_from}")]
    return []
