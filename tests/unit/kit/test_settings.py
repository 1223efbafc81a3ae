"""A process says at start everything that is wrong with its environment, and shows no secret."""

import pytest

from kit.settings import ConfigurationError, Settings
from tests.unit.kit.things import ThingsSettings

GOOD = {
    "KINERJA_KAFKA": "127.0.0.1:9092",
    "KINERJA_MONGO": "mongodb://user:hunter2@127.0.0.1/things",
    "KINERJA_MONGO_DATABASE": "things",
    "KINERJA_PORT": "13100",
    "KINERJA_TOKEN": "0123456789abcdef",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A complete environment and nothing else of ours."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KINERJA_{name.upper()}", raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_what_is_not_said_has_a_default(environment: pytest.MonkeyPatch) -> None:
    found = ThingsSettings.load()
    assert (found.service, found.host, found.port, found.log_level) == ("things", "127.0.0.1", 13100, "info")
    assert found.kafka_replication == 1
    assert (found.instance, found.otlp_endpoint, found.trace_ratio) == (0, None, 0.01)
    assert found.installation_token == "0123456789abcdef"


def test_everything_that_is_wrong_is_said_at_once_by_the_name_of_its_variable(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("KINERJA_MONGO")
    environment.setenv("KINERJA_KAFKA", "localhost")
    environment.setenv("KINERJA_PORT", "70000")
    environment.setenv("KINERJA_TOKEN", "tooshort")
    environment.setenv("KINERJA_LOG_LEVEL", "chatty")
    with pytest.raises(ConfigurationError) as refused:
        ThingsSettings.load()
    lines = str(refused.value).splitlines()[1:]
    assert [line.split(":")[0].strip() for line in lines] == [
        "KINERJA_KAFKA",
        "KINERJA_LOG_LEVEL",
        "KINERJA_MONGO",
        "KINERJA_PORT",
        "KINERJA_TOKEN",
    ]
    assert "  KINERJA_MONGO: missing" in lines
    assert "tooshort" not in str(refused.value)


def test_the_refusal_ends_the_process_with_its_message(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("KINERJA_MONGO")
    with pytest.raises(SystemExit) as ended:
        ThingsSettings.load()
    assert ended.value.code == "these environment variables are missing or wrong:\n  KINERJA_MONGO: missing"


@pytest.mark.parametrize("value", ["kota.example/realms/asn", "ftp://kota.example", "https://", ""])
def test_an_issuer_is_an_address(environment: pytest.MonkeyPatch, value: str) -> None:
    environment.setenv("KINERJA_ISSUER", value)
    with pytest.raises(ConfigurationError, match="KINERJA_ISSUER: expected an address"):
        ThingsSettings.load()


def test_a_service_that_is_not_named_is_refused(environment: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="KINERJA_SERVICE: missing"):
        Settings.load()


@pytest.mark.parametrize("value", ["a:1", "a:1,b:2", "[::1]:9092", "broker.example.org:9092, other:9093"])
def test_a_broker_is_a_host_and_a_port(environment: pytest.MonkeyPatch, value: str) -> None:
    environment.setenv("KINERJA_KAFKA", value)
    assert ThingsSettings.load().kafka == value


@pytest.mark.parametrize("value", ["", "a", "a:", ":9092", "a:b", "a:0", "a:65536", "a:1,", "kafka://a:1/"])
def test_anything_else_is_no_broker(environment: pytest.MonkeyPatch, value: str) -> None:
    environment.setenv("KINERJA_KAFKA", value)
    with pytest.raises(ConfigurationError, match="KINERJA_KAFKA: expected host:port"):
        ThingsSettings.load()


def test_secrets_are_not_shown(environment: pytest.MonkeyPatch) -> None:
    shown = repr(ThingsSettings.load())
    assert "hunter2" not in shown
    assert "0123456789abcdef" not in shown


def test_settings_do_not_change_while_the_process_runs(environment: pytest.MonkeyPatch) -> None:
    found = ThingsSettings.load()
    with pytest.raises(ValueError, match="frozen"):
        setattr(found, "port", 1)  # noqa: B010 - the type checker knows as well


def test_topics_have_at_least_one_copy(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KINERJA_KAFKA_REPLICATION", "3")
    assert ThingsSettings.load().kafka_replication == 3
    environment.setenv("KINERJA_KAFKA_REPLICATION", "0")
    with pytest.raises(ConfigurationError, match="KINERJA_KAFKA_REPLICATION"):
        ThingsSettings.load()
