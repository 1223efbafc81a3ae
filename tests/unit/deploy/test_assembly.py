"""What the stack consists of, and that its parts are told the same addresses."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.local import assembly, caddy, credentials, demo_accounts, services
from deploy.local.program import Program
from deploy.local.settings import StackSettings, from_environment


@pytest.fixture
def settings(tmp_path: Path) -> StackSettings:
    return from_environment({"KINERJA_DATA": str(tmp_path), "KINERJA_PORT_OFFSET": "1000"})


def parts(settings: StackSettings) -> dict[str, Program]:
    return {part.name: part for part in assembly.programs(settings, credentials.load(settings.data))}


def test_broker_and_database_first_then_services_together_then_the_edge(settings: StackSettings) -> None:
    ranks: dict[int, set[str]] = {}
    for part in parts(settings).values():
        ranks.setdefault(part.rank, set()).add(part.name)
    assert list(ranks.values()) == [
        {"kafka", "mongod"},
        {
            "keycloak",
            "directory",
            "devices",
            "attendance",
            "attendance-worker",
            "assessor",
            "appraisal",
            "feedback",
            "projector",
            "reporting",
        },
        {"edge"},
    ]


def test_no_two_parts_share_a_port(settings: StackSettings) -> None:
    most = replace(settings, device_processes=7, projector_processes=7)
    ports = [port for part in parts(most).values() for port in part.ports]
    assert len(set(ports)) == len(ports)


def test_a_service_gets_its_own_database_user_and_no_other(settings: StackSettings) -> None:
    secrets = credentials.load(settings.data)
    for name, service in [("directory", "directory"), ("devices", "attendance"), ("projector", "reporting")]:
        told = parts(settings)[name].env
        assert told["KINERJA_MONGO_DATABASE"] == service
        assert told["KINERJA_MONGO"].startswith(f"mongodb://{service}:{secrets.user(service).password}@")
        others = [user.password for user in secrets.access.users if user.name != service]
        assert not any(password in "".join(told.values()) for password in [*others, secrets.access.root_password])


def test_another_issuer_takes_the_place_of_our_own(settings: StackSettings) -> None:
    found = parts(replace(settings, issuer="https://masuk.kota.example/realms/asn"))
    assert "keycloak" not in found
    assert found["reporting"].env["KINERJA_ISSUER"] == "https://masuk.kota.example/realms/asn"
    assert "KINERJA_ISSUER_KEYS" not in found["reporting"].env


def test_our_own_is_named_as_people_reach_it_and_asked_where_it_listens(settings: StackSettings) -> None:
    told = parts(settings)["reporting"].env
    assert told["KINERJA_ISSUER"] == "http://127.0.0.1:9080/auth/realms/kinerja"
    assert told["KINERJA_ISSUER_KEYS"].startswith("http://127.0.0.1:9151/auth/realms/kinerja/")


def test_accounts_are_made_for_the_demo_only_and_each_sees_the_one_before(settings: StackSettings) -> None:
    found = {account.username: account for account in demo_accounts.accounts()}
    assert set(found) == {"pegawai", "atasan", "pimpinan", "bkpsdm", "operator", "auditor"}
    assert len({account.employee_id for account in found.values()}) == 6
    realm = settings.data / "keycloak" / "data" / "import" / "kinerja.json"
    for demo, names in ((True, set(found)), (False, set())):
        parts(replace(settings, demo=demo))["keycloak"].prepare()
        users = {user["username"]: user for user in json.loads(realm.read_text())["users"]}
        assert set(users) - {"service-account-kinerja-integration"} == names
    assert realm.stat().st_mode & 0o077 == 0, "it holds passwords"


def test_several_processes_of_a_role_have_ordinals_and_the_edge_knows_them_all(settings: StackSettings) -> None:
    three = replace(settings, device_processes=3, projector_processes=2)
    found = parts(three)
    assert [found[name].env["KINERJA_INSTANCE"] for name in ("devices", "devices-2", "devices-3")] == ["0", "1", "2"]
    assert [found[name].ports[0] for name in ("projector", "projector-2")] == [9129, 9128]
    upstreams = caddy.environment(three)["KINERJA_DEVICE_UPSTREAMS"].split()
    assert upstreams == [f"127.0.0.1:{found[name].ports[-1]}" for name in ("devices", "devices-2", "devices-3")]


def test_the_edge_is_told_everything_its_file_asks_for(settings: StackSettings) -> None:
    asked = {piece.split(":")[0].split("}")[0] for piece in caddy.CADDYFILE.read_text().split("{$")[1:]}
    assert asked == set(caddy.environment(settings))


def test_secrets_are_not_on_any_command_line(settings: StackSettings) -> None:
    secrets = credentials.load(settings.data)
    hidden = [secrets.token, secrets.access.root_password, *(user.password for user in secrets.access.users)]
    for part in parts(settings).values():
        assert not any(secret in word for secret in hidden for word in part.argv)


def test_service_ports_stay_where_the_design_says_they_are() -> None:
    assert (services.DIRECTORY_API, services.ATTENDANCE_API, services.REPORTING_API) == (8131, 8111, 8121)
