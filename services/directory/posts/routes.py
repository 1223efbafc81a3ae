"""Routes of posts."""

from datetime import datetime

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from services.directory.access import ORGANISATION
from services.directory.posts.models import Post
from services.directory.posts.saving import save
from services.directory.register.desk import Rules
from services.directory.register.kinds import POST
from services.directory.register.routes import add_list, add_routes, kind_router


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class PostRecord(Post):
    """A post as answered: its state, its id and version (the ETag)."""

    id: str
    version: int
    changed_at: datetime


RULES = Rules(save)
router = kind_router("posts", ORGANISATION)
add_list(router, POST, RULES, PostRecord, plural="posts", periods="")
add_routes(router, POST, RULES, Post, PostRecord)
