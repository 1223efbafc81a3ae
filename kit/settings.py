"""What a process is told by its environment. Every variable starts with `KINERJA_`.

A service subclasses `Settings`, gives `service` its name and adds its own fields; `load` refuses to start half
configured and names everything that is wrong at once, by the name of the variable and without showing any value.
"""

from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "KINERJA_"
MEBIBYTE = 1024 * 1024


def _bootstrap(value: str) -> str:
    for server in value.split(","):
        host, _, port = server.strip().rpartition(":")
        if not host or not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError("expected host:port, or several separated by commas")
    return value


def _address(value: str) -> str:
    if not value.startswith(("https://", "http://")) or value.split("://", 1)[1] == "":
        raise ValueError("expected an address that begins with https:// (or http:// on a machine of one's own)")
    return value


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("expected an IANA time zone such as Asia/Jakarta")
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]
"""The name of an IANA time zone."""

Address = Annotated[str, AfterValidator(_address)]


class ConfigurationError(SystemExit):
    """The environment is not usable; the message lists every wrong variable. Ends the process with this message."""


class Settings(BaseSettings):
    """Settings every service has. Frozen: a process is configured once, at start.

    `kafka` is where brokers are asked for the others, as host:port; topics that are missing are made with
    `kafka_replication` copies. `port` is where the process listens. `issuer` is the OpenID issuer whose access tokens
    open the API, exactly as they name it; `issuer_keys` the address of its keys where they are not to be found by
    discovery; `audience` what tokens meant for this installation carry. `token` is the installation's own, for the
    programs on its own machine (ADR 15). `otlp_endpoint` is an OTLP/HTTP collector's base address, absent = no traces
    leave the process; `trace_ratio` the share of new traces that is recorded. `version` is the tag of the running
    image. `instance` is the ordinal of this process among its kind: it becomes Kafka's `group.instance.id`.
    `body_limit` is the largest JSON request body in bytes; a route that takes files sets its own (`max_body_size`). On
    SIGTERM a process answers "not ready" for `drain_seconds`, then stops accepting and gives running requests
    `graceful_seconds`.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

    service: str = Field(min_length=1)
    kafka: Annotated[str, AfterValidator(_bootstrap)]
    kafka_replication: int = Field(default=1, ge=1)
    mongo: SecretStr = Field(min_length=1)
    mongo_database: str = Field(min_length=1)
    host: str = "127.0.0.1"
    port: int = Field(ge=1, le=65535)
    issuer: Address | None = None
    issuer_keys: Address | None = None
    audience: str = "kinerja"
    token: SecretStr | None = Field(default=None, min_length=16)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    otlp_endpoint: str | None = None
    trace_ratio: float = Field(default=0.01, ge=0, le=1)
    version: str = "dev"
    instance: int = Field(default=0, ge=0)
    body_limit: int = Field(default=MEBIBYTE, ge=1024)
    drain_seconds: float = Field(default=0, ge=0)
    graceful_seconds: int = Field(default=10, ge=1)

    @property
    def installation_token(self) -> str | None:
        """The installation's own token, where it has one."""
        return self.token.get_secret_value() if self.token else None

    @classmethod
    def load(cls) -> Self:
        """Settings from the environment. Raises ConfigurationError naming every wrong variable."""
        try:
            return cls()
        except ValidationError as error:
            lines = [f"  {_variable(item['loc'])}: {_reason(item['type'], item['msg'])}" for item in error.errors()]
            raise ConfigurationError(
                "these environment variables are missing or wrong:\n" + "\n".join(sorted(lines))
            ) from None


def _variable(location: tuple[int | str, ...]) -> str:
    name = ".".join(str(part) for part in location)
    return name.upper() if name.lower().startswith(PREFIX.lower()) else PREFIX + name.upper()


def _reason(kind: str, message: str) -> str:
    return "missing" if kind == "missing" else message.removeprefix("Value error, ")
