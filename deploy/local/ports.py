"""Ports: is one free, and if not, who holds it."""

import os
import socket
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now; connections of a server that just ended do not count."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def free_ports(count: int, host: str = "127.0.0.1") -> list[int]:
    """Distinct ports that were free a moment ago, from the range the system hands out."""
    held = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(count)]
    try:
        for sock in held:
            sock.bind((host, 0))
        return [int(sock.getsockname()[1]) for sock in held]
    finally:
        for sock in held:
            sock.close()


def holder(port: int, proc: Path = Path("/proc")) -> str | None:
    """The process that listens on a port as "name (pid 12)", or None where the system does not let us see it."""
    inodes = _listening_inodes(port, (proc / "net/tcp", proc / "net/tcp6"))
    if not inodes:
        return None
    for process in proc.iterdir():
        if process.name.isdigit() and _open_files(process) & inodes:
            return f"{(process / 'comm').read_text().strip()} (pid {process.name})"
    return None


def _open_files(process: Path) -> set[str]:
    """Names of what a process holds open; nothing when it is not ours to see or has ended while we looked."""
    found: set[str] = set()
    with suppress(OSError):
        for entry in (process / "fd").iterdir():
            with suppress(OSError):  # closed since it was listed
                found.add(os.readlink(entry))
    return found


def _listening_inodes(port: int, tables: Iterable[Path]) -> set[str]:
    """Socket names as /proc/<pid>/fd shows them, from the kernel's tables (proc_net_tcp: state 0A is LISTEN)."""
    found: set[str] = set()
    for table in tables:
        if not table.exists():
            continue
        for line in table.read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                found.add(f"socket:[{fields[9]}]")
    return found
