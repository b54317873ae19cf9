"""The port of `sejul serve-ray` when another program has it."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from app.cli import SETUP_FAILED
from bench.ports import free_port
from tests.scale.conftest import PATIENCE_S, ROOT, Cluster

pytestmark = [pytest.mark.ray, pytest.mark.timeout(600)]
pytest.importorskip("ray", reason="needs the extra [ray]; `make test-ray` installs it")


def test_a_port_that_is_taken_is_named_and_the_command_ends(cluster: Cluster) -> None:
    """It says which port and what to do, without a traceback, and takes down the cluster that it started."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", port := free_port()))
        other.listen()
        done = subprocess.run(
            [sys.executable, "-m", "app", "serve-ray", "--port", str(port)],
            cwd=ROOT, env=cluster.environment | {"SEJUL_ENGINE": "extractive"}, capture_output=True, text=True,
            timeout=PATIENCE_S, check=False,
        )  # fmt: skip
    assert done.returncode == SETUP_FAILED, done.stderr
    assert f"127.0.0.1:{port}" in done.stderr
    assert "choose another port" in done.stderr
    assert "app/scale/serve.py" not in done.stderr
