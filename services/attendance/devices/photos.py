"""Attendance photos: kept byte for byte, encrypted at rest, for a few days; then only hash and size remain.

devices.md section 1.4; UU 27/2022 (biometric data). AES-256-GCM, the key from settings; the terminal's serial number
is bound to the cipher text, so that photos cannot be exchanged between terminals.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from os import urandom
from typing import Any

from bson import ObjectId
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kit.mongo import DURABLE, Database

COLLECTION = "photos"
_NONCE = 12
_CHUNK = 8 * 1024 * 1024  # below MongoDB's 16 MiB a document
_HEADER_MOST = 1_024


def key_from(secret: str) -> bytes:
    """A 256-bit key from a configured text."""
    return sha256(b"kinerja attendance photos\0" + secret.encode()).digest()


class Photos:
    """`days` is the retention; 0 keeps only hash and size from the start."""

    def __init__(self, db: Database, key: bytes, *, days: int) -> None:
        self._collection = db.get_collection(COLLECTION, write_concern=DURABLE)
        self._cipher = AESGCM(key)
        self._days = days

    async def setup(self) -> None:
        """The index that purges. Idempotent."""
        await self._collection.create_index("expires", name="purge", expireAfterSeconds=0)
        await self._collection.create_index("request", name="request")

    async def keep(self, serial: str, body: bytes, at: datetime) -> dict[str, Any]:
        """Store a photo request; returns what the journal entry says of it: header text, hash, size, reference."""
        header, _, picture = body.partition(b"\0")
        if not picture:
            header = b""
        fields: dict[str, Any] = {
            "raw": header[:_HEADER_MOST],
            "sha256": sha256(body).hexdigest(),
            "size": len(body),
        }
        if self._days == 0:
            return fields
        request = ObjectId()
        documents = []
        for number, start in enumerate(range(0, max(1, len(body)), _CHUNK)):
            nonce = urandom(_NONCE)
            documents.append(
                {
                    "request": request,
                    "part": number,
                    "nonce": nonce,
                    "cipher": self._cipher.encrypt(nonce, body[start : start + _CHUNK], serial.encode()),
                    "expires": at + timedelta(days=self._days),
                }
            )
        await self._collection.insert_many(documents)
        return {**fields, "photo": request}

    async def read(self, serial: str, request: ObjectId) -> bytes | None:
        """The bytes as received, or None when they were purged."""
        parts = await self._collection.find({"request": request}).sort("part", 1).to_list(None)
        if not parts:
            return None
        return b"".join(self._cipher.decrypt(part["nonce"], part["cipher"], serial.encode()) for part in parts)
