"""Tools of the contracts, run at the repository's root.

`python -m contracts generate` writes contracts/schemas/, docs/api/asyncapi.json and docs/api/topics.md.
`python -m contracts check` fails when what is committed is not what would be generated.
`python -m contracts compatibility --base origin/main` fails when a published type changed so that somebody breaks.
"""

import argparse
import json
import subprocess  # noqa: S404 - asks git for the committed schemas
import sys
from pathlib import Path

from contracts import asyncapi, compatibility, published

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs" / "api"


def outputs() -> dict[Path, str]:
    """Every generated file and what it must say."""
    found = {
        published.FOLDER / published.file_name(event_type): published.render(schema)
        for event_type, schema in published.schemas().items()
    }
    found[DOCS / "asyncapi.json"] = published.render(asyncapi.document())
    found[DOCS / "topics.md"] = asyncapi.topic_table()
    return found


def generate() -> int:
    """Write what is generated and remove schemas of types that are gone."""
    wanted = outputs()
    for path in _committed() - wanted.keys():
        path.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return 0


def check() -> int:
    """1 when a generated file is missing, stale or left over; says which."""
    wanted = outputs()
    wrong = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    wrong += list(_committed() - wanted.keys())
    for path in sorted(wrong):
        print(f"{path.relative_to(ROOT)} is not what the contracts say: run `python -m contracts generate`")
    return 1 if wrong else 0


def _committed() -> set[Path]:
    return set(published.FOLDER.glob("*" + published.SUFFIX))


def compare(base: str) -> int:
    """1 when a type changed in a way that breaks a reader since `base`, a git revision; prints every change."""
    changes = compatibility.compare_all(schemas_at(base), published.schemas())
    for change in changes:
        print(change)
    breaks = [change for change in changes if change.breaking]
    if breaks:
        print(f"\n{len(breaks)} breaking: publish a new version of the type beside the old one, or roll out as said.")
    return 1 if breaks else 0


def schemas_at(revision: str) -> dict[str, published.Schema]:
    """The committed schemas of a git revision, by type. Raises SystemExit when git does not know the revision."""
    folder = published.FOLDER.relative_to(ROOT).as_posix()
    names = _git("ls-tree", "--name-only", revision, f"{folder}/").splitlines()
    return {
        Path(name).name.removesuffix(published.SUFFIX): json.loads(_git("show", f"{revision}:{name}"))
        for name in names
        if name.endswith(published.SUFFIX)
    }


def _git(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - fixed program, arguments are not a shell's
        ["git", *arguments],  # noqa: S607 - git is found on the path like everywhere
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"git {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout


def main(arguments: list[str]) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m contracts", description="Tools of the contracts.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("generate", help="write schemas, AsyncAPI and the topic table")
    commands.add_parser("check", help="fail when generated files are stale")
    compatible = commands.add_parser("compatibility", help="fail when a published type changed incompatibly")
    compatible.add_argument("--base", required=True, help="git revision to compare with")
    chosen = parser.parse_args(arguments)
    if chosen.command == "compatibility":
        return compare(chosen.base)
    return generate() if chosen.command == "generate" else check()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
