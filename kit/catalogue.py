"""docs/api/telemetry.md and docs/api/problems.md, generated: what is measured, and what can go wrong over HTTP.

`python -m kit.catalogue generate` writes them, `python -m kit.catalogue check` fails when they are stale. Metrics come
from kit/metrics.py; problems from the calls `Problem(status, "slug", "title", …)` in the sources, which is why these
three are written as literals (a title may have a part filled in).
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kit import metrics, problems

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs" / "api"
SOURCES = ("kit", "services")


class NotLiteral(ValueError):
    """A problem whose status, slug or title cannot be read from the source; the message says where."""


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """One kind of problem and the service that raises it (`kit`: any)."""

    slug: str
    status: int
    title: str
    where: str


def outputs() -> dict[Path, str]:
    """Every generated document and what it must say."""
    return {DOCS / "telemetry.md": telemetry(), DOCS / "problems.md": problem_table(raised(ROOT))}


def telemetry() -> str:
    """docs/api/telemetry.md."""
    lines = [
        "# Telemetry",
        "",
        "Generated from `kit/metrics.py` by `python -m kit.catalogue generate`; do not edit.",
        "",
        "Each process answers `/metrics` on its own port (Prometheus text). A gauge with label `partition` goes away",
        "with the partition. Histograms add `_bucket`, `_sum` and `_count`.",
        "",
        "| metric | kind | unit | labels | meaning |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| `{one.name}` | {one.kind} | {one.unit} | {_coded(one.labels)} | {one.meaning} |"
        for one in metrics.CATALOGUE
    ]
    lines += ["", "## Buckets", "", "| metrics | boundaries | why |", "|---|---|---|"]
    for (buckets, why), names in _by_buckets().items():
        bounds = ", ".join(f"{bound:g}" for bound in buckets)
        lines.append(f"| {_coded(names)} | {bounds} | {why} |")
    lines += ["", "## Traces", "", _TRACES]
    return "\n".join(lines)


def _coded(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _by_buckets() -> dict[tuple[tuple[float, ...], str], list[str]]:
    found: dict[tuple[tuple[float, ...], str], list[str]] = {}
    for one in metrics.CATALOGUE:
        if one.buckets:
            found.setdefault((one.buckets, one.why), []).append(one.name)
    return found


_TRACES = """\
Spans leave a process only when `KINERJA_OTLP_ENDPOINT` is set; `KINERJA_TRACE_RATIO` of new traces is recorded (1 %), \
and a trace that comes in with `traceparent` is followed as its sender decided. A batch is a trace of its own that \
links to the traces of the records in it. Exceptions are named by `error.type`; their text, message contents, names \
and numbers of people are never recorded.

| span | kind | attributes |
|---|---|---|
| `<METHOD> <route template>` | server | `http.request.method`, `http.route`, `http.response.status_code` |
| `send <topic>` | producer | `messaging.system`, `messaging.destination.name`, `messaging.batch.message_count` |
| `process <topic>` | consumer | the same, and `messaging.consumer.group.name`, `messaging.destination.partition.id` |
"""


def raised(root: Path) -> list[Listed]:
    """Every problem the sources below `root` can answer, by slug. Raises NotLiteral."""
    found = {Listed(slug, status, title, "kit") for status, (slug, title, _) in problems.BY_STATUS.items()}
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*.py")):
            found.update(_in_file(path, path.relative_to(root).as_posix()))
    return sorted(found)


def _in_file(path: Path, name: str) -> Iterator[Listed]:
    if name == "kit/problems.py":
        return  # its calls take what BY_STATUS says
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and _called(node.func) == "Problem":
            given = dict(zip(("status", "slug", "title"), node.args, strict=False))
            given |= {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
            values = [_literal(given.get(part)) for part in ("status", "slug", "title")]
            match values:
                case [int(status), str(slug), str(title)] if "…" not in slug:
                    yield Listed(slug, status, title, _service(name))
                case _:
                    raise NotLiteral(f"{name}:{node.lineno}: write status, slug and title of Problem as literals")


def _service(name: str) -> str:
    return "kit" if name.startswith("kit/") else "/".join(name.split("/")[:2])


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literal(node: ast.expr | None) -> object:
    if isinstance(node, ast.JoinedStr):  # what is filled in at run time shows as an ellipsis
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return node.value if isinstance(node, ast.Constant) else None


def problem_table(found: list[Listed]) -> str:
    """docs/api/problems.md."""
    lines = [
        "# Problems",
        "",
        "Generated from the sources by `python -m kit.catalogue generate`; do not edit.",
        "",
        "Every error of the JSON API is `application/problem+json` (RFC 9457): `type` is `/problems/<slug>`, `title`",
        "and `detail` are Indonesian sentences for a person, `errors` lists every wrong field at once with a JSON",
        "pointer, and `trace_id` finds the request in logs and traces.",
        "",
        "| slug | status | title | raised in |",
        "|---|---|---|---|",
    ]
    for slug in sorted({one.slug for one in found}):
        same = [one for one in found if one.slug == slug]
        statuses = ", ".join(sorted({str(one.status) for one in same}))
        titles = "; ".join(sorted({one.title for one in same}))
        places = _coded(sorted({one.where for one in same}))
        lines.append(f'| <a id="{slug}"></a>`{slug}` | {statuses} | {titles} | {places} |')
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """`generate` or `check`; returns the exit code."""
    if arguments not in (["generate"], ["check"]):
        print("usage: python -m kit.catalogue generate|check")
        return 2
    wanted = outputs()
    if arguments == ["generate"]:
        for path, text in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return 0
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    for path in stale:
        print(f"{path.relative_to(ROOT)} is stale: run `python -m kit.catalogue generate`")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
