"""The coverage check of beads: word losses on both sides, and the findings they amount to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.checks.coverage.attention import attention_model
from tui_reader.checks.coverage.closeness import closeness, joint_meaning
from tui_reader.checks.coverage.confidence import Setting, suspects, weighed
from tui_reader.checks.coverage.features import word_features
from tui_reader.checks.coverage.findings import BeadText, PhrasedBead, findings
from tui_reader.checks.coverage.losses import WordOdds, lonely_losses, loss_model
from tui_reader.checks.coverage.phrases import phrase_texts
from tui_reader.checks.coverage.pieces import pieces
from tui_reader.model import Finding, Side, WordLoss
from tui_reader.text import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui_reader.checks.coverage.confidence import Suspect
    from tui_reader.encoders import EncoderSet
    from tui_reader.encoders.base import Floats


@dataclass(frozen=True, slots=True)
class Coverage:
    """Word losses and findings of one bead.

    Attributes:
        cosine: similarity of the two sides, of a lonely sentence with its neighbourhood.
        losses: by side, with offsets in the whole texts.
        content: by side, whether each word carries meaning.
        findings: of both sides.
        meaning: ``(2 * n_layers * d,)`` mean contextual vectors of both sides, centred and each of length 1, None
            without a token encoder.
        closeness: ``(2,)`` how close the words of both sides are in context, None without a token encoder.
    """

    cosine: float
    losses: dict[Side, tuple[WordLoss, ...]]
    content: dict[Side, tuple[bool, ...]]
    findings: tuple[Finding, ...]
    meaning: Floats | None = None
    closeness: Floats | None = None


def measure(beads: Sequence[tuple[BeadText, BeadText]], encoders: EncoderSet) -> list[Coverage]:
    """Check a few beads together, source and target side of each.

    A bead's result does not depend on the beads that it is measured with.
    """
    parts = [pieces(bead) for bead in beads]
    measured = iter(_measured([piece for part in parts for piece in part], encoders))
    return [_joined([next(measured) for _ in part]) for part in parts]


def _measured(beads: Sequence[tuple[BeadText, BeadText]], encoders: EncoderSet) -> list[Coverage]:
    shown = [(text.surroundings or text.content, text.language) for bead in beads for text in bead]
    phrased = phrase_texts([(text, meaningful_words(text, language)) for text, language in shown], encoders)
    return [
        _coverage(PhrasedBead.of(bead, phrased[2 * k], phrased[2 * k + 1]), encoders) for k, bead in enumerate(beads)
    ]


def _joined(parts: Sequence[Coverage]) -> Coverage:
    """The coverage of a bead from that of its pieces."""
    if len(parts) == 1:
        return parts[0]
    return Coverage(
        sum(part.cosine for part in parts) / len(parts),
        {side: tuple(loss for part in parts for loss in part.losses[side]) for side in Side},
        {side: tuple(content for part in parts for content in part.content[side]) for side in Side},
        tuple(finding for part in parts for finding in part.findings),
        parts[0].meaning,
        parts[0].closeness,
    )


def meaningful_words(text: str, language: str) -> list[words.Word]:
    """The words of a text without its punctuation: what the check weighs."""
    return [word for word in words.split(text, language) if word.part_of_speech != "PUNCT"]


def _attention(bead: PhrasedBead, features: Mapping[Side, Floats], encoders: EncoderSet) -> dict[Side, Floats]:
    """What the attention model says of both sides; nothing where its vectors are not at hand or a side is empty."""
    sides = [bead.phrased[side] for side in Side]
    if encoders.name != "both" or encoders.borrows or not all(side.n_words for side in sides):
        return {}
    languages = [bead.texts[side].language for side in Side]
    return dict(zip(Side, attention_model().log_odds(sides, languages, [features[side] for side in Side]), strict=True))


def _contextual(bead: PhrasedBead, encoders: EncoderSet, content: Mapping[Side, Sequence[bool]]) -> dict[str, Floats]:
    """What `Coverage` keeps of the contextual vectors of both sides: nothing without a token encoder."""
    contexts = [c for side in Side if (c := bead.phrased[side].in_context) is not None]
    if len(contexts) < len(Side) or encoders.name != "both" or encoders.borrows or not all(content.values()):
        return {}
    languages = [bead.texts[side].language for side in Side]
    close = closeness(contexts, languages, [np.asarray(content[side], bool) for side in Side])
    meaning = joint_meaning(contexts, languages)
    return {} if close is None or meaning is None else {"closeness": close, "meaning": meaning}


def _odds(bead: PhrasedBead, encoders: EncoderSet) -> dict[Side, WordOdds]:
    """What is believed of the words of the sides that have any."""
    # The words around a gap are no content, but the attention model hears them.
    read = [side for side in Side if bead.texts[side].content or bead.phrased[side].n_words]
    features = {side: word_features(bead.phrased[side], bead.phrased[side.other]) for side in read}
    attention = _attention(bead, features, encoders)
    odds = {}
    for side in (side for side in read if bead.texts[side].content):
        combined = loss_model(bead.texts[side].language, encoders.name).log_odds(features[side])
        odds[side] = WordOdds.of(combined, attention.get(side))
    return odds


def _coverage(bead: PhrasedBead, encoders: EncoderSet) -> Coverage:
    losses: dict[Side, tuple[WordLoss, ...]] = dict.fromkeys(Side, ())
    content: dict[Side, tuple[bool, ...]] = dict.fromkeys(Side, ())
    found: list[Finding] = []
    cosine = float(np.clip(bead.phrased[Side.SOURCE].vector @ bead.phrased[Side.TARGET].vector, -1, 1))
    odds = _odds(bead, encoders)
    for side, own in odds.items():
        here, one, other = bead.texts[side], bead.phrased[side], bead.phrased[side.other]
        suspected: list[Suspect] = []
        p = own.losses
        if side.other in odds:
            setting = Setting(one.text, one.words, here.language, other.words, cosine, bead.from_japanese)
            suspected = suspects(setting, own, odds[side.other].losses, encoders.name)
        else:
            p = lonely_losses(one.words, p)
        losses[side] = tuple(
            WordLoss(here.offset + word.start, here.offset + word.end, float(probability))
            for word, probability in zip(one.words, weighed(p, suspected), strict=True)
        )
        content[side] = tuple(word.content_word for word in one.words)
        found += findings(bead, side, p, suspected, encoders.sentences)
    return Coverage(cosine, losses, content, tuple(found), **_contextual(bead, encoders, content))
