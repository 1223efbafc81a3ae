"""The broker's jars are those that were locked, or there is no start."""

import hashlib
from pathlib import Path

import pytest

from deploy.local import jars
from deploy.local.errors import CannotStart


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "jgo.lock.toml"
    path.write_text(
        '[[dependencies]]\ngroupId = "a.b"\nartifactId = "c"\nversion = "1"\npackaging = "jar"\n'
        f'sha256 = "{hashlib.sha256(b"bytes").hexdigest()}"\n'
        '[[dependencies]]\ngroupId = "a.b"\nartifactId = "bom"\nversion = "1"\npackaging = "pom"\nsha256 = "0"\n'
    )
    return path


def test_the_committed_lock_names_one_version_of_each_jar_with_its_hash() -> None:
    rows = jars.locked()
    assert {(row.group, row.artifact) for row in rows} >= {
        ("org.apache.kafka", "kafka_2.13"),
        ("org.apache.logging.log4j", "log4j-slf4j-impl"),
    }
    assert len({(row.group, row.artifact, row.classifier) for row in rows}) == len(rows)
    assert all(len(row.sha256) == 64 for row in rows)
    kafka = {row.version for row in rows if row.group == "org.apache.kafka"}
    assert len(kafka) == 1, "parts of different broker versions do not fit together"


def test_a_jar_whose_bytes_are_not_the_locked_ones_is_not_intact(lock: Path, tmp_path: Path) -> None:
    (jar,) = jars.locked(lock)
    path = jar.path(tmp_path)
    assert path == tmp_path / "a/b/c/1/c-1.jar"
    assert not jars.intact(jar, tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"other")
    assert not jars.intact(jar, tmp_path)
    path.write_bytes(b"bytes")
    assert jars.intact(jar, tmp_path)
    assert jars.fetch(tmp_path, lock) == 0
    assert jars.class_path(tmp_path, lock) == str(path)


def test_a_missing_jar_says_what_to_run(lock: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="make install"):
        jars.class_path(tmp_path, lock)
