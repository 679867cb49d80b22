"""Anchors: what sentences of both languages share by value, sound or letters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.alignment.anchors import anchors, shared


@pytest.mark.parametrize(
    ("japanese", "english"),
    [
        ("一九二六年のこと、", "It was in 1926."),
        ("費用は四万ポンドに上る。", "It will cost 40,000 pounds."),
        ("マーチバンク老人", "old Marchbank"),
        ("ＧＰＳに頼りすぎた。", "They relied on GPS."),
    ],
)
def test_the_same_in_another_script_is_an_anchor(japanese: str, english: str) -> None:
    """Numbers meet by value, katakana and Latin names by sound, Latin letters by themselves at any width."""
    assert anchors(japanese) & anchors(english)


@pytest.mark.parametrize(("japanese", "english"), [("二人はのぼった。", "Two of them."), ("パン", "a pan"), ("", "")])
def test_what_is_everywhere_is_no_anchor(japanese: str, english: str) -> None:
    """Small numbers and words of one or two consonants say nothing."""
    assert not anchors(japanese) & anchors(english)


SENTENCES = st.lists(st.frozensets(st.sampled_from("abcdefg")), min_size=1, max_size=9)


@given(SENTENCES, SENTENCES)
def test_every_pair_knows_what_it_shares(text: list[frozenset[str]], sources: list[frozenset[str]]) -> None:
    """Pairs share something where their sets meet, an anchor weighs from 0 to 1, more of them weigh more."""
    rows, columns = np.divmod(np.arange(len(text) * len(sources)), len(sources))
    found = shared(text, sources).between(rows, columns).reshape(len(text), len(sources))
    for j, some in enumerate(text):
        for i, other in enumerate(sources):
            assert 0 <= found[j, i] <= len(some & other) + 1e-6
            assert found[j, i] == 0 or some & other
    everything = [i for i, other in enumerate(sources) if other == frozenset().union(*sources)]
    for i in everything:
        assert (found[:, i] >= found.max(axis=1) - 1e-6).all()


def test_an_anchor_of_many_sentences_is_none() -> None:
    """A name that stands everywhere costs nothing to compare, and counts nothing; a rare one counts fully."""
    text = [frozenset({"everywhere"}) for _ in range(50)]
    sources = [frozenset({"everywhere"}) for _ in range(50)]
    text[7], sources[9] = frozenset({"once"}), frozenset({"once"})
    found = shared(text, sources)
    assert found.keys.tolist() == [7 * 50 + 9]
    assert found.values.tolist() == [1]


def test_nothing_is_shared_with_nothing() -> None:
    """No sentences, or sentences without anchors, share nothing."""
    nothing = np.zeros(0, np.int64)
    assert not len(shared([], []).between(nothing, nothing))
    assert shared([frozenset()], [frozenset({"a"})]).between(np.asarray([0]), np.asarray([0])).tolist() == [0]
