"""mongod finds a libcurl: the machine's, else the bundled one, else the start says which package to install."""

from pathlib import Path

import pytest

from deploy.local import libcurl
from deploy.local.errors import CannotStart


def test_the_machines_own_needs_no_telling(tmp_path: Path) -> None:
    assert libcurl.environment(True, tmp_path / "libcurl-1.so.4.8.0", tmp_path / "lib") == {}
    assert not (tmp_path / "lib").exists()


def test_the_bundled_one_gets_the_name_mongod_asks_for(tmp_path: Path) -> None:
    links = tmp_path / "lib"
    for version in ("libcurl-old.so.4.7.0", "libcurl-new.so.4.8.0"):
        wheel = tmp_path / "pycurl.libs" / version
        wheel.parent.mkdir(exist_ok=True)
        wheel.touch()
        told = libcurl.environment(False, wheel, links)
        assert told == {"LD_LIBRARY_PATH": f"{links}:{wheel.parent}"}
        assert (links / "libcurl.so.4").resolve() == wheel


def test_neither_names_the_package(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="apt-get install libcurl4"):
        libcurl.environment(False, None, tmp_path)
