"""The chart and the other two set-ups bring up the same system, and what it makes is what Kubernetes takes.

There is no cluster here: what is proven is rendering, validity and agreement, not that it runs.
"""

import json
import tarfile
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from contracts.topics import PARTITIONS
from deploy.local import caddy, keycloak
from deploy.local.credentials import SERVICES
from deploy.local.program import ROOT
from kit.settings import Settings
from services.attendance.settings import AttendanceSettings
from tests.unit.deploy.chart import (
    CHART,
    HELM,
    MORE,
    NEEDED,
    Manifest,
    environment,
    helm,
    merged,
    named,
    pods,
    rendered,
    selects,
)

pytestmark = pytest.mark.skipif(HELM is None, reason="no wheel of helm for this machine (pyproject.toml, group dev)")

OLDEST = "1.30"  # kubeVersion of the chart
ROLES: dict[str, Any] = yaml.safe_load((CHART / "files" / "roles.yaml").read_text())
# What one machine has no need to be told, or leaves at its default.
CLUSTERS_OWN = {"KINERJA_KAFKA_REPLICATION", "KINERJA_DRAIN_SECONDS", "KINERJA_ZONE", "KINERJA_DEFAULT_ZONE"}


@pytest.fixture(scope="module", autouse=True)
def _schemas_read_once() -> Iterator[None]:
    """They are megabytes, and the library reads them anew for each manifest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kubernetes_validate.utils, "schema_contents", cache(kubernetes_validate.utils.schema_contents))
        yield


@pytest.fixture(params=list(MORE))
def manifests(request: pytest.FixtureRequest) -> tuple[Manifest, ...]:
    return rendered(request.param)


@pytest.fixture
def plain() -> tuple[Manifest, ...]:
    return rendered("plain")


def containers(manifests: tuple[Manifest, ...]) -> list[Manifest]:
    specs = [pod["spec"] for pod in pods(manifests).values()]
    return [one for spec in specs for one in [*spec.get("initContainers", []), *spec["containers"]]]


@pytest.mark.parametrize("name", MORE)
def test_helm_finds_nothing_to_say_against_it(name: str) -> None:
    done = helm("lint", "--strict", CHART, values=merged(NEEDED, MORE[name]))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("version", [OLDEST, kubernetes_validate.latest_version()])
def test_kubernetes_takes_every_manifest(manifests: tuple[Manifest, ...], version: str) -> None:
    assert yaml.safe_load((CHART / "Chart.yaml").read_text())["kubeVersion"] == f">={OLDEST}.0-0"
    for one in manifests:
        kubernetes_validate.validate(one, version, strict=True)
    names = [(one["kind"], one["metadata"]["name"]) for one in manifests]
    assert len(set(names)) == len(names)


def test_the_same_roles_run_with_the_same_commands(plain: tuple[Manifest, ...], compose: dict[str, Any]) -> None:
    services = {name: one for name, one in compose["services"].items() if "services." in str(one.get("command"))}
    ours = {name: pod["spec"]["containers"][0].get("args") for name, pod in pods(plain).items()}
    assert {name: ours[name] for name in ROLES} == {
        name: one["command"] for name, one in services.items() if "profiles" not in one
    }
    assert ours.keys() - ROLES.keys() == {"edge", "keycloak"}
    job = pods(rendered("everything"))["demo"]["spec"]
    assert [one["args"] for one in (*job["initContainers"], *job["containers"])] == [
        one["command"] for one in services.values() if one.get("profiles") == ["demo"]
    ]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_told_the_same(plain: tuple[Manifest, ...], compose: dict[str, Any], role: str) -> None:
    told = environment(pods(plain)[role]["spec"]["containers"][0])
    there = compose["services"][role]["environment"]
    instance = {"KINERJA_INSTANCE"}  # of compose's own only where there may be several
    assert told.keys() - CLUSTERS_OWN - instance == there.keys() - instance
    for name in ("KINERJA_MONGO_DATABASE", "KINERJA_HEALTH_PORT", "KINERJA_TRUSTED_PROXIES"):
        assert told.get(name) == there.get(name)
    inside = str(told["KINERJA_ISSUER_KEYS"]).replace("//kinerja-keycloak:", "//keycloak:")
    assert inside == there["KINERJA_ISSUER_KEYS"]
    assert str(told["KINERJA_ISSUER"]).endswith(there["KINERJA_ISSUER"].split("}", 1)[1])


def settings_of(service: str) -> type[Settings]:
    there = vars(import_module(f"services.{service}.settings")).values()
    return next(one for one in there if isinstance(one, type) and issubclass(one, Settings) and one is not Settings)


@pytest.mark.parametrize("name", MORE)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_can_start_with_what_it_is_told(name: str, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pod = pods(rendered(name))[role]
    settings = settings_of(environment(pod["spec"]["containers"][0])["KINERJA_MONGO_DATABASE"])
    for variable, value in environment(pod["spec"]["containers"][0]).items():
        assert variable.removeprefix("KINERJA_").lower() in settings.model_fields
        filled = "1" if isinstance(value, dict) and "fieldRef" in value else "from-a-secret-of-the-cluster"
        monkeypatch.setenv(variable, value if isinstance(value, str) else filled)
    monkeypatch.setenv("KINERJA_PORT", "8000")  # deploy/images/Dockerfile
    found = settings.load()
    assert found.kafka_replication == 3
    # Ended by force only when it had all the time it takes for itself: running requests, then background work.
    assert pod["spec"]["terminationGracePeriodSeconds"] > found.drain_seconds + 2 * found.graceful_seconds
    probes = found.probes_port if role == "devices" and isinstance(found, AttendanceSettings) else found.port
    container = pod["spec"]["containers"][0]
    paths = {"startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/readyz"}
    assert {kind: container[kind]["httpGet"] for kind in paths} == {
        kind: {"path": path, "port": probes} for kind, path in paths.items()
    }
    assert pod["metadata"]["annotations"]["prometheus.io/port"] == str(probes)


def test_who_must_be_alone_is_and_who_must_be_known_has_a_number(plain: tuple[Manifest, ...]) -> None:
    deployments, sets = named(plain, "Deployment"), named(plain, "StatefulSet")
    relays = {name for name, role in ROLES.items() if role["command"][1] in ("all", "worker")} - {"projector"}
    assert {name for name, role in ROLES.items() if role.get("alone")} == relays
    for name in relays:
        spec = deployments[name]["spec"]
        assert (spec["replicas"], spec["strategy"]) == (1, {"type": "Recreate"})
    assert sets.keys() == {"devices", "projector", "assessor"}
    for one in sets.values():
        number = environment(one["spec"]["template"]["spec"]["containers"][0])["KINERJA_INSTANCE"]
        assert number == {"fieldRef": {"fieldPath": "metadata.labels['apps.kubernetes.io/pod-index']"}}
        assert one["spec"]["podManagementPolicy"] == "Parallel"
    schema = json.loads((CHART / "values.schema.json").read_text())["properties"]["services"]["properties"]
    assert schema["projector"]["properties"]["replicas"]["maximum"] == PARTITIONS


def test_the_edge_reaches_everyone_by_a_name_there_is(manifests: tuple[Manifest, ...], compose: dict[str, Any]) -> None:
    told = environment(pods(manifests)["edge"]["spec"]["containers"][0])
    services, sets = named(manifests, "Service"), named(manifests, "StatefulSet")
    signed_in_here = {"KINERJA_SIGN_IN_UPSTREAMS"} if "keycloak" not in services else set()
    assert told.keys() | signed_in_here == compose["services"]["edge"]["environment"].keys()
    devices = sets["devices"]["spec"]
    upstreams = [value for name, value in told.items() if name.endswith("_UPSTREAMS")]
    for address in " ".join(upstreams).split():
        host, _, port = address.partition(":")
        pod, _, service = host.rpartition(".")
        found = services[service.removeprefix("kinerja-")]
        assert [str(one["port"]) for one in found["spec"]["ports"]] == [port]
        assert any(selects({"matchLabels": found["spec"]["selector"]}, labels) for labels in all_labels(manifests))
        assert not pod or (pod.removeprefix("kinerja-devices-") in map(str, range(devices["replicas"])))
    assert len(told["KINERJA_DEVICE_UPSTREAMS"].split()) == devices["replicas"]
    assert devices["serviceName"] == "kinerja-devices"
    assert "clusterIP" not in services["edge"]["spec"]


def all_labels(manifests: tuple[Manifest, ...]) -> list[dict[str, str]]:
    return [pod["metadata"]["labels"] for pod in pods(manifests).values()]


def test_sign_in_is_the_same(plain: tuple[Manifest, ...], compose: dict[str, Any]) -> None:
    there = compose["services"]["keycloak"]
    spec = pods(plain)["keycloak"]["spec"]
    ours = spec["containers"][0]
    assert {one["image"] for one in (*spec["initContainers"], ours)} == {there["image"]}
    default = "${KINERJA_ADDRESS:-http://127.0.0.1:8080}"
    assert ours["args"] == [word.replace(default, NEEDED["address"]) for word in there["command"]]
    assert environment(ours).keys() == there["environment"].keys()
    assert environment(ours)["JAVA_OPTS_KC_HEAP"] == there["environment"]["JAVA_OPTS_KC_HEAP"]
    mounted = {one["mountPath"] for one in ours["volumeMounts"]}
    assert {mount.split(":")[1] for mount in there["volumes"]} <= mounted
    assert named(plain, "Deployment")["keycloak"]["spec"]["replicas"] == 1


def test_the_realm_and_its_theme_are_linked_not_copied(plain: tuple[Manifest, ...], tmp_path: Path) -> None:
    assert (CHART / "files" / "realm.json").is_symlink()
    assert (CHART / "files" / "theme").is_symlink()
    maps = named(plain, "ConfigMap")
    assert maps["keycloak"]["data"]["realm.json"].encode() == keycloak.REALM.read_bytes()
    volumes = {one["name"]: one for one in pods(plain)["keycloak"]["spec"]["volumes"]}
    shown = {one["path"]: maps["keycloak-theme"]["data"][one["key"]] for one in volumes["theme"]["configMap"]["items"]}
    theme = keycloak.THEME / "kinerja"
    assert shown == {str(f.relative_to(theme)): f.read_text() for f in theme.rglob("*") if f.is_file()}
    done = helm("package", CHART, "--destination", tmp_path)
    assert done.returncode == 0, done.stderr
    with tarfile.open(next(tmp_path.glob("kinerja-*.tgz"))) as packed:
        realm = packed.extractfile("kinerja/files/realm.json")
        assert realm is not None
        assert realm.read() == keycloak.REALM.read_bytes()
        assert "kinerja/files/theme/login/template.ftl" in packed.getnames()


def test_no_secret_is_told_only_named(manifests: tuple[Manifest, ...]) -> None:
    assert not named(manifests, "Secret")
    secret = {"KINERJA_MONGO", "KINERJA_PHOTO_KEY", "KINERJA_RECEIPT_KEY", "KINERJA_INTEGRATION_SECRET"}
    secret |= {"KC_BOOTSTRAP_ADMIN_PASSWORD", "KC_DB_USERNAME", "KC_DB_PASSWORD"}
    for container in containers(manifests):
        for name, value in environment(container | {"env": container.get("env", [])}).items():
            assert (name in secret) == (isinstance(value, dict) and "secretKeyRef" in value), name
            assert name != "KINERJA_TOKEN"


def test_every_container_is_hardened(manifests: tuple[Manifest, ...]) -> None:
    for name, pod in pods(manifests).items():
        spec = pod["spec"]
        assert spec["automountServiceAccountToken"] is False, name
        assert spec["enableServiceLinks"] is False, name  # else a Service's address becomes KINERJA_..._PORT
        assert spec["securityContext"]["runAsNonRoot"] is True, name
        assert spec["securityContext"]["runAsUser"] >= 1000, name
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        assert not {"hostNetwork", "hostPID", "hostIPC"} & spec.keys(), name
        assert not any("hostPath" in volume for volume in spec["volumes"]), name
        assert selects(spec["topologySpreadConstraints"][0]["labelSelector"], pod["metadata"]["labels"]), name
    for container in containers(manifests):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}
        assert "memory" in container["resources"]["limits"]
        assert not container["image"].endswith((":", ":latest"))


def test_a_workload_has_a_budget_where_there_are_several(manifests: tuple[Manifest, ...]) -> None:
    many = named(manifests, "Deployment") | named(manifests, "StatefulSet")
    budgets = named(manifests, "PodDisruptionBudget")
    assert budgets.keys() == {name for name, one in many.items() if one["spec"]["replicas"] > 1}
    for name, budget in budgets.items():
        assert selects(budget["spec"]["selector"], many[name]["spec"]["template"]["metadata"]["labels"])


def speakers(manifests: tuple[Manifest, ...], part: str) -> set[tuple[str, int]]:
    """Who may open a connection to a part: names of parts, `namespace x` or `anybody`, with the port."""
    labels, found = pods(manifests)[part]["metadata"]["labels"], set()
    for policy in named(manifests, "NetworkPolicy").values():
        for rule in policy["spec"].get("ingress", []) if selects(policy["spec"]["podSelector"], labels) else []:
            who = {name for peer in rule.get("from", []) for name in peers(manifests, peer)} or {"anybody"}
            found |= {(name, port["port"]) for name in who for port in rule["ports"]}
    return found


def peers(manifests: tuple[Manifest, ...], peer: Manifest) -> set[str]:
    if "namespaceSelector" in peer:
        return {"namespace " + peer["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]}
    ours = pods(manifests).items()
    return {name for name, pod in ours if selects(peer["podSelector"], pod["metadata"]["labels"])}


UNASKED = ("worker", "days")
"""Roles that answer nobody but probes."""


def test_nobody_speaks_to_a_part_but_who_must(manifests: tuple[Manifest, ...]) -> None:
    deny = named(manifests, "NetworkPolicy")["everything"]["spec"]
    assert set(deny["policyTypes"]) == {"Ingress", "Egress"}
    assert "ingress" not in deny
    assert deny["egress"] == [{"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}]
    ours = pods(manifests)
    assert all(selects(deny["podSelector"], pod["metadata"]["labels"]) for pod in ours.values())
    measured = "-metrics-8000" in " ".join(one["metadata"]["name"] for one in manifests)
    for name in ours:
        expected: set[tuple[str, int]] = set()
        if name == "edge":
            expected = {("anybody", 8080), ("anybody", 8081)}
        elif name == "keycloak":
            expected = {(other, 8080) for other in ours if other != "keycloak"}
        elif name != "demo":
            expected = {("edge", 8000)} if ROLES[name]["command"][1] not in UNASKED else set()
            if measured:
                expected.add(("namespace monitoring", 8100 if name == "devices" else 8000))
        assert speakers(manifests, name) == expected, name


def test_parts_reach_what_they_need_and_no_more() -> None:
    for name, sign_in in (("plain", {8080}), ("another issuer", {443}), ("everything", {8080, 4318})):
        policies = named(rendered(name), "NetworkPolicy")
        services = policies["services"]["spec"]
        assert {port["port"] for rule in services["egress"] for port in rule["ports"]} == {9092, 27017} | sign_in
        assert set(ROLES) <= peers(rendered(name), services)
    kafka = named(rendered("everything"), "NetworkPolicy")["services"]["spec"]["egress"][0]
    assert kafka["to"] == [{"ipBlock": {"cidr": "10.1.0.0/24"}}]
    edge = named(rendered("plain"), "NetworkPolicy")["edge"]["spec"]["egress"]
    reached = {part for rule in edge for peer in rule["to"] for part in peers(rendered("plain"), peer)}
    assert reached == {name for name, role in ROLES.items() if role["command"][1] not in UNASKED} | {"keycloak"}


def test_only_the_edge_is_open_to_the_outside(manifests: tuple[Manifest, ...]) -> None:
    services = named(manifests, "Service")
    open_ones = {name for name, one in services.items() if one["spec"].get("type", "ClusterIP") != "ClusterIP"}
    assert open_ones <= {"terminals"}
    for name in open_ones:
        assert services[name]["spec"]["externalTrafficPolicy"] == "Local"
        assert [port["targetPort"] for port in services[name]["spec"]["ports"]] == ["devices"]
    for ingress in named(manifests, "Ingress").values():
        rules = ingress["spec"]["rules"]
        assert [path["backend"]["service"] for rule in rules for path in rule["http"]["paths"]] == [
            {"name": "kinerja-edge", "port": {"name": "people"}}
        ]
        assert ingress["spec"]["tls"] == [{"hosts": [rules[0]["host"]], "secretName": "certificate"}]
        assert rules[0]["host"] == "kinerja.example.go.id"
    # What the edge keeps to itself is in its file, which is every set-up's.
    kept = "@administration path /auth/admin* /auth/realms/master* /auth/metrics* /auth/health*"
    assert kept in caddy.CADDYFILE.read_text()


def test_the_app_is_told_the_agency_and_its_issuer() -> None:
    told = {name: json.loads(named(rendered(name), "ConfigMap")["edge"]["data"]["agency.json"]) for name in MORE}
    assert told["plain"] == json.loads((ROOT / "web" / "public" / "agency.json").read_text())
    assert told["everything"] == {"name": "Kota Contoh", "brand": "city", "zone": "Asia/Jayapura"}
    assert told["another issuer"]["issuer"] == MORE["another issuer"]["signIn"]["issuer"]
    assert told["another issuer"]["client"] == "kinerja-web"


def test_the_readme_makes_a_user_for_each_service() -> None:
    text = (CHART / "README.md").read_text()
    assert f"of {json.dumps(SERVICES)})" in text


def test_the_demo_is_asked_for() -> None:
    assert not named(rendered("plain"), "Job")
    assert named(rendered("everything"), "Job").keys() == {"demo"}


def test_versions_are_the_projects(plain: tuple[Manifest, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
    assert chart["appVersion"] == chart["version"] == project["version"]
    images = {one["image"] for one in containers(plain)}
    assert {f"kinerja/app:{project['version']}", f"kinerja/edge:{project['version']}"} <= images


@pytest.mark.parametrize(
    ("without", "message"),
    [
        ({"address": ""}, "address: give the address where people reach the edge"),
        ({"kafka": {"bootstrap": ""}}, "kafka.bootstrap: give the brokers"),
        ({"mongo": {"reporting": {"existingSecret": ""}}}, "mongo.reporting.existingSecret: name a Secret whose key"),
        ({"photos": {"existingSecret": ""}}, "photos.existingSecret: name a Secret whose key"),
        ({"receipts": {"existingSecret": ""}}, "receipts.existingSecret: name a Secret whose key"),
        ({"keycloak": {"existingSecret": ""}}, "keycloak.existingSecret: name a Secret with the keys admin-password"),
        ({"keycloak": {"enabled": False}}, "signIn.issuer: without keycloak.enabled give the OpenID issuer"),
        (
            {"keycloak": {"database": {"url": "jdbc:postgresql://postgres:5432/keycloak"}}},
            "keycloak.database.existingSecret: name a Secret",
        ),
        ({"edge": {"ingress": {"enabled": True}}}, "edge.ingress.tlsSecret: name the Secret with the certificate"),
        ({"kafka": {"replicas": 3}}, "Additional property replicas is not allowed"),
        ({"services": {"directory": {"replicas": 2}}}, "Additional property replicas is not allowed"),
        ({"env": {"KINERJA_MONGO": "mongodb://user:password@mongo"}}, "env: Must not validate the schema"),
        ({"address": "kinerja.example.go.id"}, "address: Does not match pattern"),
    ],
)
def test_what_is_missing_or_wrong_is_said(without: dict[str, Any], message: str) -> None:
    done = helm("template", "kinerja", CHART, values=merged(NEEDED, without))
    assert done.returncode != 0
    assert message in done.stderr


@pytest.mark.parametrize(("release", "prefix"), [("kinerja", "kinerja"), ("kota", "kota-kinerja")])
def test_names_are_the_releases(release: str, prefix: str) -> None:
    done = helm("template", release, CHART, values=NEEDED)
    assert all(one["metadata"]["name"].startswith(f"{prefix}-") for one in yaml.safe_load_all(done.stdout) if one)
