"""Damage made on purpose: its place has to be exact, and its counterpart beyond doubt."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tui_reader.alignment.words import link_tables
from tui_reader.checks.coverage.chunks import chunks
from tui_reader.checks.coverage.measure import meaningful_words
from tui_reader.encoders import load
from tui_reader.evaluation.damage import Linked, delete_phrase, insert_phrase

ENGLISH = "The captain of the night ferry bought three oranges in the harbour before the storm."
JAPANESE = "夜のフェリーの船長は、嵐の前に港でオレンジを三つ買った。"
DONOR = {
    "en": "A retired fireman sang in the hall with his sister, because nobody else knew the words.",
    "ja": "引退した消防士が、ほかに歌詞を知る者がいなかったので、妹とホールで歌った。",
}


def test_an_inserted_phrase_is_where_it_says() -> None:
    """The span holds words of the donor, and without it the text is what it was."""
    for language, text in (("en", ENGLISH), ("ja", JAPANESE)):
        for seed in range(20):
            made = insert_phrase(text, DONOR[language], language, Random(seed))
            assert made is not None
            assert made.span.of(made.text) in DONOR[language]
            rest = made.text[: made.span.start] + made.text[made.span.end :].removeprefix(" ")
            assert rest.replace(" ", "") == text.replace(" ", "")


def test_a_deleted_phrase_leaves_its_counterpart_alone() -> None:
    """What is marked on the other side translates what was deleted, and nothing that is left."""
    ours, theirs = meaningful_words(JAPANESE, "ja"), meaningful_words(ENGLISH, "en")
    surfaces = [w.span.of(JAPANESE) for w in ours], [w.span.of(ENGLISH) for w in theirs]
    links = next(link_tables([surfaces], load("use"), joints=("", " ")))
    pairs = {"storm": "嵐", "harbour": "港", "oranges": "オレンジ", "captain": "船長", "ferry": "フェリー"}
    seen = set()
    for seed in range(30):
        made = delete_phrase(Linked(JAPANESE, ours, theirs, links, "ja"), Random(seed))
        assert made is not None
        lost = made.counterpart.of(ENGLISH)
        for english, japanese in pairs.items():
            if english in lost:
                assert japanese not in made.text
                seen.add(english)
            else:
                assert japanese in made.text
    assert len(seen) >= 2


@given(st.text(max_size=60), st.sampled_from(["en", "ja"]))
def test_constituents_cut_any_text_in_order(text: str, language: str) -> None:
    """Edges run from the first word to the number of words, never backwards."""
    tokens = meaningful_words(text, language)
    edges = chunks(text, tokens, language)
    assert edges[0] == 0
    assert edges[-1] == len(tokens)
    assert edges == sorted(edges)


def test_texts_too_short_to_damage_are_left_alone() -> None:
    """A text of one constituent has no place for another and nothing to spare."""
    assert insert_phrase("Yes.", DONOR["en"], "en", Random(0)) is None
    assert insert_phrase(ENGLISH, "Yes.", "en", Random(0)) is None
