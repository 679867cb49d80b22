"""Word links, and words recognised by their spelling."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.alignment.spelling import spelling_similarity
from tui_reader.alignment.words import link_pairs, link_words
from tui_reader.encoders import load


def test_content_words_are_linked_to_their_translations() -> None:
    """A short sentence with another word order: each noun finds its counterpart."""
    source = ["The", "captain", "bought", "three", "oranges", "in", "the", "harbour"]
    target = ["船長", "は", "港", "で", "オレンジ", "を", "三つ", "買っ", "た"]
    links = set(link_words(source, target, load("use")))
    assert {(1, 0), (7, 2), (4, 4), (2, 7)} <= links


def test_links_do_not_depend_on_the_other_pairs() -> None:
    """Pairs are encoded together but judged alone."""
    pairs = [(["a", "red", "door"], ["赤い", "ドア"]), ([], ["は"]), (["two", "cats"], ["二匹", "の", "猫"])]
    together = list(link_pairs(pairs, load("use")))
    assert together == [link_words(one, other, load("use")) for one, other in pairs]
    assert together[1] == []


def test_names_are_recognised_by_their_consonants() -> None:
    """Katakana and the name it stands for are alike; other words of the sentence are not."""
    similarity = spelling_similarity(["Mickelson", "praised", "Valderrama"], ["ミケルソン", "バルデラマ", "は", "賞賛"])
    assert similarity[0].argmax() == 0
    assert similarity[2].argmax() == 1
    assert similarity[0, 0] > 0.7
    assert not similarity[1].any()


def test_figures_match_in_either_width() -> None:
    """Full-width digits are digits; other digits are not alike."""
    assert spelling_similarity(["2031", "12"], ["２０３１", "13"]).tolist() == [[1, 0], [0, 0]]


@given(st.lists(st.text(max_size=8), max_size=6), st.lists(st.text(max_size=8), max_size=6))
def test_spelling_is_defined_for_any_words(one: list[str], other: list[str]) -> None:
    """Whatever the strings, a table of similarities between 0 and 1."""
    similarity = spelling_similarity(one, other)
    assert similarity.shape == (len(one), len(other))
    assert np.all((similarity >= 0) & (similarity <= 1))
