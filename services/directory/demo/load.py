"""The demo city as an import file, so that it comes in by the door everybody uses."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from services.directory.demo.city import sites, units
from services.directory.demo.people import employees, posts
from services.directory.employees.models import Employee
from services.directory.ids import entity_id
from services.directory.transfer.lines_out import Codes, employee_lines, post_line, site_line, unit_lines
from services.directory.transfer.writing import Writer, ZipWriter

EMPLOYEES = 5_000
FILENAME = "nusa-harapan.zip"


def archive(count: int = EMPLOYEES) -> bytes:
    """The city with `count` employees as a ZIP of CSV files. Raises ValueError when `count` is too small."""
    with TemporaryDirectory(prefix="directory-demo-") as folder:
        path = Path(folder) / FILENAME
        with ZipWriter(path) as writer:
            write(writer, list(employees(count)))
        return path.read_bytes()


def write(writer: Writer, people: Sequence[Employee]) -> None:
    """The city with these people, line by line."""
    codes = Codes(
        units={identity: unit.code for identity, unit in units().items()},
        sites={identity: site.code for identity, site in sites().items()},
        posts={identity: post.code for identity, post in posts().items()},
        employees={entity_id("employee", person.code): person.code for person in people},
    )
    for unit in units().values():
        for sheet, cells in unit_lines(unit, codes):
            writer.line(sheet, cells)
    for site in sites().values():
        writer.line(*site_line(site))
    for post in posts().values():
        writer.line(*post_line(post))
    for person in people:
        for sheet, cells in employee_lines(person, codes):
            writer.line(sheet, cells)
