"""How sure findings are, and what they cost the score."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from tui_reader.checks.coverage.confidence import EVIDENCE, Around, Setting, Suspect, span_evidence, suspects, weighed
from tui_reader.checks.coverage.findings import BeadText, PhrasedBead, _Maker, doubted
from tui_reader.checks.coverage.losses import WordOdds
from tui_reader.checks.coverage.measure import Coverage
from tui_reader.checks.coverage.spans import WordSpan
from tui_reader.checks.score import score
from tui_reader.model import Finding, Severity, Side, Span, WordLoss
from tui_reader.text import words

if TYPE_CHECKING:
    from tui_reader.encoders.base import AdditiveEncoder

NOTHING, ENCODER = np.zeros(0, np.float32), cast("AdditiveEncoder", None)
TEXT = "The keeper polished the lamp every evening before the boats came home."


def setting() -> Setting:
    """A sentence with eight words on the other side."""
    others = words.split("Every evening the keeper cleaned his light.", "en")[:-1]
    return Setting(TEXT, words.split(TEXT, "en")[:-1], "en", others, 0.6)


def odds(span: WordSpan, lost: float) -> WordOdds:
    """What is believed of the twelve words where those of a span are lost with this probability."""
    losses = np.full(12, 0.02, np.float32)
    losses[slice(*span)] = lost
    believed = np.log(losses / (1 - losses))
    return WordOdds.of(believed, None)


def evidence(span: WordSpan, lost: float, there: float = 0.02) -> dict[str, float]:
    """What is said of a span whose words are lost with this probability, and each of the other side with another."""
    around = Around.of(setting(), np.full(7, there, np.float32))
    said = span_evidence(setting(), span, odds(span, lost), around)
    return dict(zip(EVIDENCE, said.tolist(), strict=True))


def test_a_clause_is_told_from_a_single_word() -> None:
    """The evidence counts content words and knows where constituents begin and end."""
    clause, word = evidence(WordSpan(7, 12), 0.9), evidence(WordSpan(4, 5), 0.9)
    assert (clause["single"], clause["three or more"], clause["edges"]) == (0, 1, 2)
    assert (word["single"], word["three or more"]) == (1, 0)


def test_a_finding_beside_a_close_counterpart_is_believed_less() -> None:
    """Where the evidence shows the reader words that mean nearly the same, the finding is a quarter as sure."""
    assert doubted(0.34, 0.71) == pytest.approx(0.085)
    assert doubted(0.34, 0.69) == doubted(0.34, None) == 0.34


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [("とても静かな町へ", "ja", "とても静かな町"), ("for the lamp", "en", "lamp"), ("へ", "ja", "へ")],
)
def test_a_counterpart_is_looked_for_without_what_joins(text: str, language: str, wanted: str) -> None:
    """Particles and articles at the ends of a passage mean nothing that a counterpart would have to say."""
    some = words.split(text, language)
    one = SimpleNamespace(words=some, text=text)
    maker = _Maker(
        cast("PhrasedBead", SimpleNamespace(phrased=dict.fromkeys(Side, one))), Side.SOURCE, NOTHING, ENCODER
    )
    assert maker._meant(WordSpan(0, len(some))).of(text) == wanted


def test_words_without_counterpart_on_the_other_side_count() -> None:
    """A free translation leaves words alone on both sides; the evidence says how many there are over there."""
    loss, paraphrase = evidence(WordSpan(7, 12), 0.9), evidence(WordSpan(7, 12), 0.9, there=0.6)
    assert (loss["other side, likely"], paraphrase["other side, likely"]) == (0, 4)
    assert loss["other side"] < paraphrase["other side"] == pytest.approx(2.4)


def test_the_rest_of_the_side_is_looked_at() -> None:
    """What is lost elsewhere on the side, and beside the span, is told from what is inside."""
    said = evidence(WordSpan(4, 7), 0.9)
    assert said["neighbours"] == pytest.approx(0.02)
    assert said["elsewhere"] == pytest.approx(0.02 * 5)
    assert said["content share"] == pytest.approx(2 / 7)


@pytest.mark.parametrize("encoders", ["use", "both"])
@pytest.mark.parametrize(("rule", "language"), [("omission", "en"), ("addition", "ja"), ("omission", "ja")])
def test_the_surer_the_words_the_surer_the_finding(rule: str, language: str, encoders: str) -> None:
    """Confidence rises with the word losses, and stays a probability."""
    said = []
    for lost in (0.3, 0.6, 0.9, 0.999):
        there = np.full(7, 0.02, np.float32)
        (found,) = suspects(setting()._replace(language=language), odds(WordSpan(7, 12), lost), there, encoders)
        said.append(found.confidence(rule))
    assert said == sorted(said)
    assert 0 < said[0] < said[-1] < 1


@pytest.mark.parametrize("encoders", ["use", "both"])
def test_what_a_translator_from_japanese_spells_out_is_less_likely_added(encoders: str) -> None:
    """The same English words without counterpart are believed less in a translation from Japanese."""
    there, lost = np.full(7, 0.02, np.float32), odds(WordSpan(7, 12), 0.9)
    (elsewhere,), (from_japanese,) = (
        suspects(setting()._replace(from_japanese=origin), lost, there, encoders) for origin in (False, True)
    )
    assert from_japanese.confidence("addition") < elsewhere.confidence("addition")


@pytest.mark.parametrize(
    ("source", "target", "asked"), [("ja", "en", True), ("en", "ja", False), ("ja", "ja", False), ("ja", "fr", False)]
)
def test_only_a_translation_from_japanese_into_english_is_one(source: str, target: str, *, asked: bool) -> None:
    """Both languages count."""
    texts = {Side.SOURCE: BeadText("鍵", 0, source), Side.TARGET: BeadText("key", 0, target)}
    assert PhrasedBead(texts, {}).from_japanese is asked


def test_words_know_what_is_believed_of_their_group() -> None:
    """A doubtful group makes its words less likely lost, a sure one more; words outside stay as they are."""
    losses = odds(WordSpan(7, 12), 0.5).losses
    doubtful, sure = (weighed(losses, [Suspect(WordSpan(7, 12), said)]) for said in (-3.0, 3.0))
    assert (doubtful[7:] < losses[7:]).all()
    assert (sure[7:] > losses[7:]).all()
    assert (doubtful[:7] == losses[:7]).all()
    assert (weighed(losses, []) == losses).all()


def finding(rule: str, severity: Severity) -> Finding:
    """A certain finding on some words of the translation."""
    return Finding(rule, Side.TARGET, Span(0, 2), 1.0, severity, "")


def test_the_score_falls_with_what_rules_find() -> None:
    """An error costs more than a warning; omissions are in the word losses already and cost nothing more."""
    side = tuple(WordLoss(k, k + 1, 0.05) for k in range(5))
    coverage = Coverage(0.7, dict.fromkeys(Side, side), dict.fromkeys(Side, (True,) * 5), ())
    clean = score(coverage, "both")
    warned = score(coverage, "both", [finding("register", Severity.WARNING)])
    wrong = score(coverage, "both", [finding("number", Severity.ERROR)])
    assert clean > warned > wrong > 0
    assert score(coverage, "both", [finding("omission", Severity.ERROR)]) == clean
