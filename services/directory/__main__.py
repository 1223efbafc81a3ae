"""`python -m services.directory [all|api|worker]`, and the commands `demo`, `import` and `export`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from kit.csv_reading import ENCODINGS
from kit.http import configure, run
from services.directory import commands, roles
from services.directory.demo.load import EMPLOYEES
from services.directory.settings import DirectorySettings


def main() -> None:
    """Read the command and the environment, then do it."""
    asked = _parser().parse_args()
    settings = DirectorySettings.load()
    configure(settings)
    run(_chosen(settings, asked))


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m services.directory", description=__doc__)
    chosen = parser.add_subparsers(dest="command")
    for role, what in {"all": "api and worker in one process", "api": "answer", "worker": "relay and imports"}.items():
        chosen.add_parser(role, help=what)
    demo = chosen.add_parser("demo", help="load the demo city into an empty directory")
    demo.add_argument("--employees", type=int, default=EMPLOYEES)
    bring = chosen.add_parser("import", help="check a CSV, XLSX or ZIP file and apply it")
    bring.add_argument("file", type=Path)
    bring.add_argument("--dry-run", action="store_true", help="check only")
    bring.add_argument("--encoding", choices=ENCODINGS, help="of CSV files that are not Unicode")
    take = chosen.add_parser("export", help="write the directory to an .xlsx, or a .zip of CSV files")
    take.add_argument("file", type=Path)
    chosen.add_parser("run-import", help="run one queued import (what the worker starts)").add_argument("id")
    return parser


def _chosen(settings: DirectorySettings, asked: Namespace) -> Coroutine[Any, Any, None]:
    match asked.command:
        case "demo":
            return commands.demo(settings, asked.employees)
        case "import":
            return commands.import_file(settings, asked.file, dry_run=asked.dry_run, encoding=asked.encoding)
        case "export":
            return commands.export_file(settings, asked.file)
        case "run-import":
            return commands.run_import(settings, asked.id)
        case "api":
            return roles.api(settings)
        case "worker":
            return roles.worker(settings)
        case _:
            return roles.all_roles(settings)


if __name__ == "__main__":
    main()
