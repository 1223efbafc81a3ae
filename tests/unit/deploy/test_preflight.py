"""What is wrong with a machine is one line that names the remedy."""

import socket
from pathlib import Path

import pytest

from deploy.local import java, preflight
from deploy.local.errors import CannotStart
from deploy.local.ports import free_ports, holder, is_free
from deploy.local.settings import from_environment


def test_a_full_disk_names_the_folder_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"only 5 MB are free .* make room, or set KINERJA_DATA"):
        preflight.data_folder(tmp_path, free=lambda path: 5 * 1024**2)


def test_room_enough_is_fine(tmp_path: Path) -> None:
    preflight.data_folder(tmp_path / "new", free=lambda path: 2 * 1024**3)
    assert (tmp_path / "new").is_dir()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="set KINERJA_DATA"):
        preflight.data_folder(tmp_path / "file" / "below")


def test_a_port_in_use_names_the_process_and_the_variable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        settings = from_environment({"KINERJA_MONGO_PORT": str(port)})
        with pytest.raises(CannotStart, match=rf"port {port} for mongod .*pid \d+.*KINERJA_MONGO_PORT"):
            preflight.port_free(settings, "mongod", port)


def test_a_services_port_in_use_names_the_offset() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(CannotStart, match="KINERJA_PORT_OFFSET"):
        preflight.port_free(from_environment({}), "devices", server.getsockname()[1])


def test_free_ports_are_free_and_held_by_nobody() -> None:
    ports = free_ports(5)
    assert len(set(ports)) == 5
    assert all(is_free("127.0.0.1", port) for port in ports)
    assert all(holder(port) is None for port in ports)


@pytest.mark.parametrize(
    ("on_path", "version", "fallback", "chosen"),
    [
        ("/machine", {"/machine": 17}, "/bundled", "/machine"),
        ("/machine", {"/machine": 11, "/bundled": 25}, "/bundled", "/bundled"),
        (None, {"/bundled": 25}, "/bundled", "/bundled"),
        ("/broken", {"/bundled": 25}, "/bundled", "/bundled"),
    ],
)
def test_the_machines_java_if_new_enough_else_the_bundled(
    on_path: str | None, version: dict[str, int], fallback: str, chosen: str
) -> None:
    assert java.choose(on_path, lambda path: version.get(str(path)), Path(fallback)) == Path(chosen)


@pytest.mark.parametrize("fallback", [None, Path("/does-not-run")])
def test_no_java_that_serves_names_the_package(fallback: Path | None) -> None:
    with pytest.raises(CannotStart, match=r"version 11.*apt-get install openjdk-17"):
        java.choose("/old", lambda path: 11 if str(path) == "/old" else None, fallback)


def test_the_java_version_is_read_from_what_java_prints(tmp_path: Path) -> None:
    for printed, expected in [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('java version "1.8.0_402"', 8),
        ('openjdk version "25" 2025-09-16', 25),
        ("nonsense", None),
    ]:
        fake = tmp_path / "java"
        fake.write_text(f"#!/bin/sh\necho '{printed}' >&2\n")
        fake.chmod(0o755)
        assert java.version_of(fake) == expected
    assert java.version_of(tmp_path / "absent") is None
