"""How sure findings are, and what they cost the score."""

from __future__ import annotations

import numpy as np
import pytest

from tui_reader.checks.coverage.confidence import EVIDENCE, Setting, confidence, span_evidence
from tui_reader.checks.coverage.measure import Coverage
from tui_reader.checks.coverage.spans import WordSpan
from tui_reader.checks.score import score
from tui_reader.model import Finding, Severity, Side, Span, WordLoss
from tui_reader.text import words

TEXT = "The keeper polished the lamp every evening before the boats came home."


def setting() -> Setting:
    """A sentence with eight words on the other side."""
    return Setting(TEXT, words.split(TEXT, "en")[:-1], "en", 8, 0.6)


def evidence(span: WordSpan, lost: float) -> dict[str, float]:
    """What is said of a span whose words are lost with this probability."""
    losses = np.full(12, 0.02, np.float32)
    losses[slice(*span)] = lost
    return dict(zip(EVIDENCE, span_evidence(setting(), span, losses).tolist(), strict=True))


def test_a_clause_is_told_from_a_single_word() -> None:
    """The evidence counts content words and knows where constituents begin and end."""
    clause, word = evidence(WordSpan(7, 12), 0.9), evidence(WordSpan(4, 5), 0.9)
    assert (clause["single"], clause["three or more"], clause["edges"]) == (0, 1, 2)
    assert (word["single"], word["three or more"]) == (1, 0)


@pytest.mark.parametrize("encoders", ["use", "both"])
@pytest.mark.parametrize(("rule", "language"), [("omission", "en"), ("addition", "ja"), ("omission", "ja")])
def test_the_surer_the_words_the_surer_the_finding(rule: str, language: str, encoders: str) -> None:
    """Confidence rises with the word losses, and stays a probability."""
    said = []
    for lost in (0.3, 0.6, 0.9, 1.0):
        losses = np.full(12, 0.02, np.float32)
        losses[7:12] = lost
        said.append(confidence(span_evidence(setting(), WordSpan(7, 12), losses), rule, language, encoders))
    assert said == sorted(said)
    assert 0 < said[0] < said[-1] < 1


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
