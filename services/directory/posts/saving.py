"""Saving one post: nobody may be left holding a post that no longer exists, then the write."""

from services.directory.employees.usage import left_out
from services.directory.posts.models import Post
from services.directory.posts.rules import violations
from services.directory.register.kinds import POST
from services.directory.register.rows import Row
from services.directory.register.writing import Writing
from services.directory.violations import Violations


async def save(writing: Writing, identity: str, post: Post, version: int) -> Row[Post]:
    """Check and put. Raises Violations with everything wrong at once, Conflict for a stale version."""
    found = violations(post)
    before = await writing.view.one(POST, identity)
    if not found and before:
        found += await left_out(writing.view, "post_id", identity, [before.state], [post], ("valid_to",))
    if found:
        raise Violations(found)
    return await writing.put(POST, identity, post, version=version)
