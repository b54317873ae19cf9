"""A Ray cluster: one that is there, or one of this machine alone that ends with the command."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Ray asks for a third of the machine's memory; pages are small, and what does not fit goes to disk.
_OBJECT_STORE_BYTES = 256 * 2**20
# A Unix socket's path has at most 107 characters, and Ray puts some 70 of its own behind this.
_LONGEST_TEMP = 30


@contextmanager
def cluster(address: str | None, *, cpus: int | None = None, log: bool = False) -> Iterator[None]:
    """Joins the cluster at `address`; without one, a cluster of this machine on loopback is up while this is open.

    `log` shows what replicas and workers write here.

    Raises:
        SetupError: Ray is not installed, or no cluster answers there.
    """
    _prepare(alone=address is None)
    try:
        import ray
    except ImportError as exc:
        raise SetupError("Ray is not installed; pip install 'sejul[ray]'") from exc
    if address is not None:
        try:
            ray.init(address, namespace="sejul", log_to_driver=log, logging_level=logging.ERROR)
        except (ConnectionError, ValueError, RuntimeError) as exc:
            raise SetupError(f"no Ray cluster at {address!r}: {exc}") from exc
        try:
            yield
        finally:
            ray.shutdown()
        return
    temp = Path(tempfile.mkdtemp(prefix="sejul-ray-", dir=_short_temp()))
    try:
        ray.init(
            "local",
            num_cpus=cpus,
            object_store_memory=_OBJECT_STORE_BYTES,
            include_dashboard=False,
            namespace="sejul",
            log_to_driver=log,
            logging_level=logging.ERROR,
            _temp_dir=str(temp),
        )
        yield
    finally:
        ray.shutdown()
        shutil.rmtree(temp, ignore_errors=True)


def _prepare(*, alone: bool) -> None:
    """The environment of Ray, which its processes inherit and which it reads when it is imported."""
    # It would count its users over the network.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # What a replica without a GPU may see is said by SEJUL_DEVICE, not by hiding what the machine has.
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    os.environ.setdefault("RAY_SERVE_HTTP_PROXY_CALLBACK_IMPORT_PATH", "app.scale.front:middlewares")
    # What a user can do something about comes as an exception; this is Ray's C++ speaking on our standard error.
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    if alone:
        # Ray's ports run whatever they are sent. Off Linux it keeps a machine's own cluster on loopback; this is the
        # switch for it. The token is for other users of this machine.
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
        # Where the command is killed, Ray's agents would look a minute more for a head that went with it.
        os.environ.setdefault("RAY_gcs_rpc_server_reconnect_timeout_s", "10")
        # Ray nices all its workers, its own bookkeepers too, and a run stands still where these starve: two minutes at a
        # time on two cores with a load of 25. Who wants it gentle starts the command with `nice`.
        os.environ.setdefault("RAY_worker_niceness", "0")
        os.environ["RAY_AUTH_MODE"] = "token"
        os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)


def _short_temp() -> str:
    usual = tempfile.gettempdir()
    return usual if len(usual) <= _LONGEST_TEMP else "/tmp"  # noqa: S108 - mkdtemp makes a private folder in it
