"""What a published summary says of itself: a label for readers, an IPTC term for machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.settings import Settings

if TYPE_CHECKING:
    from app.api.schemas import ArticleOut

# https://cv.iptc.org/newscodes/digitalsourcetype/
IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
EXTRACTED = "algorithmicMedia"
GENERATED = "trainedAlgorithmicMedia"
MIXED = "compositeWithTrainedAlgorithmicMedia"

KOREAN = {
    EXTRACTED: "주요 문장 추출",
    GENERATED: "AI 생성",
    MIXED: "AI 생성과 원문 혼합",
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


def source_type(article: ArticleOut) -> str:
    """The IPTC term for what really happened to an article's headline and lines.

    Sentences that were picked, and deletions in them, are an algorithm's without a model's training; words that a
    model wrote beside words of the page are a composite of both.
    """
    model = [origin == "model" for origin in article.origins]
    if article.headline is not None:
        model.append(article.headline_origin == "generated")
    if not any(model):
        return EXTRACTED
    return GENERATED if all(model) else MIXED
