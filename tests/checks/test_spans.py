"""Where the spans begin and end that are reported."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.checks.coverage.measure import meaningful_words
from tui_reader.checks.coverage.spans import group_words

ENGLISH = "The ferry was cheap, clean and never late, but in winter it did not run."
JAPANESE = "祖母は息子にも内緒で、毎月その郵便局に少しずつ貯金していた。"


def spans(text: str, language: str, lost: dict[str, float], threshold: float = 0.4) -> list[str]:
    """What is reported where words of a text have these losses and the others hardly any."""
    words = meaningful_words(text, language)
    losses = np.asarray([lost.get(word.span.of(text), 0.01) for word in words], np.float32)
    found = group_words(text, words, losses, threshold, language)
    return [text[words[first].start : words[last - 1].end] for first, last in found]


def test_a_conjunction_stays_outside() -> None:
    """What joins the lost words to the others is not lost with them, however likely that looks."""
    assert spans(ENGLISH, "en", {"and": 0.3, "never": 0.9, "late": 0.9}) == ["never late"]


def test_an_article_or_preposition_belongs_to_the_words_behind_it() -> None:
    """The words before it are what it is torn from if it is left out, even where it is hardly lost itself."""
    assert spans(ENGLISH, "en", {"in": 0.2, "winter": 0.95}) == ["in winter"]


def test_particles_belong_to_the_words_before_them() -> None:
    """A Japanese phrase is reported with what hangs on it, and does not begin with what hangs on the phrase before."""
    lost = {"は": 0.3, "息子": 0.9, "に": 0.3, "も": 0.2, "内緒": 0.9, "で": 0.2}
    assert spans(JAPANESE, "ja", lost) == ["息子にも内緒で"]


def test_a_doubtful_word_beside_a_sure_one_is_left_out() -> None:
    """What would be enough for a span of doubtful words is not enough beside words that are lost for certain."""
    assert spans(ENGLISH, "en", {"in": 0.25, "winter": 0.95, "it": 0.22}) == ["in winter"]
    assert spans(ENGLISH, "en", {"in": 0.25, "winter": 0.45, "it": 0.22}) == ["in winter it"]


def test_ends_are_drawn_to_punctuation() -> None:
    """A clause that is lost but for a doubtful word at its end is reported up to the comma."""
    assert spans(ENGLISH, "en", {"never": 0.9, "late": 0.12}) == ["never late"]


@given(st.lists(st.floats(0, 1, width=32), min_size=16, max_size=16), st.sampled_from([0.2, 0.4, 0.6]), st.booleans())
def test_spans_are_in_order_and_have_a_seed(losses: list[float], threshold: float, japanese: bool) -> None:
    """Whatever the losses, spans do not touch each other's words, and each has a content word at the threshold."""
    text, language = (JAPANESE, "ja") if japanese else (ENGLISH, "en")
    words = meaningful_words(text, language)
    p = np.resize(np.asarray(losses, np.float32), len(words))
    found = group_words(text, words, p, threshold, language)
    ends = [end for span in found for end in span]
    assert ends == sorted(ends)
    assert all(0 <= first < last <= len(words) for first, last in found)
    assert all(any(words[k].content_word and p[k] >= threshold for k in range(*span)) for span in found)
    assert bool(found) == any(word.content_word and loss >= threshold for word, loss in zip(words, p, strict=True))
