"""The server on Ray Serve: the same app in replicas of a desk, and a model's engine in replicas of its own.

`application` is what a Serve config file names (deploy/ray-serve.yaml); `sejul serve-ray` deploys the same.
"""

from __future__ import annotations

import logging.config
from typing import TYPE_CHECKING, Any

from app.api import create_app
from app.api.logs import config
from app.engine.registry import choose
from app.errors import SetupError
from app.scale.remote import RemoteEngine
from app.scale.replica import EngineReplica
from app.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

NAME = "sejul"
# A desk takes what its own doors let in (SEJUL_PLACES and who waits for one); Ray must not hold it back before.
_DESK_REQUESTS = 512
# Where a desk has more requests than this, Ray Serve adds one; it works on some eight at once.
_DESK_TARGET = 8
# More than fit any batch: what waits for the engine waits at its gate, where it is batched.
_ENGINE_ARTICLES = 1024
_ENGINE_TARGET = 96
# Between two replicas that take over from each other, and a little more than the app's own grace.
_MARGIN_S = 10.0
_HEALTH_EVERY_S = 5.0


class Desk:
    """A replica of the app: everything but a model's drafting is done here."""

    def __init__(self, settings: Settings, engine: Any = None) -> None:  # noqa: ANN401 - a handle of Ray Serve
        logging.config.dictConfig(config(settings.log_format))
        self._settings = settings
        self._handle = engine
        self._app: FastAPI | None = None

    async def __serve_build_asgi_app__(self) -> FastAPI:
        """The same app as `sejul serve`, built in the replica."""
        engine = self._handle and RemoteEngine(self._handle, await self._handle.info.remote())
        self._app = create_app(self._settings, engine)
        return self._app

    async def check_health(self) -> None:
        """No request comes here before the first answer, so it waits for the engine and the first page.

        Raises:
            SetupError: the engine cannot be had.
        """
        assert self._app is not None  # noqa: S101 - Ray Serve builds the app before it asks
        await self._app.state.service.until_warm()

    def reconfigure(self, user_config: dict[str, Any]) -> None:
        """Takes any user_config: a change of it alone is no reason to start a desk anew."""


def application(given: dict[str, Any]) -> Any:  # noqa: ANN401 - an Application of Ray Serve
    """The application of a Serve config file; its `args` are settings by name and go before the environment.

    Raises:
        SetupError: a setting is wrong, or its name is none.
    """
    unknown = sorted(set(given) - set(Settings.model_fields))
    if unknown:
        raise SetupError(f"args: no setting {', '.join(unknown)}; docs/runbook.md lists them")
    return bind(Settings(**given))


def bind(settings: Settings) -> Any:  # noqa: ANN401 - likewise
    """The deployments for these settings: `desk`, and `engine` where a model runs in process."""
    from ray import serve

    chosen = choose(settings)
    # The app's own line says what Ray's does not, and leaves out the path and query that Ray's tells.
    quiet = {"enable_access_log": False, "log_level": "WARNING"}
    grace_s = settings.grace_s + _MARGIN_S
    desk = serve.deployment(
        name="desk",
        ray_actor_options={"num_cpus": 1},
        max_ongoing_requests=_DESK_REQUESTS,
        autoscaling_config=_autoscaling(settings.ray_desks, _DESK_TARGET),
        graceful_shutdown_timeout_s=grace_s,
        health_check_period_s=_HEALTH_EVERY_S,
        logging_config=quiet,
    )(serve.ingress()(Desk))
    # A chat server batches by itself and is asked from the desk, as from `sejul serve`.
    if chosen.card is None or chosen.card.kind == "chat":
        return desk.bind(settings)
    engine = serve.deployment(
        name="engine",
        ray_actor_options={"num_cpus": 1, "num_gpus": settings.ray_engine_gpus},
        max_ongoing_requests=_ENGINE_ARTICLES,
        autoscaling_config=_autoscaling(settings.ray_engines, _ENGINE_TARGET),
        graceful_shutdown_timeout_s=grace_s,
        health_check_period_s=_HEALTH_EVERY_S,
        logging_config=quiet,
    )(EngineReplica)
    # `auto` is decided once: a replica that starts next week must not find other weights on its machine.
    return desk.bind(settings, engine.bind(settings.model_copy(update={"engine": chosen.name})))


def deploy(settings: Settings, host: str, port: int) -> None:
    """Deploys to the cluster that is joined; where it runs there already, replica by replica.

    Raises:
        SetupError: it does not come up.
    """
    from ray import serve
    from ray.serve.config import HTTPOptions
    from ray.serve.schema import LoggingConfig

    try:
        serve.start(
            http_options=HTTPOptions(host=host, port=port),
            logging_config=LoggingConfig(log_level="WARNING", enable_access_log=False),
        )
    except RuntimeError as exc:
        # Ray keeps trying that port behind the error, and what is deployed next would be up without a door.
        serve.shutdown()
        # Ray's message is the whole traceback of another process; its last line says what happened.
        said = str(exc).strip().rpartition("\n")[2]
        raise SetupError(
            f"no proxy of Ray Serve comes up on {host}:{port}; if another program listens there, choose another port: {said}"
        ) from exc
    try:
        serve.run(bind(settings), name=NAME, route_prefix="/")
    except RuntimeError as exc:
        raise SetupError(f"the application does not come up: {exc}") from exc


def undeploy() -> None:
    """Takes the application off the cluster that is joined, and the proxies with it; what was accepted is done first."""
    from ray import serve

    serve.delete(NAME)
    serve.shutdown()


def _autoscaling(most: int, target: int) -> dict[str, Any]:
    """From one replica up, by the requests that wait and run; down only after minutes of quiet."""
    return {
        "min_replicas": 1,
        "max_replicas": most,
        "target_ongoing_requests": target,
        "upscale_delay_s": 5,
        "downscale_delay_s": 300,
    }
