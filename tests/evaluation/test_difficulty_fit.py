"""How hard a text is to translate, fitted so that no fault makes it easier."""

from __future__ import annotations

import numpy as np
import pytest

from tui_reader.checks.score import difficulty_signals
from tui_reader.corpus import corpus_path
from tui_reader.encoders import available, choose
from tui_reader.evaluation import difficulty_fit
from tui_reader.evaluation.difficulty_fit import Judgement, fit_difficulty
from tui_reader.evaluation.faults import Texts, blemished_pairs, faults
from tui_reader.evaluation.samples import Sample, samples
from tui_reader.formats import read


@pytest.fixture(scope="module")
def items() -> list[Sample]:
    """Paragraphs of a bundled document, intact and damaged."""
    document = read(corpus_path() / "ember-moths")
    sides = [[b.span.of(t.content) for b in t.blocks] for t in (document.sources[0].text, document.text)]
    rows = zip(*(side[-12:] for side in sides), strict=True)
    pairs = [{"source": one, "target": other, "document": "moths"} for one, other in rows]
    return list(samples(pairs, choose("use").sentences, seeds=(1,)))


def test_a_fault_is_on_one_side_of_a_pair_that_was_intact(items: list[Sample]) -> None:
    """Damage stands beside the pair that it was done to; annotated pairs have no text without their fault."""
    annotated = [Sample(90, "One.", "一。", document="story"), Sample(91, "Two.", "二。", document="story")]
    made = list(faults([*items, *annotated]))
    intact = {item.texts for item in items if item.intact}
    assert len(made) > len(intact)
    for whole, worse in made:
        assert whole in intact
        assert sum(one != other for one, other in zip(whole, worse, strict=True)) == 1
    damaged = {item.texts for item in items if not item.intact}
    assert damaged <= {worse for _, worse in made}


def test_both_sides_are_blemished_in_turn(items: list[Sample]) -> None:
    """Neither language is the one that always has the faults, and a second draw is the first."""
    made = list(blemished_pairs([item for item in items if item.intact]))
    english = sum(whole[0] != worse[0] for whole, worse in made)
    assert 0 < english < len(made)
    assert made == list(blemished_pairs([item for item in items if item.intact]))


def test_signals_of_the_other_direction_are_the_same_in_another_order() -> None:
    """What is learned of a fault holds for a pair translated the other way, whose sides change places."""
    one, other = np.arange(1.0, 5.0), np.arange(5.0, 9.0)
    forth = difficulty_signals(np.concatenate([one, other]), [3, 8])
    back = difficulty_signals(np.concatenate([other, one]), [8, 3])
    assert forth[difficulty_fit._other_way(len(forth))].tolist() == back.tolist()


def test_no_fault_makes_a_text_easier(items: list[Sample], monkeypatch: pytest.MonkeyPatch) -> None:
    """Judgements that call every text with a fault better are overruled by what the faults teach, and only by that."""
    if "e5" not in available():
        pytest.skip("the weights of e5 are not installed here")
    tokens = choose("both").tokens
    assert tokens is not None
    made = list(faults([item for item in items if len(item.english) < 400]))[:40]
    judged = [Judgement(*texts, value) for whole, worse in made for texts, value in ((whole, 0.0), (worse, 1.0))]
    errors = [row._replace(value=1 - row.value) for row in judged[:10]]

    def easier() -> float:
        """Share of the faults after which a text counts as less difficult."""
        weights, held_out = fit_difficulty(judged, errors, made, tokens)
        assert held_out.shape == (len(judged),)
        whole, worse = (signals(texts, weights) for texts in zip(*made, strict=True))
        return float((worse < whole).mean())

    def signals(texts: tuple[Texts, ...], weights: np.ndarray) -> np.ndarray:
        said: np.ndarray = difficulty_fit._signals(texts, tokens) @ weights[:-1] - weights[-1]
        return said

    assert easier() < 0.3
    monkeypatch.setattr(difficulty_fit, "_FAULTS", 0)
    assert easier() > 0.7
