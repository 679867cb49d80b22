"""Faults that the score has to put below the text without them."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_reader.checks.coverage.measure import meaningful_words
from tui_reader.evaluation.blemishes import blemished

_TEXTS = {
    "en": ("The lighthouse keeper wound the old clock every evening.", "Seven ferries cross the narrow strait."),
    "ja": ("灯台守は毎晩、古い時計のねじを巻いた。", "七隻の連絡船が狭い海峡を渡る。"),
}


@pytest.mark.parametrize("language", _TEXTS)
@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_each_fault_is_one_of_six(language: str, seed: int) -> None:
    """Whatever is drawn, the words tell a loss, two additions, a replacement, a swap and a mixture, in this order."""
    text, donor = _TEXTS[language]
    made = list(blemished(text, donor, language, random.Random(seed)))
    words = Counter(_surfaces(text, language))
    less, more, twice, other, swapped, mixed = made
    assert len(less) < len(text) < min(len(more), len(twice))
    assert len({text, *made}) == 7 or swapped == mixed
    assert other != text
    assert sorted(swapped) == sorted(mixed) == sorted(text)
    assert set(_surfaces(twice, "en")) <= set(words) if language == "en" else len(twice) > len(text)


def test_a_text_of_few_words_has_no_faults() -> None:
    """Two words can hardly be put in a wrong order, and nothing would be left of one."""
    assert not list(blemished("Good night.", "Seven ferries cross the strait.", "en", random.Random(0)))


def _surfaces(text: str, language: str) -> list[str]:
    return [word.span.of(text) for word in meaningful_words(text, language)]
