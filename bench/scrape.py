"""What a process says of itself on /metrics."""

from collections.abc import Iterator
from http.client import HTTPConnection

from deploy.local.settings import HOST


def samples(port: int) -> Iterator[tuple[str, dict[str, str], float]]:
    """(name, labels, value) of everything it exposes. Raises OSError when it does not answer."""
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
    finally:
        connection.close()
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, rest = line.partition("{")
            if rest:
                labels, _, value = rest.rpartition("} ")
                yield name, dict(_labels(labels)), float(value.split()[0])
            else:
                name, _, value = line.partition(" ")
                yield name, {}, float(value.split()[0])


def phases(port: int) -> dict[str, float]:
    """How a projector has spent its time since it started, in seconds by phase."""
    return {labels["phase"]: value for name, labels, value in samples(port) if name == "projector_phase_seconds_total"}


def worst(port: int, metric: str) -> float:
    """The largest value of a gauge over its labels; 0 when it has none."""
    return max((value for name, _, value in samples(port) if name == metric), default=0.0)


def total(port: int, metric: str) -> float:
    """A counter summed over its labels."""
    return sum(value for name, _, value in samples(port) if name == metric)


def _labels(text: str) -> Iterator[tuple[str, str]]:
    """Our labels hold no quotes and no commas."""
    for pair in text.split(","):
        name, _, value = pair.partition("=")
        yield name, value.strip('"')
