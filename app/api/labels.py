"""What a published summary says of itself: a label for readers, an IPTC term for machines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.settings import Settings

if TYPE_CHECKING:
    from app.api.schemas import ArticleOut

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"


class SourceType(StrEnum):
    """The terms of IPTC's digital source types that can happen here."""

    EXTRACTED = "algorithmicMedia"
    GENERATED = "trainedAlgorithmicMedia"
    MIXED = "compositeWithTrainedAlgorithmicMedia"

    @property
    def generated(self) -> bool:
        """Whether a model wrote any of it."""
        return self is not SourceType.EXTRACTED


KOREAN = {
    SourceType.EXTRACTED: "주요 문장 추출",
    SourceType.GENERATED: "AI 생성",
    SourceType.MIXED: "AI 생성·원문 혼합",
}


@dataclass(frozen=True, slots=True)
class Labels:
    """The wording of the two labels, as the newsroom has set it."""

    extracted: str = Settings.model_fields["label_extracted"].default
    generated: str = Settings.model_fields["label_generated"].default

    @classmethod
    def of(cls, settings: Settings) -> Labels:
        """The wording that the settings ask for."""
        return cls(settings.label_extracted, settings.label_generated)

    def text(self, *, generated: bool) -> str:
        """The label to print."""
        return self.generated if generated else self.extracted


def source_type(article: ArticleOut, *, with_body: bool = False) -> SourceType:
    """The IPTC term for what really happened to an article's headline and lines.

    Sentences that were picked, and deletions in them, are an algorithm's without a model's training; words that a
    model wrote beside words of the page (its headline, its sentences, `with_body` its body) are a composite.
    """
    model = [origin == "model" for origin in article.origins]
    if article.headline is not None:
        model.append(article.headline_origin == "generated")
    if not any(model):
        return SourceType.EXTRACTED
    return SourceType.GENERATED if all(model) and not with_body else SourceType.MIXED
