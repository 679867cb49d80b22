"""What the aligner asks the coverage check: whether a sentence that it left alone is conveyed by the bead beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.coverage.findings import BeadText
from tui_reader.checks.coverage.measure import measure
from tui_reader.model import Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.alignment.lonely import Question
    from tui_reader.checks.coverage.measure import Coverage
    from tui_reader.encoders import EncoderSet

_TOGETHER = 64
"""Questions that are measured together."""
_SPACED = {"ja": "", "zh": "", "th": ""}
"""What stands between the sentences of a language, where that is no space."""


class CoverageWitness:
    """Asks what the words of a lone sentence would lose in the bead beside it (`tui_reader.alignment.lonely.Witness`).

    Args:
        encoders: what measures.
    """

    def __init__(self, encoders: EncoderSet) -> None:
        self._encoders = encoders

    def __call__(self, questions: Sequence[Question], languages: tuple[str, str]) -> list[float]:
        """For each question the mean probability that a word of the lone sentence is lost on the other side."""
        answers: list[float] = []
        for first in range(0, len(questions), _TOGETHER):
            some = questions[first : first + _TOGETHER]
            measured = measure([_bead(question, languages) for question in some], self._encoders)
            answers += [_lost(*pair, languages) for pair in zip(some, measured, strict=True)]
        return answers


def _bead(question: Question, languages: tuple[str, str]) -> tuple[BeadText, BeadText]:
    one, other = (
        BeadText(_SPACED.get(language, " ").join(sentences), 0, language)
        for sentences, language in zip((question.source, question.target), languages, strict=True)
    )
    return one, other


def _lost(question: Question, coverage: Coverage, languages: tuple[str, str]) -> float:
    """Mean over the words that carry meaning; 1 where it has no words."""
    own, side = (question.source, question.target)[question.side], (Side.SOURCE, Side.TARGET)[question.side]
    space = len(_SPACED.get(languages[question.side], " "))
    start = sum(len(sentence) + space for sentence in own[: question.place])
    end = start + len(own[question.place])
    inside = [
        (loss.probability, content)
        for loss, content in zip(coverage.losses[side], coverage.content[side], strict=True)
        if start <= loss.start < end
    ]
    meant = [probability for probability, content in inside if content] or [probability for probability, _ in inside]
    return sum(meant) / len(meant) if meant else 1.0
