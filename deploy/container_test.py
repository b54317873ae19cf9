"""Build the image and run it as production does: non-root, read-only root, one writable cache.

There need be no Docker engine: buildah builds with `--isolation chroot`, and the image's root is bind-mounted
read-only and entered with chroot under its own user. The base is made by debootstrap, so that no registry of
images is asked. Needs root, buildah and debootstrap (Debian's packages); `make container-test` calls it.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from bench.ports import free_port

ROOT = Path(__file__).parent.parent
IMAGE = "localhost/sejul:test"
BASE = "localhost/sejul-base:bookworm"
CONTAINER = "sejul-container-test"
LOCK = Path(tempfile.gettempdir()) / f"{CONTAINER}.lock"
PORT = free_port()
KEY = "container-test-key"
UID = 10_001
MAX_MIB = 2000
"""Debian, Python, torch for the CPU, transformers, CTranslate2, Kiwi with its model: 1,633 MiB when this was set."""

# What a production image has no business holding.
COMPILERS = ("gcc", "cc", "g++", "clang", "make", "git")
TOOLS = ("pip", "pytest", "mypy", "ruff", "hadolint")


def run(*command: str | Path, **options: Any) -> str:
    """A command's standard output; its failure ends the test."""
    out: str = subprocess.run(
        [str(c) for c in command], check=True, text=True, stdout=subprocess.PIPE, **options
    ).stdout
    return out.strip()


def check(what: str, *, holds: bool, detail: object = "") -> None:
    """Print one line for what was looked at; the first that does not hold ends the test."""
    print(f"{'ok  ' if holds else 'FAIL'} {what} {detail}".rstrip(), flush=True)
    if not holds:
        sys.exit(1)


def make_base(work: Path) -> None:
    """A bookworm with python3.11, from the Debian mirror that this machine uses itself."""
    if BASE in run("buildah", "images", "--format", "{{.Name}}:{{.Tag}}").splitlines():
        return
    root = work / "base"
    packages = "python3,python3-venv,ca-certificates"
    run("debootstrap", "--variant=minbase", f"--include={packages}", "bookworm", root, mirror())
    shutil.rmtree(root / "var" / "cache" / "apt", ignore_errors=True)
    shutil.rmtree(root / "var" / "lib" / "apt" / "lists", ignore_errors=True)
    run("tar", "-C", root, "-cf", work / "base.tar", ".")
    shutil.rmtree(root)
    (work / "Basefile").write_text("FROM scratch\nADD base.tar /\n")
    run("buildah", "bud", "--isolation", "chroot", "-f", work / "Basefile", "-t", BASE, work)
    (work / "base.tar").unlink()


def mirror(apt: Path = Path("/etc/apt"), suite: str = "bookworm") -> str:
    """Where this machine's own apt has `suite` from; other sources, and files that apt passes over, are none."""
    folder = apt / "sources.list.d"
    lines = [(path, "\n") for path in (apt / "sources.list", *sorted(folder.glob("*.list")))]
    stanzas = [(path, "\n\n") for path in sorted(folder.glob("*.sources"))]
    for path, between in (*lines, *stanzas):
        for entry in path.read_text(encoding="utf-8").split(between) if path.is_file() else ():
            words = [w for line in entry.splitlines() if not line.startswith("#") for w in line.split()]
            if suite in words:
                return next(word for word in words if word.startswith("http"))
    raise SystemExit(f"no source of apt on this machine has {suite}")


def build(commit: str) -> None:
    """Build the CPU variant; pip's settings and wheel folder are this machine's, mounted and not copied."""
    mounts: list[str] = []
    for path in ("/etc/pip.conf", str(Path.home() / ".config/pip/pip.conf")):
        if Path(path).is_file():
            mounts += ["--volume", f"{path}:{path}:ro"]
    links = os.environ.get("PIP_FIND_LINKS", "")
    certificates = os.environ.get("PIP_CERT", "")
    for folder in filter(None, [links, str(Path(certificates).parent) if certificates else ""]):
        if Path(folder).is_dir():
            mounts += ["--volume", f"{folder}:{folder}:ro"]
    command = ["buildah", "bud", "--isolation", "chroot", "--format", "docker", "--layers", *mounts]
    args = ["--build-arg", f"BASE={BASE}", "--build-arg", f"REVISION={commit}"]
    subprocess.run([*command, *args, "-t", IMAGE, str(ROOT)], check=True)


def revision() -> str:
    """The commit that is built."""
    return run("git", "-C", ROOT, "rev-parse", "HEAD")


def config() -> dict[str, Any]:
    """What the image says of itself."""
    inspected: dict[str, Any] = json.loads(run("buildah", "inspect", "--type", "image", IMAGE))
    found: dict[str, Any] = inspected["Docker"]["config"]
    return found


def look_inside(root: Path) -> None:
    """The image's files: owners, no compilers, no caches, no tests, no secrets, not too large."""
    size = int(run("du", "-sm", "--one-file-system", root).split()[0])
    check("image size, MiB", holds=size < MAX_MIB, detail=size)
    venv = root / "opt/sejul"
    packages = next(venv.glob("lib/python3*/site-packages"))
    writable = run("find", venv, "-not", "-type", "l", "(", "-perm", "-o+w", "-o", "-not", "-user", "0", ")")
    check(
        "the app's files are root's and nobody else can write them", holds=not writable, detail=writable[:200]
    )
    bins = [root / d for d in ("opt/sejul/bin", "usr/bin", "usr/local/bin", "bin")]
    found = [name for name in COMPILERS if any((d / name).exists() for d in bins)]
    check("no compilers", holds=not found, detail=found)
    found = [name for name in TOOLS if (venv / "bin" / name).exists()]
    check("no developers' tools", holds=not found, detail=found)
    check("no tests", holds=not list(packages.glob("*/tests")) and not (packages / "tests").exists())
    cuda = [p.name for p in packages.glob("nvidia*")]
    check("the CPU variant holds no CUDA libraries", holds=not cuda, detail=cuda)
    secrets = run("find", root, "-xdev", "(", "-name", "*.pem.key", "-o", "-name", ".env", "-o", "-name", "id_rsa*",
                  "-o", "-path", "*/.git/*", "-o", "-path", f"{root}/root/.cache/*", "-o", "-name", "pip.conf", ")",
                  "-size", "+0")  # fmt: skip
    check("no secrets, no caches, no pip settings", holds=not secrets, detail=secrets[:200])


def serve(root: Path, settings: dict[str, Any], cache: Path, keys: Path) -> subprocess.Popen[bytes]:
    """The image's own entry point, under its own user, in a read-only root with a writable cache."""
    user = settings["User"]
    environment = dict(item.split("=", 1) for item in settings["Env"])
    environment |= {"SEJUL_PORT": str(PORT), "SEJUL_API_KEYS_FILE": "/run/keys", "SEJUL_HOST": "127.0.0.1"}
    (root / "run/keys").touch()
    script = " && ".join(
        [
            f"mount --bind {root} {root}",
            f"mount -o remount,ro,bind {root}",
            f"mount --bind {cache} {root}/var/cache/sejul",
            f"mount --bind {keys} {root}/run/keys",
            f"mount -t tmpfs none {root}/tmp",
            f"mount -t proc none {root}/proc",
            f"mount -t devtmpfs none {root}/dev 2>/dev/null || mount --bind /dev {root}/dev",
            f"exec chroot --userspec={user} {root} {' '.join(settings['Entrypoint'] + settings['Cmd'])}",
        ]
    )
    return subprocess.Popen(["unshare", "--mount", "sh", "-c", script], env=environment)


def answer(path: str, body: bytes | None = None, key: str | None = KEY) -> tuple[int, dict[str, Any]]:
    """Status and JSON of one request to the container."""
    headers = {"Content-Type": "text/plain; charset=utf-8"} | (
        {"Authorization": f"Bearer {key}"} if key else {}
    )
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as exc:
        return exc.code, json.load(exc)
    except (urllib.error.URLError, ConnectionError):
        return 0, {}


def wait_ready(server: subprocess.Popen[bytes], seconds: float) -> float:
    """Seconds until /readyz says ready."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        if answer("/readyz", key=None)[0] == 200:
            return time.monotonic() - started
        if server.poll() is not None:
            break
        time.sleep(0.2)
    check("the server becomes ready", holds=False, detail=f"exit {server.poll()}")
    return 0.0


def drive(root: Path, settings: dict[str, Any], work: Path) -> None:
    """Start it, ask it, health-check it, stop it."""
    cache, keys = work / "cache", work / "keys"
    cache.mkdir()
    os.chown(cache, UID, UID)
    keys.write_text(f"desk:{KEY}\n")
    keys.chmod(0o440)
    os.chown(keys, 0, UID)
    server = serve(root, settings, cache, keys)
    try:
        check("ready, seconds", holds=True, detail=f"{wait_ready(server, 90):.1f}")
        status = Path(f"/proc/{server.pid}/status").read_text()
        uid = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1]
        check("runs as the image's user", holds=uid == str(UID), detail=uid)
        page = (ROOT / "examples" / "page.txt").read_bytes()
        code, body = answer("/summarize", page)
        check("summarizes the sample page", holds=code == 200 and len(body["articles"]) == 3, detail=code)
        check("an unknown key is refused", holds=answer("/summarize", page, "wrong")[0] == 401)
        health = settings["Healthcheck"]["Test"]
        probe = subprocess.run(
            [str(shutil.which("chroot")), f"--userspec={UID}:{UID}", str(root), *health[1:]],
            env={"PATH": "/opt/sejul/bin:/usr/bin:/bin", "SEJUL_PORT": str(PORT)},
            check=False,
        )
        check("the image's own health check passes", holds=probe.returncode == 0)
        stray = [p for p in cache.rglob("*") if p.is_file()]
        check("a request wrote nothing to disk", holds=not stray, detail=stray[:5])
        server.send_signal(signal.SIGTERM)
        code = server.wait(timeout=30)
        check("SIGTERM stops it", holds=code in {0, -signal.SIGTERM, 128 + signal.SIGTERM}, detail=code)
    finally:
        server.kill()


def remove_left() -> None:
    """What a run that was killed has left: with the lock held, no live one has a container of this name."""
    names = run("buildah", "containers", "--format", "{{.ContainerName}}").splitlines()
    if CONTAINER in names:
        run("buildah", "rm", CONTAINER)


def remove_image() -> None:
    """The image, unless a container that is not this test's uses it: that is no fault of the image's."""
    removed = subprocess.run(["buildah", "rmi", IMAGE], check=False, capture_output=True, text=True)
    if removed.returncode:
        print(f"left {IMAGE}: {removed.stderr.strip()}", flush=True)


def main() -> None:
    """Build, look inside, run, tear down."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--keep", action="store_true", help="keep the images, for the next run")
    keep = options.parse_args().keep
    missing = [tool for tool in ("buildah", "debootstrap", "unshare") if not shutil.which(tool)]
    if missing or os.geteuid() != 0:
        sys.exit(
            f"container-test needs root and Debian's {', '.join(missing) or 'root only'}; it was not run"
        )
    with LOCK.open("w") as lock, tempfile.TemporaryDirectory() as folder:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two runs at once would take each other's image away
        work = Path(folder)
        remove_left()
        make_base(work)
        commit = revision()
        build(commit)
        settings = config()
        check("labels", holds=settings["Labels"]["org.opencontainers.image.revision"] == commit)
        check("user", holds=settings["User"] == f"{UID}:{UID}", detail=settings["User"])
        container = run("buildah", "from", "--name", CONTAINER, IMAGE)
        try:
            root = Path(run("buildah", "mount", container))
            look_inside(root)
            drive(root, settings, work)
        finally:
            run("buildah", "rm", container)
            if not keep:
                remove_image()
    print("the container holds")


if __name__ == "__main__":
    main()
