"""An empty installation gets the demo city: its directory first, then the terminals and who is enrolled on them."""

import asyncio
import signal
import sys
from collections.abc import Callable
from functools import partial

from deploy.local import replica_set, services
from deploy.local.credentials import Credentials
from deploy.local.processes import Sink, inherited
from deploy.local.program import ROOT
from deploy.local.settings import StackSettings
from deploy.local.spawn import dying_with_parent

STEPS = (("directory", services.DIRECTORY_API), ("attendance", services.ATTENDANCE_API))
SIZED = "directory"  # the step that makes the people; the others take those there are


async def load_when_empty(
    settings: StackSettings, credentials: Credentials, say: Callable[[str], None], sink: Sink
) -> bool:
    """Whether anything was loaded.

    Only an installation whose directory holds nothing becomes a demo; which steps are done is kept in the data folder,
    so that one that was interrupted is finished by the next start and a real one is never given demo terminals. A step
    that fails is said, with its exit code, and ends the loading; the stack runs on.
    """
    noted = settings.data / "demo-city"
    done = noted.read_text().split() if noted.exists() else []
    if not done and not await _directory_is_empty(settings, credentials):
        return False
    missing = [(service, port) for service, port in STEPS if service not in done]
    for service, port in missing:
        say(f"loading the demo city (python -m services.{service} demo)")
        code = await _run_demo(settings, credentials, service, port, sink)
        if code:
            say(f"the demo city could not be loaded: services.{service} demo ended with exit code {code}")
            return False
        done.append(service)
        noted.write_text("\n".join(done) + "\n")
    return bool(missing)


async def _directory_is_empty(settings: StackSettings, credentials: Credentials) -> bool:
    password = credentials.access.root_password
    look = partial(replica_set.is_empty, database="directory", collection="events")
    return await asyncio.to_thread(look, settings.host, settings.mongo, password)


async def _run_demo(
    settings: StackSettings, credentials: Credentials, service: str, port: int, sink: Sink
) -> int | None:
    told = services.environment(settings, credentials, service, port + settings.service_offset)
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"services.{service}", "demo"),
        *(("--employees", str(settings.demo_employees)) if service == SIZED else ()),
        cwd=ROOT,
        env={**inherited(), **told},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        preexec_fn=dying_with_parent(signal.SIGTERM),
    )
    try:
        output, _ = await child.communicate()
    finally:
        if child.returncode is None:  # we are asked to stop
            child.terminate()
            await child.wait()
    for line in output.splitlines():
        sink(f"{service}-demo", line)
    return child.returncode
