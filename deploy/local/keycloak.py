"""Sign-in: Keycloak with the realm of deploy/keycloak, behind the edge under /auth."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deploy.local import keycloak_install, services
from deploy.local.credentials import Credentials, write_private
from deploy.local.demo_accounts import Account
from deploy.local.health import http_ok, tcp
from deploy.local.java import java
from deploy.local.program import ROOT, Program
from deploy.local.settings import StackSettings

REALM = ROOT / "deploy" / "keycloak" / "realm.json"
THEME = ROOT / "deploy" / "keycloak" / "theme"
PORT = services.SIGN_IN
MANAGEMENT = PORT + 1
RANK = services.RANK
# A whole set: one collector and one compiler, so that it stays small (350 MB) and starts in half the time.
JAVA = (
    "-Xms64m",
    "-Xmx256m",
    "-XX:MetaspaceSize=96M",
    "-XX:MaxMetaspaceSize=256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:+ExitOnOutOfMemoryError",
    "-Dfile.encoding=UTF-8",
    "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
    "-Dquarkus-log-max-startup-records=10000",
    "-Dpicocli.disable.closures=true",
    "--add-opens=java.base/java.util=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--add-opens=java.base/java.security=ALL-UNNAMED",
)


def program(settings: StackSettings, credentials: Credentials, accounts: Sequence[Account]) -> Program:
    """Keycloak with everything it keeps under `<data>/keycloak`. `accounts` are made with the realm, at first start."""
    port, management = PORT + settings.service_offset, MANAGEMENT + settings.service_offset
    home = settings.data / "keycloak"
    return Program(
        name="keycloak",
        argv=(
            *(str(java()), *JAVA, f"-Dkc.home.dir={home}", f"-Djboss.server.config.dir={home / 'conf'}"),
            *("-cp", str(keycloak_install.home() / "lib" / "quarkus-run.jar")),
            *("io.quarkus.bootstrap.runner.QuarkusEntryPoint", "start", "--optimized", "--import-realm"),
            "--cache=local",
            "--http-enabled=true",
            f"--http-host={settings.host}",
            f"--http-port={port}",
            f"--http-management-port={management}",
            f"--hostname=http://{settings.host}:{settings.edge}/auth",
            f"--hostname-admin=http://{settings.host}:{port}/auth",
            "--hostname-backchannel-dynamic=false",
            "--proxy-headers=xforwarded",
            f"--proxy-trusted-addresses={settings.host}",
            f"--db-url=jdbc:h2:file:{home / 'data' / 'keycloak'};NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE",
            "--log-level=info,io.smallrye.health:error",  # it is asked fifty times a second while it starts
            "--log-console-format=%d{HH:mm:ss} %-5p %c{2.} %s%e%n",
        ),
        listening=tcp(settings.host, port),
        ready=http_ok(settings.host, management, "/auth/health/ready"),
        rank=RANK,
        env={
            "KC_BOOTSTRAP_ADMIN_USERNAME": "admin",
            "KC_BOOTSTRAP_ADMIN_PASSWORD": credentials.keycloak_admin,
            "KINERJA_ADDRESS": f"http://{settings.host}:{settings.edge}",
            "KINERJA_INTEGRATION_SECRET": credentials.integration_secret,
        },
        ports=(port, management),
        cwd=settings.data,
        prepare=lambda: prepare(home, accounts, credentials.demo_password),
        start_seconds=180.0,
        stop_seconds=20.0,
    )


def prepare(home: Path, accounts: Sequence[Account], password: str) -> None:
    """A folder of its own over the built one: what is kept is beside what is shared."""
    built = keycloak_install.home()
    (home / "data" / "import").mkdir(parents=True, exist_ok=True)
    (home / "themes").mkdir(exist_ok=True)
    for name in ("bin", "lib", "conf", "providers"):
        _link(home / name, built / name)
    for theme in THEME.iterdir():
        _link(home / "themes" / theme.name, theme)
    realm: dict[str, Any] = json.loads(REALM.read_text())
    realm["users"] += [_user(account, password) for account in accounts]
    write_private(home / "data" / "import" / "kinerja.json", json.dumps(realm, indent=2))


def _link(path: Path, target: Path) -> None:
    if path.is_symlink() and path.readlink() == target:
        return
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def _user(account: Account, password: str) -> dict[str, Any]:
    return {
        "username": account.username,
        "firstName": account.name,
        "enabled": True,
        "realmRoles": list(account.roles),
        "attributes": {"employee_id": [account.employee_id]},
        "credentials": [{"type": "password", "value": password, "temporary": False}],
    }
