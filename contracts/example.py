"""Examples: records as they lie on a topic, in `contracts/examples/<topic>/<type without namespace>.<case>.json`.

They are documentation (AsyncAPI shows the `full` one) and test material: every consumer must fold every example of
the topics it reads, and a past surprise becomes a new example rather than a test of its own.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.base import NAMESPACE
from contracts.topics import BY_NAME

FOLDER = Path(__file__).parent / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """One record: the topic it lies on, its headers as text and its value."""

    topic: str
    type: str
    case: str
    headers: dict[str, str]
    data: dict[str, Any]

    @property
    def key(self) -> bytes:
        """The Kafka key of the record."""
        return self.headers["ce_subject"].encode()

    @property
    def value(self) -> bytes:
        """The Kafka value of the record: compact JSON."""
        return json.dumps(self.data, ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def kafka_headers(self) -> list[tuple[str, bytes]]:
        """The headers of the record as a Kafka client takes and gives them."""
        return [(name, text.encode()) for name, text in self.headers.items()]


def examples(topic: str | None = None) -> Iterator[Example]:
    """Every example, or those of one topic, in the order of their file names.

    Raises ValueError for a file that is not named as the folder's rule says.
    """
    for path in sorted(FOLDER.glob(f"{topic or '*'}/*.json")):
        *short, case = path.stem.split(".")
        if path.parent.name not in BY_NAME:
            raise ValueError(f"{path}: {path.parent.name} is no topic of contracts/topics.py")
        content = json.loads(path.read_bytes())
        service = path.parent.name.partition(".")[0]
        yield Example(
            path.parent.name, ".".join([NAMESPACE, service, *short]), case, content["headers"], content["data"]
        )


def example(event_type: str, case: str) -> Example:
    """One example by type and case. Raises LookupError when there is none."""
    for found in examples():
        if (found.type, found.case) == (event_type, case):
            return found
    raise LookupError(f"{event_type} has no example {case!r} under {FOLDER}")
