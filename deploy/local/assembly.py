"""All programs of the stack, from its settings."""

from deploy.local import caddy, demo_accounts, kafka, keycloak, mongo, services
from deploy.local.credentials import Credentials
from deploy.local.program import Program
from deploy.local.settings import StackSettings


def programs(settings: StackSettings, credentials: Credentials) -> list[Program]:
    """Broker and database first, then the services, then the edge."""
    return [
        kafka.program(
            settings.data / "kafka", settings.kafka, settings.controller, host=settings.host, heap_mb=settings.heap_mb
        ),
        mongo.program(
            settings.data / "mongod",
            settings.mongo,
            access=credentials.access,
            host=settings.host,
            cache_gb=settings.cache_gb,
            oplog_mb=settings.oplog_mb,
        ),
        *signin(settings, credentials),
        *services.programs(settings, credentials),
        caddy.program(settings),
    ]


def signin(settings: StackSettings, credentials: Credentials) -> list[Program]:
    """Keycloak, unless another issuer is given."""
    if settings.issuer is not None:
        return []
    accounts = demo_accounts.accounts() if settings.demo else []
    return [keycloak.program(settings, credentials, accounts)]
