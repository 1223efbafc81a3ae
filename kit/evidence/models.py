"""What is known of a file of evidence, and why one is refused."""

from datetime import datetime

from pydantic import BaseModel, Field


class Refused(ValueError):
    """It is no evidence; the message says why, in Indonesian, to whoever sent it."""


class Evidence(BaseModel):
    """A file that shows what was done. `media_type` is what it is by its content; `name` is for display only."""

    id: str
    name: str
    media_type: str
    size: int = Field(description="Bytes")
    sha256: str
    added_at: datetime
