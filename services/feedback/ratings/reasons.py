"""What a citizen may tap beside the stars. The ids stay for ever: they are counted under them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason in both languages of the app."""

    id: str
    id_text: str
    en_text: str


REASONS = (
    Reason("quick", "Cepat", "Quick"),
    Reason("friendly", "Ramah", "Friendly"),
    Reason("clear", "Penjelasan jelas", "Clearly explained"),
    Reason("tidy", "Tempat bersih dan rapi", "Clean and tidy place"),
    Reason("slow", "Lambat", "Slow"),
    Reason("unclear", "Penjelasan kurang jelas", "Poorly explained"),
    Reason("unfriendly", "Kurang ramah", "Unfriendly"),
    Reason("pungli", "Diminta uang di luar ketentuan", "Asked for money outside the rules"),
)
KNOWN = frozenset(reason.id for reason in REASONS)
MOST = 5
