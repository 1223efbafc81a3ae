"""`docker compose up` and `make run` bring up the same system: the same roles, told the same, with the same limits."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from deploy.local import assembly, caddy, credentials, keycloak, keycloak_install, mongo
from deploy.local.program import ROOT, Program
from deploy.local.settings import from_environment


@pytest.fixture
def local(tmp_path: Path) -> dict[str, Program]:
    settings = from_environment({"KINERJA_DATA": str(tmp_path)})
    return {part.name: part for part in assembly.programs(settings, credentials.load(tmp_path))}


def test_the_same_roles_run_under_the_same_names(compose: dict[str, Any], local: dict[str, Program]) -> None:
    roles = {name: list(part.argv[2:]) for name, part in local.items() if "-m" in part.argv}
    ours = {
        name: part["command"]
        for name, part in compose["services"].items()
        if part.get("command", [""])[0].startswith("services.") and "profiles" not in part
    }
    assert ours == roles


def test_a_role_is_told_the_same_variables(compose: dict[str, Any], local: dict[str, Program]) -> None:
    # The installation's own token is for programs on the machine of `make run` only (ADR 15).
    of_image = {"KINERJA_HOST", "KINERJA_PORT", "PYTHONUNBUFFERED"}  # set in deploy/images/Dockerfile
    for name, part in local.items():
        if "-m" not in part.argv:
            continue
        told = set(compose["services"][name]["environment"]) | of_image | {"KINERJA_INSTANCE"} | {"KINERJA_TOKEN"}
        assert set(part.env) <= told, name
        assert compose["services"][name]["environment"]["KINERJA_MONGO_DATABASE"] == part.env["KINERJA_MONGO_DATABASE"]


def test_no_token_opens_everything_where_others_can_reach_it(compose: dict[str, Any]) -> None:
    for name, part in compose["services"].items():
        assert "KINERJA_TOKEN" not in part.get("environment", {}), name


def test_the_edge_has_the_same_file_and_is_told_every_upstream(compose: dict[str, Any]) -> None:
    asked = set(re.findall(r"\{\$(KINERJA_\w+_UPSTREAMS|KINERJA_FRONT_PROXIES)", caddy.CADDYFILE.read_text()))
    assert asked == set(compose["services"]["edge"]["environment"])
    assert "COPY deploy/caddy/Caddyfile" in (ROOT / "deploy" / "images" / "Dockerfile").read_text()


def test_broker_and_database_have_the_same_settings(compose: dict[str, Any], local: dict[str, Program]) -> None:
    assert any("deploy/kafka/server.properties" in mount for mount in compose["services"]["kafka"]["volumes"])
    command = compose["services"]["mongo"]["command"]
    assert f"--setParameter=transactionLifetimeLimitSeconds={mongo.TRANSACTION_SECONDS}" in command
    locked = (ROOT / "deploy" / "kafka" / "jgo.toml").read_text()
    image = compose["services"]["kafka"]["image"].removeprefix("apache/kafka:")
    assert f'"org.apache.kafka:kafka_2.13:{image}"' in locked


def test_sign_in_is_the_same_version_with_the_same_realm_and_theme(compose: dict[str, Any]) -> None:
    part = compose["services"]["keycloak"]
    locked = tomllib.loads(keycloak_install.LOCK.read_text())
    assert part["image"] == f"quay.io/keycloak/keycloak:{locked['version']}"
    mounted = " ".join(part["volumes"])
    assert f"./{keycloak.REALM.relative_to(ROOT)}:" in mounted
    assert f"./{keycloak.THEME.relative_to(ROOT)}/kinerja:" in mounted
    asked = set(re.findall(r"\$\{(KINERJA_\w+)\}", keycloak.REALM.read_text()))
    assert asked <= set(part["environment"])


def test_only_the_edge_can_be_reached_and_nothing_runs_as_root_with_capabilities(compose: dict[str, Any]) -> None:
    for name, part in compose["services"].items():
        assert "no-new-privileges:true" in part["security_opt"], name
        if name != "edge":
            assert part["networks"] == ["inside"], name
            assert "ports" not in part, name
    assert compose["networks"]["inside"] == {"internal": True}


def test_no_secret_has_a_default(compose: dict[str, Any]) -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for variable in re.findall(r"\$\{(KINERJA_(?:TOKEN|MONGO_\w+))", text):
        assert not re.search(rf"\$\{{{variable}(:?-|\}})", text), f"{variable} must be required"
