"""Words with their parts of speech."""

from __future__ import annotations

import threading
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tui_reader.model import Span
from tui_reader.text.words import split


def _surfaces(content: str, language: str) -> list[str]:
    return [word.span.of(content) for word in split(content, language)]


def _content_words(content: str, language: str) -> list[str]:
    return [word.span.of(content) for word in split(content, language) if word.content_word]


def test_english_words_suit_highlighting() -> None:
    """Contractions and possessives stay whole, compounds part at hyphens, numbers and addresses stay whole."""
    content = "We don't sell the keeper’s smarter-than-human (super)lamps for $1,200.50 at https://example.org/a."
    expected = (
        "We don't sell the keeper’s smarter - than - human ( super ) lamps for $ 1,200.50 at https://example.org/a ."
    )
    assert expected.split() == _surfaces(content, "en")


def test_english_abbreviations_handles_and_times_are_words() -> None:
    """The stop of an abbreviation is part of it; the stop of a sentence is not."""
    content = "Dr. Lin met @lamp_post at 7:30 a.m. in the U.S. in the 1990s."
    assert _surfaces(content, "en") == [
        "Dr.",
        "Lin",
        "met",
        "@lamp_post",
        "at",
        "7:30",
        "a.m.",
        "in",
        "the",
        "U.S.",
        "in",
        "the",
        "1990s",
        ".",
    ]


def test_english_function_words_carry_no_content() -> None:
    """Articles, pronouns, auxiliaries (negated and contracted too), prepositions and weak adverbs do not count."""
    content = "It isn't really the lamp that we're fond of, and they can't have seen the seven boats."
    assert _content_words(content, "en") == ["lamp", "fond", "seen", "seven", "boats"]


def test_english_lemmas_drop_the_possessive() -> None:
    """A name with 's is the name."""
    assert [word.lemma for word in split("keeper's lamp boys' toys", "en")] == ["keeper", "lamp", "boys", "toys"]


def test_japanese_function_words_carry_no_content() -> None:
    """Particles, auxiliaries, formal nouns and light verbs do not count; nouns, verbs and adjectives do."""
    content = "灯台守は古い帳面を読むことができなかったため、新しい灯を研究しています。"
    assert [word for word in _content_words(content, "ja") if word != "守"] == [
        "灯台",
        "古い",
        "帳面",
        "読む",
        "新しい",
        "灯",
        "研究",
    ]


def test_japanese_parts_of_speech_are_universal() -> None:
    """Sudachi's classes are given as UPOS, and auxiliaries are told from main verbs by what stands before them."""
    content = "私は三つの灯を見ている。"
    tags = {word.span.of(content): word.part_of_speech for word in split(content, "ja")}
    assert {word: tag for word, tag in tags.items() if word not in {"三つ", "三", "つ", "の"}} == {
        "私": "PRON",
        "は": "ADP",
        "灯": "NOUN",
        "を": "ADP",
        "見": "VERB",
        "て": "SCONJ",
        "いる": "AUX",
        "。": "PUNCT",
    }


def test_japanese_compound_verbs_are_one_word() -> None:
    """受け止める means something else than 受ける and 止める."""
    assert "受け止め" in _surfaces("真剣に受け止めた。", "ja")


def test_offsets_are_those_of_the_whole_text() -> None:
    """A part of a text gives spans of the text."""
    assert [Span(3, 5)] == [word.span for word in split("前の 灯台 後", "ja", Span(3, 5))]
    assert [Span(4, 8)] == [word.span for word in split("the lamp post", "en", Span(4, 8))]


def test_a_text_longer_than_sudachi_takes_is_split_all_the_same() -> None:
    """Beyond 49,149 bytes Sudachi refuses; the words are those of the pieces, with or without places to cut."""
    sentence = "灯台の光が消えた。"
    once = _surfaces(sentence, "ja")
    assert once * 4000 == _surfaces(sentence * 4000, "ja")
    assert "".join(_surfaces("あ" * 40_000, "ja")) == "あ" * 40_000
    assert "".join(_surfaces("ﷺ" * 10_000, "ja")) == "ﷺ" * 10_000


ANY_TEXT = st.text(
    st.one_of(st.sampled_from("㍿ｶﾞ灯台の光a1-'’.@_ \n　\u3099\u200b👨‍👩、。"), st.characters(codec=None)), max_size=60
)


@settings(deadline=None)
@given(ANY_TEXT, st.sampled_from(["ja", "en", "und"]))
def test_words_are_ordered_disjoint_and_complete(content: str, language: str) -> None:
    """For any string, words neither overlap nor hold only white space, and miss nothing else."""
    words = split(content, language)
    assert all(before.end <= after.start for before, after in pairwise(words))
    assert all(word.span.of(content).strip() for word in words)
    covered = {index for word in words for index in range(word.start, word.end)}
    assert all(character.isspace() for index, character in enumerate(content) if index not in covered)


def test_threads_do_not_get_in_each_others_way() -> None:
    """Sudachi's tokenizer must not be shared; each thread gives the words that one thread gives."""
    content = "灯台の光が消えた。" * 200
    expected = split(content, "ja")
    results: list[bool] = []
    threads = [threading.Thread(target=lambda: results.append(split(content, "ja") == expected)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 6


_WRAPPED = "港の図書館は朝の九時に開き、雨の日には混む。"


@given(st.lists(st.integers(1, len(_WRAPPED) - 1), unique=True), st.sampled_from(["\n", "\r\n", "\n　"]))
def test_a_folded_japanese_text_has_the_words_of_the_unfolded_one(places: list[int], fold: str) -> None:
    """Wherever lines break, the words are the same, and their spans take in the break inside them."""
    cuts = [0, *sorted(places), len(_WRAPPED)]
    content = fold.join(_WRAPPED[start:end] for start, end in pairwise(cuts))
    bare = [word for word in split(content, "ja") if not word.span.of(content).isspace()]
    assert ["".join(word.span.of(content).split()) for word in bare] == _surfaces(_WRAPPED, "ja")
    assert [word.lemma for word in bare] == [word.lemma for word in split(_WRAPPED, "ja")]
