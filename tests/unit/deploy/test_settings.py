"""Where the stack listens: fixed unless the environment says otherwise, and wrong values are all named at once."""

from pathlib import Path

import pytest

from deploy.local import caddy
from deploy.local.errors import CannotStart
from deploy.local.settings import from_environment


def test_the_fixed_addresses_of_the_design() -> None:
    settings = from_environment({})
    assert (settings.edge, settings.devices, settings.kafka, settings.mongo) == (8080, 8081, 9092, 27017)
    assert settings.host == "127.0.0.1"


def test_one_offset_moves_everything_that_is_not_set() -> None:
    settings = from_environment({"KINERJA_PORT_OFFSET": "1000", "KINERJA_EDGE_PORT": "8888"})
    assert (settings.edge, settings.devices, settings.kafka, settings.service_offset) == (8888, 9081, 10092, 1000)


def test_the_edge_is_told_of_what_stands_before_it_else_of_nobody() -> None:
    for told, expected in (("", "192.0.2.1/32"), ("10.0.0.0/8", "10.0.0.0/8")):
        settings = from_environment({"KINERJA_FRONT_PROXIES": told})
        assert caddy.environment(settings)["KINERJA_FRONT_PROXIES"] == expected


def test_every_wrong_variable_is_named_at_once() -> None:
    wrong = {"KINERJA_KAFKA_PORT": "nine", "KINERJA_DEVICE_PROCESSES": "99", "KINERJA_TOKEN": "short"}
    with pytest.raises(CannotStart) as raised:
        from_environment(wrong)
    assert all(variable in str(raised.value) for variable in wrong)


def test_the_data_folder_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert from_environment({"KINERJA_DATA": "here"}).data == tmp_path / "here"
