"""The last word of a start: where everything is, how long it took, what it weighs."""

from collections.abc import Iterable
from pathlib import Path

from deploy.local.credentials import Credentials
from deploy.local.demo_accounts import accounts
from deploy.local.processes import Process
from deploy.local.services import SIGN_IN
from deploy.local.settings import StackSettings


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MiB, 0 when it has ended (proc_pid_status, VmRSS in KiB)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:")), 0.0)


def text(
    settings: StackSettings, credentials: Credentials, processes: Iterable[Process], seconds: float, *, demo: bool
) -> str:
    """The block printed when the stack is up. It shows the token: whoever starts the stack is its operator."""
    web = f"http://{settings.host}:{settings.edge}"
    weights = {process.name: resident_mb(process.pid) for process in processes if process.pid}
    return "\n".join(
        [
            f"Kinerja is up after {seconds:.1f} s" + (" (with the demo city)" if demo else ""),
            "",
            f"  board      {web}/",
            f"  API        {web}/api/<service>/v1/   (directory, attendance, appraisal, feedback, reporting)",
            f"  terminals  http://{settings.host}:{settings.devices}/   (ADMS server address and port)",
            f"  Kafka      {settings.host}:{settings.kafka}",
            f"  MongoDB    {settings.host}:{settings.mongo}   (users in {settings.data / 'credentials.json'})",
            f"  token      {credentials.token}",
            *accounts_lines(settings, credentials),
            f"  logs       {settings.data / 'logs'}",
            "",
            "  memory     " + _columns(weights),
            f"             {sum(weights.values()):.0f} MB in all, {len(weights)} processes",
        ]
    )


def accounts_lines(settings: StackSettings, credentials: Credentials) -> list[str]:
    """Who can sign in: the demo city's accounts, or where accounts are made."""
    if settings.issuer is not None:
        return [f"  sign-in    {settings.issuer}"]
    lines = [
        f"  sign-in    http://{settings.host}:{SIGN_IN + settings.service_offset}/auth/admin/kinerja/console/"
        f"   (admin, password in {settings.data / 'credentials.json'})"
    ]
    if settings.demo:
        found = accounts()
        widest = max(len(account.username) for account in found)
        lines += [f"  accounts   password of all: {credentials.demo_password}"]
        lines += [f"             {account.username:<{widest}}  {account.name}, {account.post}" for account in found]
    return lines


def _columns(weights: dict[str, float]) -> str:
    return " · ".join(f"{name} {megabytes:.0f} MB" for name, megabytes in weights.items())
