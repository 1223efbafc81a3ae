"""What apps and phones are refused with alike."""

from collections.abc import Sequence

from kit.problems import FieldError, Problem


def key_reused(errors: Sequence[FieldError]) -> Problem:
    """A `client_event_id` came again with other content."""
    return Problem(
        409,
        "event-id-reused",
        "Kunci presensi sudah dipakai",
        "Setiap presensi memerlukan client_event_id baru; yang lama hanya untuk mengirim ulang isi yang sama.",
        errors,
    )
