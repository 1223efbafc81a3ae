"""The access log of one person, from both places it is kept in."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from kit.mongo import Database, Document
from services.reporting.reads.folds import GENERATION, READS
from services.reporting.reads.own import OWN


class ReadStore:
    """Reads documents by the beginning of their id: the cost is the page, not the history."""

    def __init__(self, db: Database) -> None:
        self._kept = (db[f"{READS}_v{GENERATION}"], db[OWN])

    async def page(self, employee: str, before: str | None, limit: int) -> list[Document]:
        """The newest days first; `before` is the id of the last one of the page before."""
        ids = {"$gte": f"{employee}|", "$lt": before or f"{employee}|~"}
        found: list[Document] = []
        for rows in self._kept:
            found += await rows.find({"_id": ids}).sort("_id", -1).limit(limit).to_list(None)
        return sorted(found, key=lambda row: str(row["_id"]), reverse=True)[:limit]


def write_cursor(row: Document) -> str:
    """Where the next page starts: after this one."""
    return urlsafe_b64encode(str(row["_id"]).encode()).decode().rstrip("=")


def read_cursor(cursor: str, employee: str) -> str | None:
    """The id a cursor stands for; None when it is not one of this person's."""
    try:
        identity = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError:
        return None
    return identity if identity.startswith(f"{employee}|") else None
