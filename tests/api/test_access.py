"""Who is let in, how often, from which pages, and what the answers forbid a browser."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from app.api.access import Keyring, RateLimit, check_listening, origins, parse_keys
from app.errors import AccessError, RateLimited, SetupError
from app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

KEYS = "desk:key-of-the-desk-1,cms:key-of-the-cms-2"


class Clock:
    """A clock that the test moves."""

    now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def settings(**fields: object) -> Settings:
    """Settings with these fields."""
    return Settings.model_validate(fields)


def bearer(key: str) -> dict[str, str]:
    """The header that carries a key."""
    return {"Authorization": f"Bearer {key}"}


def test_keys_are_asked_for(serve: Callable[..., httpx.Client]) -> None:
    """Without a key, or with a wrong one, there is nothing to be had but health, readiness and the page."""
    client = serve(api_keys=KEYS)
    assert client.get("/healthz").status_code == client.get("/").status_code == 200
    for headers in (
        {},
        bearer("wrong"),
        {"Authorization": "Basic a2V5"},
        {"Authorization": "key-of-the-desk-1"},
    ):
        for method, path in (
            ("POST", "/summarize"),
            ("POST", "/split"),
            ("GET", "/models"),
            ("GET", "/metrics"),
        ):
            answer = client.request(method, path, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
            assert answer.headers["www-authenticate"].startswith("Bearer")
    for key in ("key-of-the-desk-1", "key-of-the-cms-2"):
        assert client.post("/summarize", json={"text": ""}, headers=bearer(key)).status_code == 200


def test_keys_are_named() -> None:
    """A key's name, not the key, is what is known of it from then on."""
    keyring = Keyring(settings(api_keys=KEYS))
    assert keyring.name_of("Bearer key-of-the-cms-2") == "cms"
    assert "key-of" not in repr(vars(keyring))


def test_keys_are_never_shown() -> None:
    """Settings that are printed do not print the keys."""
    assert "key-of" not in repr(settings(api_keys=KEYS))
    assert isinstance(settings(api_keys=KEYS).api_keys, SecretStr)


def test_every_key_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """All keys are compared in constant time, whichever matches, so that time tells nothing."""
    compared: list[tuple[bytes, bytes]] = []

    def compare(a: bytes, b: bytes) -> bool:
        compared.append((a, b))
        return a == b

    monkeypatch.setattr(hmac, "compare_digest", compare)
    keyring = Keyring(settings(api_keys=KEYS))
    for header in ("Bearer key-of-the-desk-1", "Bearer key-of-the-cms-2"):
        compared.clear()
        keyring.name_of(header)
        assert len(compared) == 2
        assert {len(a) for a, _ in compared} == {len(b) for _, b in compared} == {32}


def test_keys_are_rotated_by_file(tmp_path: Path) -> None:
    """A changed file is read again: new keys work, old ones do not, without a restart."""
    file = tmp_path / "keys"
    file.write_text("# the desk\ndesk:old\n", encoding="utf-8")
    clock = Clock()
    keyring = Keyring(settings(api_keys_file=file), clock)
    assert keyring.name_of("Bearer old") == "desk"
    file.write_text("desk:new\ncms:other\n", encoding="utf-8")
    clock.now += 2
    assert keyring.name_of("Bearer new") == "desk"
    assert keyring.name_of("Bearer other") == "cms"
    with pytest.raises(AccessError):
        keyring.name_of("Bearer old")


def test_a_file_that_is_half_written_changes_nothing(tmp_path: Path) -> None:
    """Until the file can be used the keys before it hold; an emptied file lets nobody in."""
    file = tmp_path / "keys"
    file.write_text("desk:old\n", encoding="utf-8")
    clock = Clock()
    keyring = Keyring(settings(api_keys_file=file), clock)
    file.write_text("desk", encoding="utf-8")
    clock.now += 2
    assert keyring.name_of("Bearer old") == "desk"
    file.unlink()
    clock.now += 2
    assert keyring.name_of("Bearer old") == "desk"
    file.write_text("", encoding="utf-8")
    clock.now += 2
    assert keyring.required
    with pytest.raises(AccessError):
        keyring.name_of("Bearer old")


@pytest.mark.parametrize("text", ["desk", ":key", "desk:", "a:b,c"])
def test_keys_have_names(text: str) -> None:
    """An entry that is not `name:key` is refused at the start, without repeating it."""
    with pytest.raises(SetupError):
        parse_keys(text)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.7", "newsroom.example.com"])  # noqa: S104
def test_no_listening_beyond_loopback_without_keys(host: str) -> None:
    """The network is let in by keys, or on purpose."""
    with pytest.raises(SetupError, match="SEJUL_API_KEYS"):
        check_listening(host, settings())
    check_listening(host, settings(api_keys=KEYS))
    check_listening(host, settings(allow_anonymous=True))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.1.2.3"])
def test_loopback_needs_no_keys(host: str) -> None:
    """On the machine itself a key is not asked for."""
    check_listening(host, settings())


def test_rate_limit_of_a_key() -> None:
    """A key may send so many pages a minute, and is told when the next one is free."""
    clock = Clock()
    limit = RateLimit("2/min", clock)
    limit.take("desk")
    limit.take("desk")
    limit.take("cms")
    with pytest.raises(RateLimited) as refused:
        limit.take("desk")
    assert refused.value.retry_after_s == pytest.approx(30)
    clock.now += 31
    limit.take("desk")


def test_rate_limit_over_http(serve: Callable[..., httpx.Client]) -> None:
    """Over its rate a key is answered 429 with Retry-After; another key is not."""
    client = serve(api_keys=KEYS, rate_limit="2/h")
    statuses = [
        client.post("/summarize", json={"text": ""}, headers=bearer("key-of-the-desk-1")) for _ in range(3)
    ]
    assert [s.status_code for s in statuses] == [200, 200, 429]
    assert statuses[2].json()["code"] == "rate_limited"
    assert int(statuses[2].headers["retry-after"]) > 60
    assert client.post("/split", json={"text": ""}, headers=bearer("key-of-the-cms-2")).status_code == 200


def test_many_addresses_do_not_grow_the_table() -> None:
    """The table of buckets is bounded."""
    limit = RateLimit("1/h", Clock())
    for n in range(20_000):
        limit.take(str(n))
    assert len(limit._buckets) <= 10_000


def test_cors_is_off_unless_named(serve: Callable[..., httpx.Client]) -> None:
    """No page of another origin may read an answer; a named one may."""
    headers = {"Origin": "https://desk.example.com", "Access-Control-Request-Method": "POST"}
    closed = serve().options("/summarize", headers=headers)
    assert "access-control-allow-origin" not in closed.headers
    named = serve(cors_origins="https://desk.example.com").options("/summarize", headers=headers)
    assert named.headers["access-control-allow-origin"] == "https://desk.example.com"
    other = serve(cors_origins="https://desk.example.com").options(
        "/summarize", headers=headers | {"Origin": "https://evil.example.com"}
    )
    assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize("named", ["*", "desk.example.com", "https://desk.example.com/page"])
def test_cors_names_origins(named: str) -> None:
    """What is no origin is refused at the start."""
    with pytest.raises(SetupError):
        origins(settings(cors_origins=named))


def test_metrics_and_docs_can_be_closed(serve: Callable[..., httpx.Client]) -> None:
    """Closed, they are not there."""
    client = serve(metrics=False, docs=False)
    assert {client.get(path).status_code for path in ("/metrics", "/docs", "/openapi.json")} == {404}
    client = serve()
    assert {client.get(path).status_code for path in ("/metrics", "/docs", "/openapi.json")} == {200}


@pytest.mark.parametrize("path", ["/", "/docs", "/healthz", "/summarize", "/nowhere"])
def test_headers_for_browsers(client: httpx.Client, path: str) -> None:
    """Every answer forbids sniffing, framing and inline script."""
    answer = client.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    scripts = next((part for part in policy.split(";") if "script-src" in part), "")
    assert "unsafe" not in scripts


def test_request_ids(client: httpx.Client) -> None:
    """A plain request id is kept, so that a newsroom can follow it; anything else is replaced."""
    assert client.get("/healthz", headers={"x-request-id": "cms-42.a"}).headers["x-request-id"] == "cms-42.a"
    odd = client.get("/healthz", headers={"x-request-id": "<script>"}).headers["x-request-id"]
    assert len(odd) == 32
