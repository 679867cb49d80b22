"""Fitting, on a handful of pairs: the parameters come out of the data, in the shape that the checker reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tui_reader.checks.coverage.features import feature_names
from tui_reader.checks.coverage.losses import logistic, loss_model
from tui_reader.corpus import corpus_path
from tui_reader.encoders import choose
from tui_reader.evaluation import fit
from tui_reader.formats import read
from tui_reader.text import sentences

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.model import Document


@pytest.fixture(scope="module")
def pairs() -> list[dict[str, str]]:
    """Paragraphs of a bundled document, which has as many in either language."""
    document: Document = read(corpus_path() / "ember-moths")
    sides = [[b.span.of(t.content) for b in t.blocks] for t in (document.sources[0].text, document.text)]
    rows = zip(*(side[-12:] for side in sides), strict=True)
    return [{"source": one, "target": other, "document": "moths"} for one, other in rows]


def test_word_losses_are_learned_from_damage(pairs: list[dict[str, str]]) -> None:
    """Fitted on damaged pairs, the model tells their lost words from the others."""
    items = [s for s in fit.samples(pairs, choose("use").sentences) if len(sentences.split(s.english, "en")) < 9]
    rows = fit.measured(items, choose("use"))["en"]
    assert any(row.damaged for row in rows)
    weights, bias = fit.fit_losses(rows)
    assert weights.shape == (len(feature_names(in_context=False)),)
    p = np.concatenate([logistic(row.features @ weights + bias) for row in rows])
    labels = np.concatenate([row.labels for row in rows])
    assert p[labels == 1].mean() > p[labels == 0].mean() + 0.2


def test_words_beside_a_deletion_are_not_counted(pairs: list[dict[str, str]]) -> None:
    """Function words that touch the counterpart of a deletion are in doubt; content words never are."""
    items = [s for s in fit.samples(pairs, choose("use").sentences) if s.deleted]
    assert items
    for row in [row for part in fit.measured(items[:6], choose("use")).values() for row in part]:
        doubtful = [row.tokens[k] for k in np.flatnonzero(~row.counted)]
        assert not any(word.content_word for word in doubtful)


def test_pairs_are_read_with_their_escapes(tmp_path: Path) -> None:
    """Tabs and newlines inside a cell come back."""
    path = tmp_path / "pairs.tsv"
    path.write_text("id\tsource\ttarget\tdocument\tlicence\n1\ta\\tb\tc\\nd\te\tCC0\n", encoding="utf-8")
    assert fit.read_pairs(path)[0] == {
        "id": "1", "source": "a\tb", "target": "c\nd", "document": "e", "licence": "CC0",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["use", "both"])
@pytest.mark.parametrize("language", ["en", "ja", "fr"])
def test_shipped_parameters_fit_the_features(kind: str, language: str) -> None:
    """What is in the package was fitted for the features that the package computes."""
    model = loss_model(language, kind)
    assert model.weights.shape == (len(feature_names(in_context=kind == "both")),)
    assert model.calibration.shape == (3,)
