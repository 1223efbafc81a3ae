"""What makes an employee's record sound: each rule broken alone, then all at once."""

from dataclasses import replace
from datetime import date

import pytest

from services.directory.employees.models import Assignment, Employee, Number, Rank, display_name
from services.directory.employees.rules import violations
from services.directory.places import Places
from services.directory.validity import Period

TODAY = date(2026, 11, 22)
OPEN = Period(valid_from=date(2000, 1, 1))
PLACES = Places(
    units={
        "U1": [OPEN],
        "U2": [
            Period(valid_from=date(2020, 1, 1), valid_to=date(2023, 12, 31)),
            Period(valid_from=date(2024, 2, 1)),
        ],
    },
    sites={"S1": OPEN, "S2": Period(valid_from=date(2000, 1, 1), valid_to=date(2024, 6, 30))},
    posts={"J1": OPEN, "J2": Period(valid_from=date(2025, 1, 1))},
    employees={"E1", "E2", "E3"},
)


def held(first: str, last: str | None = None, kind: str = "primary", **other: str | None) -> Assignment:
    usual: dict[str, str | None] = {"unit_id": "U1", "post_id": "J1", "site_id": "S1", "superior_id": "E2"}
    return Assignment(
        kind=kind,  # type: ignore[arg-type]
        valid_from=date.fromisoformat(first),
        valid_to=date.fromisoformat(last) if last else None,
        **(usual | other),  # type: ignore[arg-type]
    )


SOUND = Employee(
    code="P1",
    name="Budi Santoso",
    sex="male",
    status="pns",
    numbers=(Number(number="198609262015051001", kind="pns", valid_from=date(2015, 5, 1)),),
    ranks=(
        Rank(code="III/a", valid_from=date(2015, 5, 1), valid_to=date(2019, 3, 31)),
        Rank(code="III/b", valid_from=date(2019, 4, 1)),
    ),
    assignments=(held("2015-05-01", "2020-12-31"), held("2021-01-01"), held("2026-01-01", "2026-03-31", "plt")),
)


def pointers(employee: Employee) -> list[str]:
    return [found.pointer for found in violations("E1", employee, PLACES, today=TODAY)]


def test_sound() -> None:
    assert violations("E1", SOUND, PLACES, today=TODAY) == []


@pytest.mark.parametrize(
    ("assignments", "expected"),
    [
        ((), ["/assignments"]),
        ((held("2015-05-01", kind="plt"),), ["/assignments"]),
        ((held("2015-05-01", "2020-12-31"), held("2020-12-31")), ["/assignments/1/valid_from"]),  # one day twice
        ((held("2021-01-01"), held("2015-05-01", "2021-06-30")), ["/assignments/0/valid_from"]),  # file order is free
        ((held("2015-05-01"), held("2016-01-01", "2016-12-31")), ["/assignments/1/valid_from"]),  # inside an open one
        ((held("2015-05-01", "2020-12-31"), held("2021-01-02")), ["/assignments"]),  # a day without a post
        ((held("2015-05-01", "2014-05-01"),), ["/assignments/0/valid_to"]),
        ((held("2015-05-01", "2025-12-31"), held("2025-12-01", "2026-01-15", "plh")), ["/assignments/1/valid_from"]),
        ((held("2015-05-01", superior_id="E1"),), ["/assignments/0/superior_id"]),
        ((held("2015-05-01", superior_id="E9"),), ["/assignments/0/superior_id"]),
        ((held("2015-05-01", superior_id=None),), []),
        ((held("2015-05-01", unit_id="U9"),), ["/assignments/0/unit_id"]),
        ((held("2020-01-01", "2023-12-31", unit_id="U2"), held("2024-01-01")), []),
        ((held("2020-01-01", unit_id="U2"),), ["/assignments/0/unit_id"]),  # January 2024 is missing
        ((held("2019-12-31", "2020-06-30", unit_id="U2"), held("2020-07-01")), ["/assignments/0/unit_id"]),
        ((held("2024-06-01", site_id="S2"),), ["/assignments/0/site_id"]),
        ((held("2024-06-01", "2024-06-30", site_id="S2"), held("2024-07-01")), []),
        ((held("2024-12-31", post_id="J2"),), ["/assignments/0/post_id"]),
        (
            (held("2015-05-01", unit_id="U9", post_id="J9", site_id="S9", superior_id="E1"),),
            [f"/assignments/0/{field}" for field in ("unit_id", "post_id", "site_id", "superior_id")],
        ),
    ],
)
def test_assignments(assignments: tuple[Assignment, ...], expected: list[str]) -> None:
    assert pointers(replace(SOUND, assignments=assignments)) == expected


def test_several_acting_posts_may_overlap() -> None:
    acting = (held("2026-01-01", kind="plt"), held("2026-02-01", "2026-02-05", "plh", unit_id="U2"))
    assert pointers(replace(SOUND, assignments=(held("2015-05-01"), *acting))) == []


NIP, NI = "198609262015051001", "198609262021211001"


@pytest.mark.parametrize(
    ("status", "numbers", "expected"),
    [
        ("pns", (), ["/numbers"]),
        ("cpns", ((NIP, "pns", "2015-05-01", None),), []),
        ("pppk", ((NI, "pppk", "2021-01-01", None),), []),
        ("pppk_part_time", ((NI, "pppk", "2021-01-01", None),), []),
        ("pppk", ((NIP, "pns", "2015-05-01", None),), ["/numbers/0/kind"]),
        ("pns", ((NI, "pppk", "2021-01-01", "2022-12-31"), (NIP, "pns", "2023-01-01", None)), []),  # became a PNS
        (
            "pns",
            ((NIP, "pns", "2015-05-01", None), (NI, "pppk", "2021-01-01", None)),
            ["/numbers/1/valid_from", "/numbers/1/kind"],
        ),
        ("pns", ((NIP, "pns", "2015-05-01", "2015-04-30"),), ["/numbers/0/valid_to"]),
        ("pns", (("198613262015051000", "pns", "2015-05-01", None),), ["/numbers/0/number", "/numbers/0/number"]),
    ],
)
def test_numbers(status: str, numbers: tuple[tuple[str, str, str, str | None], ...], expected: list[str]) -> None:
    given = tuple(
        Number(
            number=number,
            kind=kind,  # type: ignore[arg-type]
            valid_from=date.fromisoformat(first),
            valid_to=date.fromisoformat(last) if last else None,
        )
        for number, kind, first, last in numbers
    )
    assert pointers(replace(SOUND, status=status, numbers=given, ranks=())) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "first", "expected"),
    [
        ("IX", "2019-04-01", ["/ranks/1/code"]),
        ("III/e", "2019-04-01", ["/ranks/1/code"]),
        ("III/b", "2019-03-01", ["/ranks/1/valid_from"]),
    ],
)
def test_ranks(code: str, first: str, expected: list[str]) -> None:
    ranks = (SOUND.ranks[0], Rank(code=code, valid_from=date.fromisoformat(first)))
    assert pointers(replace(SOUND, ranks=ranks)) == expected


def test_everything_wrong_is_told_at_once() -> None:
    wrong = replace(
        SOUND,
        numbers=(Number(number="123", kind="pppk", valid_from=date(2015, 5, 1)),),
        ranks=(Rank(code="Z", valid_from=date(2015, 5, 1)),),
        assignments=(held("2015-05-01", superior_id="E1"), held("2015-05-01", unit_id="U9")),
    )
    assert pointers(wrong) == [
        "/numbers/0/number",
        "/numbers/0/kind",
        "/ranks/0/code",
        "/assignments/1/valid_from",
        "/assignments/0/superior_id",
        "/assignments/1/unit_id",
    ]


def test_name_with_titles() -> None:
    assert display_name(SOUND) == "Budi Santoso"
    assert display_name(replace(SOUND, title_before="dr.", title_after="M.Kes.")) == "dr. Budi Santoso, M.Kes."
