"""Where a view stands, from its checkpoints and the watermarks of its sources. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from kit.projector.reading import Completeness
from services.reporting.freshness.models import Freshness, LaggingSource

Positions = Mapping[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class Standing:
    """`at` is the next offset by (topic, partition), read at `as_of`; `sources` how far each is in the view."""

    at: Positions
    as_of: datetime
    sources: Sequence[Completeness]

    @property
    def complete_to(self) -> datetime | None:
        """The least of the sources; None while one has not said."""
        known = [source.complete_to for source in self.sources]
        if not known or any(instant is None for instant in known):
            return None
        return min(instant for instant in known if instant is not None)

    def freshness(self, lagging_seconds: float, position: str | None = None) -> Freshness:
        """As an answer says it; sources further behind than `lagging_seconds` are named."""
        behind = [(source.service, self._behind(source)) for source in self.sources]
        return Freshness(
            as_of=self.as_of,
            complete_to=self.complete_to,
            lagging_sources=[
                LaggingSource(source=service, behind_seconds=seconds)
                for service, seconds in behind
                if seconds is None or seconds > lagging_seconds
            ],
            position=position,
        )

    def _behind(self, source: Completeness) -> float | None:
        if source.complete_to is None:
            return None
        return round(max(0.0, (self.as_of - source.complete_to).total_seconds()), 1)

    def etag(self, *about: object) -> str:
        """A weak entity tag: the same position and the same question give the same answer, freshness apart."""
        said = repr((sorted(self.at.items()), about)).encode()
        return f'W/"{blake2b(said, digest_size=12).hexdigest()}"'


def of_sources(expected: Sequence[str], told: Sequence[Completeness]) -> list[Completeness]:
    """One row for each service the view stands on, whether it has been heard of or not."""
    known = {row.service: row for row in told}
    return [known.get(service, Completeness(service, None)) for service in sorted(expected)]
