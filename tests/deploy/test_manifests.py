"""What deploys sejul is well-formed, and asks for what the design says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"


def manifests() -> dict[str, dict[str, Any]]:
    """The Kubernetes documents, by kind."""
    text = (DEPLOY / "kubernetes" / "sejul.yaml").read_text(encoding="utf-8")
    return {document["kind"]: document for document in yaml.safe_load_all(text)}


def test_the_dockerfile_is_clean() -> None:
    """Hadolint has nothing to say about the Dockerfile."""
    hadolint = Path(sys.executable).with_name("hadolint")
    out = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (out.returncode, out.stdout) == (0, "")


@pytest.mark.parametrize("kind", sorted(manifests()))
def test_manifests_hold_to_their_schema(kind: str) -> None:
    """Each Kubernetes document is valid by the API's own schema, with no unknown field."""
    kubernetes_validate.validate(manifests()[kind], "1.31", strict=True)


def test_a_broken_manifest_is_found() -> None:
    """The validator is not asleep: a misspelt field fails."""
    broken = manifests()["Deployment"]
    broken["spec"]["replica"] = 2
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, "1.31", strict=True)


def test_the_pod_is_locked_down() -> None:
    """Non-root, read-only root, no capabilities, a GPU, probes on the right paths."""
    pod = manifests()["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert container["resources"]["limits"]["nvidia.com/gpu"] == "1"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"


def test_every_policy_points_at_the_pods() -> None:
    """Service, budget, policy and scaler select the deployment that is there."""
    found = manifests()
    labels = found["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert found["Service"]["spec"]["selector"] == labels
    assert found["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert found["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"] == labels
    target = found["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]["name"]
    assert target == found["Deployment"]["metadata"]["name"]


def test_compose_reserves_a_gpu_and_keeps_keys_secret() -> None:
    """The service has a GPU, a read-only root, its keys by secret, and its port on loopback only."""
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    service = compose["services"]["sejul"]
    (device,) = service["deploy"]["resources"]["reservations"]["devices"]
    assert device["capabilities"] == ["gpu"]
    assert service["read_only"] is True
    assert service["secrets"] == ["keys"]
    assert compose["secrets"]["keys"]["file"].endswith("keys.txt")
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert not any("KEY" in name and name != "SEJUL_API_KEYS_FILE" for name in service["environment"])


def test_compose_names_only_settings_that_exist() -> None:
    """Every SEJUL_ variable of the compose file and the manifest is a setting."""
    from app.settings import Settings

    known = {f"SEJUL_{name.upper()}" for name in Settings.model_fields}
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    (container,) = manifests()["Deployment"]["spec"]["template"]["spec"]["containers"]
    named = {*compose["services"]["sejul"]["environment"], *(item["name"] for item in container["env"])}
    assert named - known == set()


def test_the_image_gets_no_developers_tools() -> None:
    """What the image installs is the app's own requirements and the extras, not the dev group."""
    command = [sys.executable, "deploy/runtime_requirements.py", "ctranslate,chat"]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "ctranslate2" in out
    assert "pytest" not in out


def test_an_unknown_extra_ends_the_build() -> None:
    """A misspelt extra is an error that names those there are."""
    command = [sys.executable, "deploy/runtime_requirements.py", "ctranslat"]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert out.returncode != 0
    assert "ctranslate" in out.stderr
