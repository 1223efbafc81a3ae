"""What makes a post sound. Pure."""

from services.directory.posts.models import Post
from services.directory.validity import last_day
from services.directory.violations import Violation


def violations(post: Post) -> list[Violation]:
    """Everything wrong with one post."""
    if last_day(post) < post.valid_from:
        return [Violation(("valid_to",), f"mendahului valid_from {post.valid_from}")]
    return []
