"""An empty installation gets the demo city: its directory first, then the terminals and who is enrolled on them."""

import asyncio
import sys
from collections.abc import Callable

from deploy.local import replica_set, services
from deploy.local.credentials import Credentials
from deploy.local.processes import Sink, inherited
from deploy.local.program import ROOT
from deploy.local.settings import StackSettings

STEPS = (("directory", services.DIRECTORY_API), ("attendance", services.ATTENDANCE_API))


async def load_when_empty(
    settings: StackSettings, credentials: Credentials, say: Callable[[str], None], sink: Sink
) -> bool:
    """Whether it was loaded. A step that fails is said, with its exit code, and ends the loading; the stack runs on."""
    password = credentials.access.root_password
    for service, port in STEPS:
        if not await asyncio.to_thread(
            replica_set.is_empty, settings.host, settings.mongo, password, database=service, collection="events"
        ):
            return False
        say(f"{service} is empty: loading the demo city (python -m services.{service} demo)")
        told = services.environment(settings, credentials, service, port + settings.service_offset)
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", f"services.{service}", "demo"),
            cwd=ROOT,
            env={**inherited(), **told, "KINERJA_EDGE": f"http://{settings.host}:{settings.edge}"},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            output, _ = await child.communicate()
        finally:
            if child.returncode is None:  # we are asked to stop
                child.terminate()
                await child.wait()
        for line in output.splitlines():
            sink(f"{service}-demo", line)
        if child.returncode:
            say(f"the demo city could not be loaded: services.{service} demo ended with exit code {child.returncode}")
            return False
    return True
