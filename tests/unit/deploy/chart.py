"""The chart of deploy/helm, rendered by the real helm. Nothing here needs a cluster."""

import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from deploy.local.credentials import SERVICES
from deploy.local.program import ROOT

CHART = ROOT / "deploy" / "helm" / "kinerja"
HELM = shutil.which("helm", path=str(Path(sys.executable).parent))
Manifest = dict[str, Any]

NEEDED: dict[str, Any] = {
    "address": "https://kinerja.example.go.id",
    "kafka": {"bootstrap": "kafka-0.kafka:9092,kafka-1.kafka:9092,kafka-2.kafka:9092"},
    "mongo": {name: {"existingSecret": f"mongo-{name}"} for name in SERVICES},
    "photos": {"existingSecret": "photos"},
    "receipts": {"existingSecret": "receipts"},
    "keycloak": {"existingSecret": "sign-in"},
}
MORE: dict[str, dict[str, Any]] = {
    "plain": {},
    "everything": {
        "agency": {"name": "Kota Contoh", "zone": "Asia/Jayapura"},
        "images": {"tag": "1.2.3", "pullSecrets": ["registry"]},
        "keycloak": {"database": {"url": "jdbc:postgresql://postgres:5432/keycloak", "existingSecret": "database"}},
        "services": {"devices": {"replicas": 3}, "projector": {"replicas": 12}},
        "edge": {
            "ingress": {"enabled": True, "className": "nginx", "annotations": {"a/b": "c"}, "tlsSecret": "certificate"},
            "devices": {"annotations": {"a/b": "c"}, "sourceRanges": ["10.0.0.0/8"]},
        },
        "network": {"metricsNamespace": "monitoring", "kafka": {"to": [{"ipBlock": {"cidr": "10.1.0.0/24"}}]}},
        "otlpEndpoint": "http://collector:4318",
        "env": {"KINERJA_TRACE_RATIO": "0.1"},
        "demo": {"enabled": True},
    },
    "another issuer": {
        "keycloak": {"enabled": False},
        "signIn": {"issuer": "https://masuk.example.go.id/realms/asn"},
        "edge": {"replicas": 1, "devices": {"type": "ClusterIP"}},
        "network": {"metricsNamespace": "monitoring"},
    },
}


def merged(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """As helm merges values."""
    both = {key: merged(base[key], more[key]) for key in base.keys() & more.keys() if isinstance(more[key], dict)}
    return base | more | both


def helm(*words: str | Path, values: dict[str, Any] | None = None) -> subprocess.CompletedProcess[str]:
    """Run it with these values, in a home of its own."""
    assert HELM is not None
    with tempfile.TemporaryDirectory() as home:
        given = Path(home) / "values.yaml"
        given.write_text(yaml.safe_dump(values or {}))
        told = [] if values is None else ["--values", str(given)]
        return subprocess.run(
            [HELM, *map(str, words), *told],
            env={"HOME": home, "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


@cache
def rendered(name: str) -> tuple[Manifest, ...]:
    """All manifests with the values of this name in MORE."""
    done = helm("template", "kinerja", CHART, values=merged(NEEDED, MORE[name]))
    assert done.returncode == 0, done.stderr
    return tuple(filter(None, yaml.safe_load_all(done.stdout)))


def named(manifests: tuple[Manifest, ...], kind: str) -> dict[str, Manifest]:
    """Those of a kind, by name without the release's."""
    return {one["metadata"]["name"].removeprefix("kinerja-"): one for one in manifests if one["kind"] == kind}


def pods(manifests: tuple[Manifest, ...]) -> dict[str, Manifest]:
    """The pod template of everything that makes pods, by name."""
    makers = ("Deployment", "StatefulSet", "Job")
    return {name: one["spec"]["template"] for kind in makers for name, one in named(manifests, kind).items()}


def environment(container: Manifest) -> dict[str, Any]:
    """Variables of a container: the value, or where it comes from."""
    return {one["name"]: one.get("value", one.get("valueFrom")) for one in container["env"]}


def selects(selector: Manifest, labels: dict[str, str]) -> bool:
    """Whether a Kubernetes label selector selects these labels."""
    return all(labels.get(name) == value for name, value in selector.get("matchLabels", {}).items()) and all(
        labels.get(one["key"]) in one["values"] and one["operator"] == "In"
        for one in selector.get("matchExpressions", [])
    )
