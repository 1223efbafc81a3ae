"""A file judged against the directory: merging, references, cycles, numbers; every fault with row and column."""

from datetime import date

import pytest

from services.directory.ids import entity_id
from services.directory.transfer.base import Base
from services.directory.transfer.plan import Plan, plan
from services.directory.transfer.reading import read
from tests.unit.directory.records import POSTS, SITES, UNITS, employee, person
from tests.unit.directory.test_reading import archive

TODAY = date(2026, 11, 22)
UNIT_HEADER = "kode,nama,nama_singkat,kode_induk,berlaku_dari,berlaku_sampai\n"
PERSON_HEADER = "kode,nip,nama,jenis_kelamin,status\n"
POST_HEADER = "pegawai,jenis,kode_unit,kode_jabatan,kode_lokasi,atasan,berlaku_dari,berlaku_sampai\n"
HELD = "{},Definitif,U1,J2,L1,{},2020-01-01,\n"


def base(*people: tuple[int, int | None]) -> Base:
    found = Base(dict(UNITS), dict(SITES), dict(POSTS), {person(n): employee(n, above) for n, above in people})
    found.versions = dict.fromkeys([*found.units, *found.sites, *found.posts, *found.employees], 1)
    return found


def judged(start: Base, **files: str) -> Plan:
    return plan(read(archive(**files), "kiriman.zip"), start, today=TODAY)


def faults(start: Base, **files: str) -> list[tuple[str, int, str]]:
    return [(one.sheet, one.row, one.column) for one in judged(start, **files).findings]


def test_several_lines_are_the_versions_of_one_unit() -> None:
    lines = "U2,Kantor,Ktr,U0,2015-01-01,2019-12-31\nU2,Dinas,Din,U0,2020-01-01,\nU3,Bidang,,U2,2020-01-01,\n"
    found = judged(base(), unit=UNIT_HEADER + lines)
    assert found.findings == []
    states = {change.state.code: change.state for change in found.changes}
    assert [version.name for version in states["U2"].versions] == ["Kantor", "Dinas"]
    assert states["U3"].versions[0].parent_id == entity_id("unit", "U2")


def test_a_new_version_closes_the_open_one_and_the_same_file_again_changes_nothing() -> None:
    start = base()
    renamed = UNIT_HEADER + "U1,Dinas Sehat,,U0,2026-07-01,\n"
    found = judged(start, unit=renamed)
    (change,) = found.changes
    assert [(str(v.valid_from), str(v.valid_to), v.name) for v in change.state.versions] == [
        ("2010-01-01", "2026-06-30", "Dinas Kesehatan"),
        ("2026-07-01", "None", "Dinas Sehat"),
    ]
    assert change.version == 1
    start.units[change.identity] = change.state
    assert judged(start, unit=renamed).changes == []


def test_a_column_that_is_not_there_leaves_its_field_alone() -> None:
    found = judged(base(), unit="kode,nama,berlaku_dari\nU1,Dinas Sehat,2010-01-01\n")
    (change,) = found.changes
    assert change.state.versions[0].parent_id == entity_id("unit", "U0")
    emptied = judged(base(), unit="kode,nama,kode_induk,berlaku_dari\nU1,Dinas Sehat,,2010-01-01\n")
    assert emptied.changes[0].state.versions[0].parent_id is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("U2,A,,U9,2020-01-01,\n", [("unit", 2, "kode_induk")]),
        ("U2,A,,U2,2020-01-01,\n", [("unit", 2, "kode_induk")]),
        ("U2,A,,U1,2009-01-01,\n", [("unit", 2, "kode_induk")]),  # before the parent existed
        ("U2,A,,U3,2020-01-01,\nU3,A,,U2,2020-01-01,\n", [("unit", 2, "kode_induk"), ("unit", 3, "kode_induk")]),
        ("U2,A,,U0,2020-01-01,\nU2,B,,U0,2020-01-01,\n", [("unit", 3, "")]),  # the same line key twice
        ("U2,A,,U0,2020-01-01,\nU2,B,,U0,2019-01-01,2020-06-30\n", [("unit", 2, "berlaku_dari")]),
        ("U2,A,,U0,2020-01-01,2019-01-01\n", [("unit", 2, "berlaku_sampai")]),
        ("U2,A,,U9,besok,\n", [("unit", 2, "berlaku_dari"), ("unit", 2, "kode_induk")]),
    ],
)
def test_units(lines: str, expected: list[tuple[str, int, str]]) -> None:
    assert sorted(faults(base(), unit=UNIT_HEADER + lines)) == sorted(expected)


def test_a_cycle_of_units_through_the_directory_is_named_with_its_day() -> None:
    found = judged(base(), unit=UNIT_HEADER + "U0,Pemkot,,U1,2026-01-01,\n")
    (one,) = [finding for finding in found.findings if "berputar" in finding.detail]
    assert (one.row, one.column) == (2, "kode_induk")
    assert one.detail == "pohon unit berputar pada 2026-01-01: U0 → U1 → U0"


def test_a_unit_may_not_end_under_its_children_or_its_people() -> None:
    both = "U0,Pemkot,,,2010-01-01,2025-12-31\nU1,Dinkes,,,2010-01-01,2025-12-31\n"
    found = judged(base((1, None)), unit=UNIT_HEADER + both)
    assert [(one.row, "penugasan" in one.detail) for one in found.findings] == [(3, True)]
    found = judged(base(), unit=UNIT_HEADER + "U0,Pemkot,,,2010-01-01,2025-12-31\n")
    assert ["U1 di bawahnya" in one.detail for one in found.findings] == [True]
    site = "kode,nama,zona_waktu,berlaku_dari,berlaku_sampai\nL1,Balai,Asia/Jakarta,2010-01-01,2020-01-01\n"
    assert [(s, r, c) for s, r, c in faults(base((1, None)), lokasi=site)] == [("lokasi", 2, "berlaku_sampai")]


NIP = "198609262015051{:03}"


def test_a_person_and_a_post_make_an_employee_known_by_nip_alone() -> None:
    text = f"nip,nama,jenis_kelamin,status\n{NIP.format(7)},Sari,L,PNS\n"
    found = judged(base(), pegawai=text, penugasan=POST_HEADER + HELD.format(NIP.format(7), ""))
    assert found.findings == []
    (change,) = found.changes
    assert (change.state.code, change.identity) == (NIP.format(7), entity_id("employee", NIP.format(7)))
    assert str(change.state.numbers[0].valid_from) == "2015-05-01"  # the TMT in the number
    renamed = judged(base((7, None)), pegawai=text)
    assert [(one.identity, one.state.name, one.state.code) for one in renamed.changes] == [(person(7), "Sari", "P7")]


@pytest.mark.parametrize(
    ("people", "held", "expected"),
    [
        # a number twice in the file, for one person and for two
        (f"A,{NIP.format(7)},X,L,PNS\nA,{NIP.format(7)},X,L,PNS\n", HELD.format("A", ""), [("pegawai", 3, "nip")]),
        (
            f"A,{NIP.format(7)},X,L,PNS\nB,{NIP.format(7)},Y,L,PNS\n",
            HELD.format("A", ""),
            [("pegawai", 3, "nip")],
        ),
        # a number of somebody in the directory
        (f"A,{NIP.format(1)},X,L,PNS\n", "", [("pegawai", 2, "nip")]),
        # NIP rules: month 13, sex, sequence, each told
        (
            "A,198613262015051000,X,P,PNS\n",
            HELD.format("A", ""),
            [("pegawai", 2, "nip"), ("pegawai", 2, "nip"), ("pegawai", 2, "nip")],
        ),
        (f"A,{NIP.format(7)},X,L,PPPK\n", HELD.format("A", ""), []),  # fine as NI PPPK: 05 is the agreement
        (f"A,{NIP.format(7)},X,L,PNS\n", "", [("pegawai", 2, "")]),  # nobody is without a post
        (f"A,{NIP.format(7)},X,L,PNS\n", HELD.format("A", "Z9"), [("penugasan", 2, "atasan")]),
        (f"A,{NIP.format(7)},X,L,PNS\n", HELD.format("A", "A"), [("penugasan", 2, "atasan")]),
        (f"A,{NIP.format(7)},X,L,PNS\n", HELD.format("A", NIP.format(1)), []),
        ("", HELD.format("Z9", ""), [("penugasan", 2, "pegawai")]),
        (
            "",
            "P1,Definitif,U9,J9,L9,,2026-01-01,\n",
            [("penugasan", 2, f"kode_{what}") for what in ("jabatan", "lokasi", "unit")],
        ),
        ("", "P1,Plt,U1,J1,L1,,2014-01-01,2016-01-01\n", [("penugasan", 2, "berlaku_dari")]),  # before any primary post
        ("", "P1,Definitif,U1,J1,L1,,2014-01-01,\n", [("penugasan", 2, "")]),  # over the stored one that follows
        # unreadable in one cell, and all the rest is told as well
        (
            "A,198613262015051000,X,?,PNS\n",
            "A,Definitif,U9,J2,L1,Z9,besok,\n",
            [
                *(("pegawai", 2, "jenis_kelamin"), ("pegawai", 2, "nip"), ("pegawai", 2, "nip")),
                *(("penugasan", 2, "atasan"), ("penugasan", 2, "berlaku_dari"), ("penugasan", 2, "kode_unit")),
            ],
        ),
    ],
)
def test_people(people: str, held: str, expected: list[tuple[str, int, str]]) -> None:
    found = faults(base((1, None)), pegawai=PERSON_HEADER + people, penugasan=POST_HEADER + held)
    shown = [one for one in found if one[1] or expected]
    assert sorted(shown) == sorted(expected)


def test_superiors_in_a_circle_are_told_at_every_line_of_it() -> None:
    lines = "P1,Definitif,U1,J2,L1,P3,2026-01-01,\nP3,Definitif,U1,J2,L1,P2,2026-03-01,\n"
    found = judged(base((1, None), (2, 1), (3, None)), penugasan=POST_HEADER + lines)
    assert [(one.row, one.column) for one in found.findings] == [(2, "atasan"), (3, "atasan")]
    assert found.findings[0].detail == "rantai atasan berputar pada 2026-03-01: P1 → P3 → P2 → P1"


def test_a_transfer_closes_the_primary_post_and_leaves_acting_posts_open() -> None:
    start = base((1, None))
    start.employees[person(1)] = (
        judged(start, penugasan=POST_HEADER + "P1,Plt,U0,J1,L1,,2025-01-01,\n").changes[0].state
    )
    (change,) = judged(start, penugasan=POST_HEADER + "P1,Definitif,U0,J2,L2,,2026-12-01,\n").changes
    assert [(held.kind, str(held.valid_from), str(held.valid_to)) for held in change.state.assignments] == [
        ("primary", "2015-05-01", "2026-11-30"),
        ("plt", "2025-01-01", "None"),
        ("primary", "2026-12-01", "None"),
    ]


def test_a_number_changes_with_the_contract_and_the_old_one_is_kept() -> None:
    start = base((1, None))
    text = "kode,nip,jenis_nomor,nama,jenis_kelamin,status\n" + "P1,198609262026211001,NI PPPK,Pegawai 1,L,PPPK\n"
    (change,) = judged(start, pegawai=text).changes
    assert [(n.kind, str(n.valid_from), str(n.valid_to)) for n in change.state.numbers] == [
        ("pns", "2015-05-01", "2025-12-31"),
        ("pppk", "2026-01-01", "None"),
    ]


def test_lines_of_one_person_must_agree() -> None:
    text = f"A,{NIP.format(7)},X,L,PNS\nA,198609262021211007,Y,L,PNS\n"
    found = faults(base(), pegawai=PERSON_HEADER + text, penugasan=POST_HEADER + HELD.format("A", ""))
    assert ("pegawai", 3, "nama") in found


def test_findings_come_in_the_order_of_the_file() -> None:
    found = faults(
        base(),
        penugasan=POST_HEADER + "Z,Definitif,U9,J9,L9,,x,\n",
        unit=UNIT_HEADER + "U2,A,,U9,2020-01-01,\nU3,,,U9,2020-01-01,\n",
    )
    assert [(sheet, row) for sheet, row, _ in found] == sorted(
        ((sheet, row) for sheet, row, _ in found), key=lambda one: (one[0] != "unit", one[1])
    )
