"""Stems of English words."""

import pytest

from tui_reader.text.stems import stem


@pytest.mark.parametrize(
    "forms",
    [
        "open opens opened opening",
        "rise rose risen rising",
        "child children",
        "win won winning",
        "Bakery bakeries bakery's",
    ],
)
def test_all_forms_of_a_word_have_one_stem(forms: str) -> None:
    """A glossary or a lexicon names a word once and means all its forms."""
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("found", "foundation"), ("news", "new"), ("win", "wine")])
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    """What merely begins alike is not the same word."""
    assert stem(one) != stem(other)
