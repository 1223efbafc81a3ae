"""The public keys that have signed, in MongoDB, each with the time it was in use: old receipts verify for ever."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pymongo.errors import DuplicateKeyError

from kit.mongo import DURABLE, Database, Document
from services.attendance.receipts.signing import BadKey, PublicKeys, Signer, pem_of, public_keys

COLLECTION = "receipt_keys"


class Keys:
    """Public halves only; the private key is never stored."""

    def __init__(self, db: Database) -> None:
        self._keys = db.get_collection(COLLECTION, write_concern=DURABLE)

    async def use(self, signer: Signer, now: datetime) -> bool:
        """From now on this key signs and the former one does not any more. False when it did already."""
        known = await self._keys.find_one({"_id": signer.key_id, "until": None})
        await self._keys.update_many({"_id": {"$ne": signer.key_id}, "until": None}, {"$set": {"until": now}})
        if known is not None:
            return False
        try:
            await self._keys.insert_one(
                {"_id": signer.key_id, "public": pem_of(signer.public), "since": now, "until": None}
            )
        except DuplicateKeyError:  # a former one is taken into use again
            await self._keys.update_one({"_id": signer.key_id}, {"$set": {"until": None}})
        return True

    async def all(self) -> list[Document]:
        """Oldest first."""
        found: list[Document] = await self._keys.find().sort("since", 1).to_list(None)
        return found

    async def public(self) -> PublicKeys:
        """By id, without any whose text is not that of its id: such a one has been tampered with."""
        found: dict[str, Ed25519PublicKey] = {}
        for row in await self.all():
            try:
                keys = public_keys([row["public"].encode()])
            except BadKey:
                continue
            found |= {name: key for name, key in keys.items() if name == row["_id"]}
        return found
