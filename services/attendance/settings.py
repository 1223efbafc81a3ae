"""What an attendance process is told by its environment, beside kit/settings.py."""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from kit.proxies import OWN_MACHINE, Networks
from kit.settings import MEBIBYTE, ConfigurationError, Settings
from services.attendance.days.tables import known_preset
from services.attendance.punches.zones import known_zone
from services.attendance.receipts.signing import BadKey, Signer


class AttendanceSettings(Settings):
    """One class for all roles. Sizes in bytes, times in seconds.

    `health_port` carries the probes of the device role, whose own port belongs to terminals (default: port + 100).
    `trusted_proxies` are the networks our own edge speaks from (CIDR, separated by commas): only there does
    `X-Forwarded-For` say where a terminal is. `default_zone` is what an unknown terminal is told, so that its clock is
    never set wrongly. `default_go_live` is the go-live date of a terminal approved without one: it lies after the dates
    clocks fall back to when power is lost. `pending_bytes` bounds what is kept of one terminal that nobody approved,
    `pending_devices` how many such may be listed. `body_most` is the largest body kept whole, `in_flight_most` the
    bytes of bodies in memory at once. `ack_seconds`: a terminal is answered by then, with 503 when storage has not
    confirmed. `silent_polls` times its polling delay, in office hours, makes a terminal silent. `photo_key` (any text)
    encrypts photos at rest; without it a key is derived from the installation's token. They are purged to hash and size
    after `photo_days`. `lateness` names the table of bands (rules/lateness.yaml) the agency has chosen.
    after `photo_days`. `receipt_key` signs receipts of punches, in the worker: an Ed25519 key as PEM or its 32 bytes in
    base64, or in a file at `receipt_key_file`; without one there are no receipts. `audit_seconds` is the pause between
    two looks of the auditor of receipts.
    after `photo_days`. Balances of annual leave begin with `leave_first_year`: what was left before is an adjustment.
    """

    service: str = "attendance"
    lateness: Annotated[str, AfterValidator(known_preset)] = "bawaan"
    health_port: int | None = Field(default=None, ge=1, le=65535)
    api_port: int = Field(default=8111, ge=1, le=65535)
    worker_port: int = Field(default=8119, ge=1, le=65535)
    trusted_proxies: Networks = OWN_MACHINE
    default_zone: Annotated[str, AfterValidator(known_zone)] = "Asia/Jakarta"
    default_go_live: date = date(2015, 1, 2)
    pending_bytes: int = Field(default=64 * MEBIBYTE, ge=1024)
    pending_devices: int = Field(default=5_000, ge=0)
    body_most: int = Field(default=16 * MEBIBYTE, ge=MEBIBYTE)
    in_flight_most: int = Field(default=256 * MEBIBYTE, ge=16 * MEBIBYTE)
    upload_most: int = Field(default=256 * MEBIBYTE, ge=MEBIBYTE)
    ack_seconds: float = Field(default=8, gt=0)
    enrolments_cached: int = Field(default=100_000, ge=100)
    flush_seconds: float = Field(default=2, gt=0)
    publish_seconds: float = Field(default=5, gt=0)
    heartbeat_publish_seconds: float = Field(default=60, gt=0)
    sweep_seconds: float = Field(default=2, gt=0)
    silent_polls: int = Field(default=3, ge=1)
    office_from: str = Field(default="06:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    office_to: str = Field(default="18:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    office_weekdays: str = Field(default="12345", pattern=r"^[1-7]+$")
    unanswered_seconds: float = Field(default=300, gt=0)
    photo_key: SecretStr | None = None
    photo_days: int = Field(default=7, ge=0, le=90)
    receipt_key: SecretStr | None = None
    receipt_key_file: Path | None = None
    audit_seconds: float = Field(default=10, gt=0)
    leave_first_year: int = Field(default=2026, ge=2000, le=2200)

    @property
    def photo_secret(self) -> str:
        """What photos are encrypted with. Raises ConfigurationError where there is neither key nor token."""
        secret = self.photo_key or self.token
        if secret is None:
            raise ConfigurationError("KINERJA_PHOTO_KEY: missing; photos of terminals are kept encrypted only")
        return secret.get_secret_value()

    @property
    def receipt_signer(self) -> Signer | None:
        """The key receipts are signed with; None without one. Raises ConfigurationError for one that is none."""
        secret = self.receipt_key.get_secret_value() if self.receipt_key else ""
        try:
            if self.receipt_key_file is not None:
                secret = self.receipt_key_file.read_text()
            return Signer.of(secret) if secret.strip() else None
        except (OSError, BadKey, UnicodeDecodeError) as error:
            raise ConfigurationError(f"KINERJA_RECEIPT_KEY: {error}") from None

    @property
    def probes_port(self) -> int:
        """Where the device role answers /healthz, /readyz and /metrics."""
        return self.health_port or self.port + 100
