"""What checks find, in Indonesian sentences for whoever enters it."""

from collections.abc import Mapping

from services.attendance.schedules.checks import Finding

SENTENCES: Mapping[str, str] = {
    "shifts_overlap": "ada sif yang bertumpuk dengan sif lain pada hari itu atau dengan sif hari berikutnya",
    "hole": "tidak ada ketentuan mulai {at}; pada tanggal itu pegawai tanpa jadwal",
    "periods_overlap": "yang mulai berlaku {at} bertumpuk dengan yang masih berlaku pada tanggal itu",
    "unknown_pattern": "pola kerja ini tidak ada",
    "unknown_zone": "zona waktu sebuah lokasi tidak dikenal",
    "unknown_unit": "unit kerja ini tidak ada dalam direktori",
    "unknown_site": "lokasi kerja ini tidak ada dalam direktori",
    "rostered_twice": "dijadwalkan dua kali pada {at}",
    "holiday_twice": "hari libur lain yang sama sudah ada pada {at}",
    "ramadans_overlap": "bertumpuk dengan bulan Ramadan lain yang sudah tercatat",
    "week_differs": "rata-rata {week} seminggu tanpa istirahat; Perpres 21/2023 Pasal 4 menetapkan {law}",
    "ramadan_week_differs": "dalam Ramadan rata-rata {week} seminggu tanpa istirahat; "
    "Perpres 21/2023 Pasal 4 menetapkan {law}",
}


def sentence(found: Finding) -> str:
    """What is wrong, without naming ids: those who read it see where by its place."""
    values = found.values
    return SENTENCES[found.code].format(
        at=found.at, week=_hours(values.get("week_minutes", 0)), law=_hours(values.get("law_minutes", 0))
    )


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} jam {rest} menit" if rest else f"{hours} jam"
