"""Replicas come, go and die while pages are sent: no client sees it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.scale.conftest import ROOT, load, wait_for

if TYPE_CHECKING:
    from tests.scale.conftest import Cluster

pytestmark = [pytest.mark.ray, pytest.mark.timeout(600)]
pytest.importorskip("ray", reason="needs the extra [ray]; `make test-ray` installs it")

FALLEN_BACK = {"engine_failed", "engine_late", "out_of_memory", "cancelled"}


def test_a_rolling_update_fails_no_request(cluster: Cluster) -> None:
    """Other settings under load: every page is answered, first by the old replica, then by the new one."""
    cluster.deploy()
    with load(cluster.url) as seen:
        wait_for(lambda: len(seen.answers) > 3)
        cluster.deploy(label_extracted="새 안내문")
        done = len(seen.answers)
        wait_for(lambda: len(seen.answers) > done + 6)
    assert seen.others == {}
    labels = [answer["ai"]["label"] for answer in seen.answers]
    assert labels[0].startswith("주요 문장 추출")
    assert labels[-1] == "새 안내문"


def test_a_desk_that_is_killed_loses_no_request(cluster: Cluster) -> None:
    """SIGKILL under load: what it had at work is done by the next one, and its clients only wait longer."""
    cluster.deploy()
    with load(cluster.url) as seen:
        wait_for(lambda: len(seen.answers) > 3)
        victim = cluster.replicas("desk")[0]
        victim.kill()
        done = len(seen.answers)
        wait_for(lambda: len(seen.answers) > done + 6)
    assert seen.others == {}
    assert victim.pid not in {process.pid for process in cluster.replicas("desk")}


def test_an_engine_that_is_killed_loses_no_article(cluster: Cluster, models: Path) -> None:
    """SIGKILL of a model's replica under load: its articles are drafted by the next one, none is picked instead."""
    cluster.deploy(engine="desk", models_dir=models, device="cpu", deadline_s=240)
    with load(cluster.url) as seen:
        wait_for(lambda: len(seen.answers) > 3)
        (victim,) = cluster.replicas("engine")
        victim.kill()
        done = len(seen.answers)
        wait_for(lambda: len(seen.answers) > done + 6)
    assert seen.others == {}
    assert {answer["engine"]["name"] for answer in seen.answers} == {"desk"}
    assert not FALLEN_BACK & set(seen.notices)


def test_another_model_takes_over_without_downtime(cluster: Cluster, models: Path) -> None:
    """A model change under load: no page fails or is picked, and each answer names a model that wrote for it."""
    cluster.deploy(engine="desk", models_dir=models, device="cpu", deadline_s=240)
    with load(cluster.url) as seen:
        wait_for(lambda: len(seen.answers) > 3)
        cluster.deploy(engine="night", models_dir=models, device="cpu", deadline_s=240)
        done = len(seen.answers)
        wait_for(lambda: len(seen.answers) > done + 6)
    assert seen.others == {}
    assert not FALLEN_BACK & set(seen.notices)
    named = [answer["engine"]["name"] for answer in seen.answers]
    assert (named[0], named[-1]) == ("desk", "night")
    assert {answer["engine"]["kind"] for answer in seen.answers} == {"seq2seq"}


def test_a_model_that_cannot_be_had_leaves_the_old_one_at_work(cluster: Cluster, models: Path) -> None:
    """A deployment with a card that is not there is refused with its reason, and nothing changes."""
    cluster.deploy()
    command = ["sejul", "serve-ray", "--address", cluster.address, "--port", str(cluster.port)]
    done = cluster.run(*command, SEJUL_ENGINE="other", SEJUL_MODELS_DIR=str(models))
    assert done.returncode == 3
    assert "other" in done.stderr
    with load(cluster.url, clients=1) as seen:
        wait_for(lambda: len(seen.answers) > 1)
    assert seen.others == {}


def test_the_serve_config_file_deploys_the_same(cluster: Cluster, tmp_path: Path) -> None:
    """deploy/ray-serve.yaml, with a setting of our own among its args, is taken by Ray's own command."""
    config = yaml.safe_load((ROOT / "deploy" / "ray-serve.yaml").read_text(encoding="utf-8"))
    config["applications"][0]["args"] |= {"label_extracted": "설정 파일"}
    config["http_options"]["port"] = cluster.port
    path = tmp_path / "serve.yaml"
    path.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    done = cluster.run("serve", "run", "--non-blocking", f"--address={cluster.address}", str(path))
    assert done.returncode == 0, done.stderr

    def labels() -> set[str]:
        with load(cluster.url, clients=1) as seen:
            wait_for(lambda: len(seen.answers) > 0)
        return {answer["ai"]["label"] for answer in seen.answers}

    wait_for(lambda: labels() == {"설정 파일"})
