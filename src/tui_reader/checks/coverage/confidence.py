"""How sure a finding is: the probability that a bilingual reader would agree, from what is known of its words.

A logistic regression, fitted by `tui_reader.evaluation.fit` on findings in translations whose omissions and additions
are known, most of them free translations: in those a single word without a counterpart is seldom a fault. English and
Japanese words have a regression of their own, whether they stand in the source or in the translation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.checks.coverage.chunks import chunks
from tui_reader.checks.coverage.losses import logistic
from tui_reader.checks.coverage.parameters import archive
from tui_reader.checks.coverage.spans import group_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.checks.coverage.losses import WordOdds
    from tui_reader.checks.coverage.spans import WordSpan
    from tui_reader.encoders.base import Floats
    from tui_reader.text.words import Word

EVIDENCE = (
    "one", "highest three", "highest", "content words", "single", "three or more", "words", "length ratio", "share",
    "cosine", "edges", "figure", "name", "short", "attention", "combination", "mean", "lowest", "neighbours",
    "elsewhere", "elsewhere highest", "content share", "other side", "other side, logarithm", "other side, likely",
    "other side, highest three", "other side, highest", "from Japanese",
)  # fmt: skip
"""What `span_evidence` says, in order. Words of the other side that have no counterpart either speak of a free
translation rather than of a loss. A translator from Japanese spells out what the original leaves to the reader, which
looks like an addition; what of the original seems to be missing is missing more often."""
FITTED_PREVALENCE = 0.15
"""Share of the texts that have something the other side lacks, where what was fitted is right."""
PREVALENCE = {"omission": 0.15, "addition": 0.05}
"""The same for which a confidence is right. Translators leave out more than they put in: as in the bundled corpus."""
_SEED = 0.2
"""Word loss from which a content word may start a span."""
_SHARE = 0.25
"""Weight of a span's log odds beside those of a word in it. Chosen on development data."""
_SURE = 0.001
"""Probabilities are kept this far from 0 and 1."""
_BESIDE, _LIKELY = 2, 0.3
"""Words either side that are beside a span, and the loss from which a word of the other side is likely lost."""


class Setting(NamedTuple):
    """Where a span stands.

    Attributes:
        text: the text of its side of the bead.
        words: the words of that side.
        language: of that side.
        others: words on the other side.
        cosine: similarity of the two sides.
        from_japanese: whether the translation is one from Japanese into English.
    """

    text: str
    words: Sequence[Word]
    language: str
    others: Sequence[Word]
    cosine: float
    from_japanese: bool = False


class Around(NamedTuple):
    """What all spans of a side have in common.

    Attributes:
        edges: where constituents of its text begin and end.
        unexplained: of the words of the other side: their losses, the logarithm of that, how many are likely lost, log
            odds of the three highest losses, and of the highest.
    """

    edges: frozenset[int]
    unexplained: tuple[float, float, float, float, float]

    @classmethod
    def of(cls, setting: Setting, there: Floats) -> Around:
        """From ``(len(setting.others),)`` word losses of the other side."""
        edges = chunks(setting.text, setting.words, setting.language)
        return cls(frozenset(edges), _unexplained(setting.others, there))


def span_evidence(setting: Setting, span: WordSpan, here: WordOdds, around: Around) -> Floats:
    """``(len(EVIDENCE),)``: what speaks for and against a span.

    Args:
        setting: where it stands.
        span: the words.
        here: what is believed of all words of its side.
        around: what is so of every span there.
    """
    words, total = setting.words[slice(*span)], len(setting.words)
    content = [k for k, word in enumerate(words, span.first) if word.content_word] or list(range(*span))
    surface = setting.text[words[0].start : words[-1].end]
    return np.asarray(
        [
            1.0,
            *_highest(here.losses[content]),
            np.log(len(content)),
            len(content) == 1,
            len(content) >= 3,
            np.log(total),
            np.log((total + 1) / (len(setting.others) + 1)),
            (span.last - span.first) / total,
            setting.cosine,
            (span.first in around.edges) + (span.last in around.edges),
            any(character.isdigit() for character in surface),
            any(word.part_of_speech == "PROPN" for word in words),
            len(surface) <= 2,
            here.attention[content].mean(),
            here.combined[content].mean(),
            _log_odds(float(here.losses[content].mean())),
            _log_odds(float(here.losses[content].min())),
            *_outside(setting.words, span, here.losses),
            *around.unexplained,
            setting.from_japanese,
        ],
        np.float64,
    )


def _highest(losses: Floats) -> tuple[float, float]:
    """Log odds of the three highest losses, and of the highest."""
    ranked = np.sort(losses)[::-1][:3]
    return (_log_odds(float(ranked.mean())), _log_odds(float(ranked[0]))) if len(ranked) else (_log_odds(0.0),) * 2


def _outside(words: Sequence[Word], span: WordSpan, losses: Floats) -> tuple[float, float, float, float]:
    """Of the words around a span: the highest loss beside it, all losses, the highest; and its share of the content."""
    content = [k for k, word in enumerate(words) if word.content_word]
    beyond = losses[[k for k in content if not span.first <= k < span.last]]
    beside = [*losses[max(0, span.first - _BESIDE) : span.first], *losses[span.last : span.last + _BESIDE]]
    within = sum(span.first <= k < span.last for k in content) or span.last - span.first
    return max(beside, default=0.0), beyond.sum(), _log_odds(max(beyond, default=0.0)), within / max(1, len(content))


def _unexplained(words: Sequence[Word], losses: Floats) -> tuple[float, float, float, float, float]:
    """As in `Around`, of words and their losses."""
    meant = losses[[k for k, word in enumerate(words) if word.content_word]]
    meant = meant if len(meant) else losses
    return meant.sum(), np.log1p(meant.sum()), (meant > _LIKELY).sum(), *_highest(meant)


def _log_odds(probability: float) -> float:
    p = min(max(probability, _SURE), 1 - _SURE)
    return float(np.log(p / (1 - p)))


class Suspect(NamedTuple):
    """Words that may be lost together.

    Attributes:
        words: which.
        odds: log odds that they are, in texts of which `FITTED_PREVALENCE` lack something.
    """

    words: WordSpan
    odds: float

    def confidence(self, rule: str) -> float:
        """0 to 1: how sure a finding is; `rule` is ``omission`` or ``addition``."""
        surer = _log_odds(PREVALENCE[rule]) - _log_odds(FITTED_PREVALENCE)
        return float(1 / (1 + np.exp(-(self.odds + surer))))


def suspects(setting: Setting, here: WordOdds, there: Floats, encoders: str) -> list[Suspect]:
    """The groups of words of a side that may be lost.

    Args:
        setting: the words and where they stand.
        here: what is believed of them.
        there: ``(len(setting.others),)`` word losses of the other side.
        encoders: name of the `EncoderSet` that measured the losses.
    """
    # Every language but Japanese uses what was fitted on English.
    weights = archive()[f"{encoders}.{'ja' if setting.language == 'ja' else 'en'}.confidence"]
    return [Suspect(span, float(evidence @ weights)) for span, evidence in evidenced(setting, here, there)]


def evidenced(setting: Setting, here: WordOdds, there: Floats) -> Iterator[tuple[WordSpan, Floats]]:
    """The groups of words of a side that may be lost, each with its `span_evidence`; arguments as of `suspects`."""
    groups = group_words(setting.text, setting.words, here.losses, _SEED, setting.language)
    if groups:
        around = Around.of(setting, there)
        yield from ((span, span_evidence(setting, span, here, around)) for span in groups)


def weighed(losses: Floats, suspected: Sequence[Suspect]) -> Floats:
    """``(n_words,)`` word losses that know what is believed of the groups that the words are in."""
    out = losses.copy()
    for words, odds in suspected:
        inside = np.clip(losses[slice(*words)], _SURE, 1 - _SURE)
        out[slice(*words)] = logistic((1 - _SHARE) * np.log(inside / (1 - inside)) + _SHARE * odds)
    return out
