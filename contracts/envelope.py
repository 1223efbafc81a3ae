"""CloudEvents 1.0 in Kafka binary mode: attributes are headers `ce_*`, the value is the data as JSON.

Source: CloudEvents Kafka protocol binding 1.0.2, section 3.2. `ce_type` is always written first, so that a
consumer can route or skip a record by looking at one header. `ce_time` is when the fact happened,
`ce_recordedtime` (our extension) when the service knew of it. Both are RFC 3339 in UTC.

Kafka allows a header without a value (null); anybody may write one, so reading treats it as an empty one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

SPEC_VERSION = b"1.0"
CONTENT_TYPE = b"application/json"

Headers = Sequence[tuple[str, bytes | None]]


class EnvelopeError(ValueError):
    """A record whose headers are not a CloudEvent of ours; the message says which attribute is wrong."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The attributes of one event. `subject` is the Kafka key (an entity id, never a name or NIP)."""

    id: str
    type: str
    source: str
    subject: str
    time: datetime
    recorded: datetime
    traceparent: str = ""


def rfc3339(instant: datetime) -> str:
    """An aware instant as RFC 3339 in UTC, microseconds only when present, `Z` at the end."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def headers(
    *, event_id: str, event_type: str, source: str, subject: str, time: str, recorded: str, traceparent: str = ""
) -> list[tuple[str, bytes]]:
    """Kafka headers of one event; `time` and `recorded` are already RFC 3339 (formatted once, when journaled)."""
    out = [
        ("ce_type", event_type.encode()),
        ("ce_id", event_id.encode()),
        ("ce_time", time.encode()),
        ("ce_recordedtime", recorded.encode()),
        ("ce_source", source.encode()),
        ("ce_subject", subject.encode()),
        ("ce_specversion", SPEC_VERSION),
        ("content-type", CONTENT_TYPE),
    ]
    if traceparent:
        out.append(("traceparent", traceparent.encode()))
    return out


def event_type(record_headers: Headers) -> str:
    """The `ce_type` of a record, or "" when it has none."""
    if record_headers and record_headers[0][0] == "ce_type":
        return (record_headers[0][1] or b"").decode("utf-8", "replace")
    return attribute(record_headers, "ce_type")


def attribute(record_headers: Iterable[tuple[str, bytes | None]], name: str) -> str:
    """One header as text, or "" when absent."""
    for key, value in record_headers:
        if key == name:
            return (value or b"").decode("utf-8", "replace")
    return ""


def parse(record_headers: Headers) -> Envelope:
    """All attributes of a record. Raises EnvelopeError naming the first attribute that is missing or malformed."""
    found = {key: (value or b"").decode("utf-8", "replace") for key, value in record_headers}
    for required in ("ce_type", "ce_id", "ce_time", "ce_recordedtime", "ce_source", "ce_subject"):
        if not found.get(required):
            raise EnvelopeError(f"header {required} is missing")
    if found.get("ce_specversion") != "1.0":
        raise EnvelopeError(f"header ce_specversion is {found.get('ce_specversion', 'missing')!r}, expected '1.0'")
    return Envelope(
        id=found["ce_id"],
        type=found["ce_type"],
        source=found["ce_source"],
        subject=found["ce_subject"],
        time=_instant(found, "ce_time"),
        recorded=_instant(found, "ce_recordedtime"),
        traceparent=found.get("traceparent", ""),
    )


def _instant(found: dict[str, str], name: str) -> datetime:
    try:
        value = datetime.fromisoformat(found[name])
    except ValueError as error:
        raise EnvelopeError(f"header {name} is not RFC 3339: {found[name]!r}") from error
    if value.tzinfo is None:
        raise EnvelopeError(f"header {name} has no offset: {found[name]!r}")
    return value
