"""A record that a compacted topic should not hold, and one of another type."""

from contracts.events.directory import SiteChanged
from contracts.topics import DIRECTORY_SITES
from kit.tables import Table


async def test_a_record_without_a_key_or_of_another_type_changes_nothing() -> None:
    table = Table("127.0.0.1:1", DIRECTORY_SITES, SiteChanged)
    table._apply(None, b"{}", SiteChanged.TYPE)
    table._apply(b"s1", b"{}", "id.go.kinerja.directory.site.changed.v2")
    table._apply(b"s1", b"{}", SiteChanged.TYPE)
    table._apply(b"s1", None, "")
    assert len(table) == 0
    assert not table.ready.is_set()
