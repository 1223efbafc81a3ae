"""What an appraisal process is told by its environment, beside kit/settings.py."""

from kit.settings import Settings, Zone


class AppraisalSettings(Settings):
    """`zone` is where the agency's own "today" is: by it a day begins, ends and lies in the future."""

    service: str = "appraisal"
    zone: Zone = "Asia/Jakarta"
