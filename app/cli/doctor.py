"""`sejul doctor`: what runs here, what is missing, and which engine `auto` picks and why."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

import click

from app import __version__
from app.cli import SETUP_FAILED
from app.errors import SejulError
from app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LIBRARIES = ("torch", "transformers", "tokenizers", "kiwipiepy", "kiwipiepy_model", "fastapi", "uvicorn")
_EXTRAS = {"ctranslate2": "ctranslate", "openai": "chat", "ray": "ray"}
_MARKS = {True: "[ok]", False: "[!!]", None: "[--]"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `good` is None where it is neither right nor wrong."""

    what: str
    says: str
    good: bool | None = True


@click.command()
def doctor() -> None:
    """이 컴퓨터에서 무엇이 되고 무엇이 없는지 살핍니다.

    끝맺음 코드: 0 이상 없음, 3 고칠 것이 있음.
    """
    settings = Settings()
    failed = False
    for look in (_python, _libraries, _kiwi, _device, _cards, _prompts, _tokenizers, _engine, _access):
        for finding in _findings(look, settings):
            failed = failed or finding.good is False
            click.echo(f"{_MARKS[finding.good]} {finding.what}: {finding.says}")
    if failed:
        sys.exit(SETUP_FAILED)


def _findings(look: Callable[[Settings], Iterator[Finding]], settings: Settings) -> Iterator[Finding]:
    """What one look found; an error of ours is a finding too."""
    try:
        yield from look(settings)
    except SejulError as exc:
        yield Finding(exc.code, str(exc), good=False)


def _python(settings: Settings) -> Iterator[Finding]:
    del settings
    yield Finding("sejul", __version__)
    yield Finding("Python", f"{platform.python_version()} ({platform.system()} {platform.machine()})")


def _libraries(settings: Settings) -> Iterator[Finding]:
    del settings
    for name in _LIBRARIES:
        version = _version(name)
        yield Finding(name, version or "없음: make install로 설치하세요", good=version is not None)
    for name, extra in _EXTRAS.items():
        version = _version(name)
        yield Finding(
            name, version or f'없음 (쓰려면 pip install "sejul[{extra}]")', good=True if version else None
        )


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _kiwi(settings: Settings) -> Iterator[Finding]:
    del settings
    from app.text.morphology import tokenize

    forms = [token.form for token in tokenize("해온시는 예산안을 확정했다.")]
    good = "예산안" in forms or "예산" in forms
    yield Finding("형태소 분석", "한글 문장을 나눕니다" if good else f"이상한 답: {forms}", good=good)


def _device(settings: Settings) -> Iterator[Finding]:
    from app.engine.runtime.torch import device_of

    yield Finding("장치", f"{device_of(settings.device)} (SEJUL_DEVICE={settings.device})")


def _cards(settings: Settings) -> Iterator[Finding]:
    from app.engine.cards import read_cards
    from app.engine.weights import installed

    cards = read_cards(settings.models_dir)
    names = [card.name for card in cards.in_order()]
    yield Finding("모델 카드", f"{len(names)}개 ({settings.models_dir}): {', '.join(names)}")
    here = [name for name in names if installed(settings.weights_dir / name)]
    none = "없음 (받으려면 sejul models pull 이름; 없어도 extractive는 됩니다)"
    yield Finding("가중치", ", ".join(here) or none, good=True if here else None)


def _prompts(settings: Settings) -> Iterator[Finding]:
    from app.engine.prompts import available

    names = [prompt.id for prompt in available(settings.prompts_dir)]
    yield Finding(
        "프롬프트", f"{len(names)}개 ({settings.prompts_dir}): {', '.join(names)}", good=bool(names)
    )


def _tokenizers(settings: Settings) -> Iterator[Finding]:
    """Whether Hangul survives the tokenizer of every checkpoint that is here."""
    from app.engine.cards import read_cards
    from app.engine.inspect import lost_hanja
    from app.engine.weights import installed

    for card in read_cards(settings.models_dir).in_order():
        folder = settings.weights_dir / card.name
        if card.kind != "chat" and installed(folder):
            lost = lost_hanja(card, folder)
            says = "한글과 신문 한자가 살아남음" if not lost else f"한글은 살아남고 {lost}을(를) 잃음"
            yield Finding(f"{card.name} 토크나이저", says, good=True if not lost else None)


def _engine(settings: Settings) -> Iterator[Finding]:
    from app.engine.registry import choose

    choice = choose(settings)
    yield Finding("엔진", f"{choice.name} ({choice.why})")


def _access(settings: Settings) -> Iterator[Finding]:
    keys = bool(settings.api_keys or settings.api_keys_file)
    yield Finding("서버", f"{settings.host}:{settings.port}, API 키 {'있음' if keys else '없음'}")
