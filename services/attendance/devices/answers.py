"""The texts a terminal understands. Pure; devices.md sections 1.2, 1.3 and 1.6."""

from datetime import datetime

from services.attendance.devices.models import Device
from services.attendance.punches.instants import utc_offset_seconds

OK = b"OK"
# Firmware keeps its own "sent" marks and only honours 0 = send everything again; any other constant is echoed back.
STAMP = 9999


def counted(lines: int) -> bytes:
    """`OK: n`. A bare OK to ATTLOG made a terminal send the same batch 220 times."""
    return b"OK: %d" % lines


def zone_option(zone: str, at: datetime) -> int:
    """The integer `TimeZone`: whole hours as such, other offsets in minutes (330 = +05:30)."""
    minutes = utc_offset_seconds(zone, at) // 60
    return minutes // 60 if minutes % 60 == 0 else minutes


def handshake(serial: str, device: Device, zone: str, at: datetime, *, recollect: bool = False) -> bytes:
    """The option block. `recollect` sends stamps of 0 once: the terminal then uploads all it holds."""
    stamp = 0 if recollect else STAMP
    lines = [
        f"GET OPTION FROM: {serial}",
        f"ATTLOGStamp={stamp}",
        f"OPERLOGStamp={STAMP}",
        f"ATTPHOTOStamp={STAMP}",
        f"BIODATAStamp={STAMP}",
        f"ERRORLOGStamp={STAMP}",
        f"Stamp={stamp}",
        f"OpStamp={STAMP}",
        f"PhotoStamp={STAMP}",
        f"ErrorDelay={device.error_delay}",
        f"Delay={device.delay}",
        "TransTimes=00:00;14:05",
        "TransInterval=1",
        f"TransFlag={device.trans_flag}",
        f"TimeZone={zone_option(zone, at)}",
        "Realtime=1",
        "Encrypt=None",
    ]
    return ("\n".join(lines) + "\n").encode()
