"""What a feedback process is told by its environment, beside kit/settings.py."""

from kit.settings import Settings, Zone


class FeedbackSettings(Settings):
    """`zone` is where the agency's own "today" is."""

    service: str = "feedback"
    zone: Zone = "Asia/Jakarta"
