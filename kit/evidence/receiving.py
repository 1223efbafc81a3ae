"""Takes in what was sent as evidence: known by its content, or refused."""

import asyncio
from datetime import UTC, datetime
from hashlib import sha256

from kit.evidence.models import Evidence, Refused
from kit.evidence.rules import display_name, media_type
from kit.problems import FieldError, of_status


async def known(data: bytes, filename: str, at: datetime) -> Evidence:
    """What is known of a file; it has no id until it is kept. Raises Problem 422 for what is no evidence."""
    try:
        kind = await asyncio.to_thread(media_type, data)
    except Refused as refused:
        raise of_status(422, errors=[FieldError("/body", str(refused))]) from None
    return Evidence(
        id="",
        name=display_name(filename, kind),
        media_type=kind,
        size=len(data),
        sha256=sha256(data).hexdigest(),
        added_at=at.astimezone(UTC),
    )
