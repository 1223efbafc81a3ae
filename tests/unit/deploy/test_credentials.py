"""Secrets: made once, kept, nobody else's to read."""

import stat
from pathlib import Path

import pytest

from deploy.local.assembly import programs
from deploy.local.credentials import load
from deploy.local.errors import CannotStart
from deploy.local.settings import from_environment
from services.attendance.receipts.signing import Signer


def test_made_once_and_kept(tmp_path: Path) -> None:
    first = load(tmp_path)
    assert load(tmp_path) == first
    assert len(first.token) >= 32


def test_readable_by_the_owner_only(tmp_path: Path) -> None:
    credentials = load(tmp_path)
    for path in (tmp_path / "credentials.json", tmp_path / "token", credentials.access.key_file):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_key_of_receipts_signs_and_only_the_worker_has_it(tmp_path: Path) -> None:
    credentials = load(tmp_path)
    assert Signer.of(credentials.receipt_key).key_id == Signer.of(load(tmp_path).receipt_key).key_id
    told = programs(from_environment({"KINERJA_DATA": str(tmp_path)}), credentials)
    have = [one.name for one in told if credentials.receipt_key in (*one.env.values(), *one.argv)]
    assert have == ["attendance-worker"]


def test_each_service_has_a_user_of_its_own_database(tmp_path: Path) -> None:
    users = load(tmp_path).access.users
    assert [(user.name, user.database) for user in users] == [
        ("directory", "directory"),
        ("attendance", "attendance"),
        ("appraisal", "appraisal"),
        ("feedback", "feedback"),
        ("reporting", "reporting"),
    ]
    assert len({user.password for user in users}) == 5


def test_a_given_token_replaces_the_kept_one_and_nothing_else(tmp_path: Path) -> None:
    before = load(tmp_path)
    after = load(tmp_path, "a-token-of-the-operator")
    assert after.token == "a-token-of-the-operator"
    assert after.access == before.access
    assert (tmp_path / "token").read_text().strip() == after.token


def test_a_damaged_file_stops_the_start_instead_of_locking_the_database_out(tmp_path: Path) -> None:
    (tmp_path / "credentials.json").write_text("{")
    with pytest.raises(CannotStart, match="damaged"):
        load(tmp_path)


def test_the_key_file_has_only_characters_mongod_accepts(tmp_path: Path) -> None:
    text = load(tmp_path).access.key_file.read_text().strip()
    assert text.isalnum()
    assert 6 <= len(text) <= 1024
