"""`sejul serve-ray`: the HTTP server on Ray Serve."""

from __future__ import annotations

import signal
import threading

import click


@click.command("serve-ray")
@click.option("--host", default=None, help="기본값 SEJUL_HOST (127.0.0.1)")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="기본값 SEJUL_PORT (8000)")
@click.option("--address", default=None, help="Ray 클러스터(auto 또는 주소:포트), 기본값 SEJUL_RAY_ADDRESS")
@click.option("--stop", is_flag=True, help="클러스터에 올린 서버를 내림")
def serve_ray(host: str | None, port: int | None, address: str | None, *, stop: bool) -> None:
    """HTTP 서버를 Ray Serve에 올립니다.

    클러스터를 주지 않으면 이 컴퓨터에 하나를 띄우고, 멈출 때(Ctrl-C, SIGTERM) 함께 내립니다.
    클러스터를 주면 그곳에 올리고 끝납니다. 다시 실행하면 바뀐 설정으로 복제본을 하나씩 갈아 끼웁니다(무중단).
    """
    from app.api.access import check_listening, origins
    from app.scale.cluster import cluster
    from app.scale.serve import deploy, undeploy
    from app.settings import Settings

    settings = Settings()
    host, port = host or settings.host, port or settings.port
    address = address or settings.ray_address
    check_listening(host, settings)
    origins(settings)
    stopped = threading.Event()
    with cluster(address, log=address is None):
        # After Ray has put its own handlers there, which print the C stack.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        if stop:
            undeploy()
            return
        deploy(settings, host, port)
        click.echo(f"http://{host}:{port}", err=True)
        if address is None:
            stopped.wait()
            undeploy()
