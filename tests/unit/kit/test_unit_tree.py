"""The unit tree on a date."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from contracts.events.directory import UnitChanged, UnitVersion
from kit import unit_tree as tree
from kit.unit_tree import ALL, Node, Tree

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def node(identity: str, parent: str | None = None) -> Node:
    return Node(identity, identity, identity.upper(), identity, parent)


def unit(identity: str, *versions: tuple[str, str, str | None, str | None]) -> UnitChanged:
    dated = tuple(
        UnitVersion(
            valid_from=date.fromisoformat(start),
            valid_to=date.fromisoformat(end) if end else None,
            name=name,
            short_name=name,
            parent_id=parent,
        )
        for start, name, parent, end in versions
    )
    return UnitChanged(unit_id=identity, code=identity, versions=dated, changed_at=NOW)


def test_names_and_places_are_those_of_the_date() -> None:
    units = [
        unit("root", ("2020-01-01", "City", None, None)),
        unit("other", ("2020-01-01", "Other", "root", None)),
        unit("a", ("2020-01-01", "Old name", "root", "2026-02-28"), ("2026-03-01", "New name", "other", None)),
        unit("gone", ("2020-01-01", "Gone", "root", "2026-02-28")),
    ]
    february, march = tree.on(date(2026, 2, 28), units), tree.on(date(2026, 3, 1), units)

    assert february.children("root") == ["a", "gone", "other"]
    assert march.children("root") == ["other"]
    assert march.children("other") == ["a"]
    assert [above.id for above in march.path("a")] == ["root", "other"]
    assert march.get("gone") is None
    renamed = march.get("a")
    assert renamed is not None
    assert renamed.name == "New name"


def test_one_root_is_what_is_shown_several_are_shown_together() -> None:
    assert Tree([node("r"), node("a", "r")]).top() == "r"
    several = Tree([node("r"), node("s"), node("a", "r")])
    assert several.top() == ALL
    assert several.children(ALL) == ["r", "s"]
    assert sorted(several.subtree(ALL)) == ["a", "r", "s"]
    assert several.is_whole(ALL)
    assert not several.is_whole("r")


def test_an_office_lies_directly_below_the_only_root() -> None:
    one = Tree([node("r"), node("a", "r"), node("b", "a"), node("c", "b"), node("d", "r")])
    assert [one.office(unit) for unit in "rabcd"] == ["r", "a", "a", "a", "d"]
    several = Tree([node("r"), node("s"), node("a", "r"), node("b", "a")])
    assert [several.office(unit) for unit in "rsab"] == ["r", "s", "r", "r"]
    assert one.office("gone") == "gone"


def test_nothing_at_all_is_still_an_agency() -> None:
    empty = Tree([])
    assert empty.top() == ALL
    assert empty.subtree(ALL) == []
    assert empty.get(ALL) is not None


def test_a_unit_under_an_unknown_parent_stands_as_a_root() -> None:
    orphaned = Tree([node("r"), node("a", "never heard of"), node("b", "a")])
    assert orphaned.children(ALL) == ["a", "r"]
    assert orphaned.path("b")[0].id == "a"


parents = st.dictionaries(
    st.sampled_from("abcdef"), st.one_of(st.none(), st.sampled_from("abcdefx")), min_size=1, max_size=6
)


@given(parents)
def test_every_unit_is_below_the_agency_exactly_once_whatever_the_parents(above: dict[str, str | None]) -> None:
    found = Tree(node(identity, parent) for identity, parent in above.items())
    assert sorted(found.subtree(ALL)) == sorted(above)
    for identity in above:
        assert identity not in {one.id for one in found.path(identity)}
        if (parent := found.parent(identity)) is not None:
            assert identity in found.children(parent)


def test_a_line_goes_up_and_down_and_not_aside() -> None:
    nodes = [node("r"), node("a", "r"), node("b", "r"), node("a1", "a"), node("a2", "a"), node("a1x", "a1")]
    found = Tree(nodes)
    assert found.line("a1") == ["r", "a", "a1", "a1x"]
    assert sorted(found.line("r")) == ["a", "a1", "a1x", "a2", "b", "r"]
    assert found.line("unheard-of") == ["unheard-of"]


def test_a_period_has_what_was_closed_in_it_where_it_last_stood() -> None:
    units = [
        unit("root", ("2020-01-01", "City", None, None)),
        unit("other", ("2020-01-01", "Other", "root", None)),
        unit("a", ("2020-01-01", "Old name", "root", "2026-02-28"), ("2026-03-01", "New name", "other", "2026-03-15")),
        unit("gone", ("2020-01-01", "Gone", "a", "2026-02-28")),
        unit("new", ("2026-04-01", "New", "root", None)),
    ]
    march = tree.during(date(2026, 3, 1), date(2026, 3, 31), units)
    assert sorted(march.subtree("root")) == ["a", "other", "root"]
    assert march.parent("a") == "other"
    spring = tree.during(date(2026, 2, 1), date(2026, 4, 30), units)
    assert sorted(spring.subtree("other")) == ["a", "gone", "other"], "below what it was part of, which moved since"
    assert [spring.children("root"), len(spring)] == [["new", "other"], 5]
    shown = spring.get("a")
    assert shown is not None
    assert shown.name == "New name"
    assert len(tree.during(date(2026, 3, 31), date(2026, 3, 31), units)) == len(tree.on(date(2026, 3, 31), units)) == 2
