"""Starting a child so that it cannot outlive us and has room, and ending it with everything it started."""

import contextlib
import ctypes
import os
import resource
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1  # prctl(2)
_libc = ctypes.CDLL(None, use_errno=True)  # loaded here: between fork and exec nothing may be imported


def dying_with_parent(number: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends `number` to the child when the thread that started it ends."""
    value = int(number)

    def prepare() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, value, 0, 0, 0)

    return prepare


def allow_connections() -> None:
    """As many open files as the system lets us and our children have: every terminal is one, and 1,024 is few."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def signal_group(pid: int, number: signal.Signals) -> None:
    """Signal a child that was started as the leader of its own process group, and all it started."""
    with contextlib.suppress(ProcessLookupError):  # it has just ended: what was wanted
        os.killpg(pid, number)
