"""Where the running system is: the same environment and data folder that `make run` uses."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bench.morning.city import NotReady
from deploy.local.settings import from_environment


@dataclass(frozen=True, slots=True)
class Address:
    """The edge's address, the device port, the operator's token."""

    edge: str
    door: tuple[str, int]
    token: str


def running(environment: Mapping[str, str]) -> Address:
    """From `KINERJA_*` and the data folder. Raises NotReady without a token, CannotStart for unusable variables."""
    settings = from_environment(environment)
    token = settings.token
    if token is None:
        kept = settings.data / "credentials.json"
        try:
            token = str(json.loads(kept.read_text())["token"])
        except (OSError, ValueError, KeyError) as error:
            raise NotReady(
                "no token is known: start the system with `make run`, or set KINERJA_TOKEN to the one it has printed"
            ) from error
    return Address(f"http://{settings.host}:{settings.edge}", (settings.host, settings.devices), token)
