"""Linking of made articles, and what must be true of every story of links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import article_generator as generator
import numpy as np
import pytest

from tui_reader.alignment.document import align_document
from tui_reader.alignment.quoted_words import quoted_words
from tui_reader.encoders import load

if TYPE_CHECKING:
    from article_generator import Quotable

QUOTED = ("ember-moths", "tolvik-2031-03-03", "whitlock-renn-2031-03-06", "keeper-of-lost-things", "edith-calloway")


@pytest.fixture(scope="module")
def pool() -> list[Quotable]:
    """Some bundled documents, so that few sentences have to be encoded."""
    return [one for one in generator.bundled() if one.id in QUOTED]


def test_quoted_sentences_are_linked_and_others_are_not(pool: list[Quotable]) -> None:
    """In articles of all kinds nearly every quoted sentence is linked to what it translates, and hardly another."""
    encoder = load("use")
    found = generator.Linking()
    for kind in generator.KINDS:
        for article in generator.articles(pool, kind):
            found += generator.linking(article, align_document(article.document, encoder))
    assert found.wanted > 100
    assert found.precision >= 0.96
    assert found.recall >= 0.93


def test_no_sentence_is_in_two_passages(pool: list[Quotable]) -> None:
    """Passages follow each other in the text, also where two sources are quoted by turns."""
    for article in generator.articles(pool, "interleaved"):
        passages = align_document(article.document, load("use")).passages
        ends = [0, *(passage.target_span.end for passage in passages)]
        assert all(end <= passage.target_span.start for end, passage in zip(ends, passages, strict=False))


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("返事には「灯台は岬に立っていた。」とあった。", "灯台は岬に立っていた。"),
        ("彼は「「もう来ない」と彼女は言った」と書いている。", "「もう来ない」と彼女は言った"),
        ("「もう誰も来ないだろうとみんなが言った。」", None),
        ("いわゆる「未決」の箱を指して、あれがいちばんよく働くと父は笑っていた。", None),
        ("船は正午に出る。", None),
    ],
)
def test_what_a_sentence_quotes(sentence: str, words: str | None) -> None:
    """Only a quotation that is much of its sentence, but not all of it."""
    assert quoted_words(sentence) == words


def test_made_articles_know_what_they_quote(pool: list[Quotable]) -> None:
    """Every link of the generator covers the words of its bead, and points at its source's."""
    for article in generator.articles(pool, "twice"):
        texts = {source.id: source.text.content for source in article.document.sources}
        quoted = {one.id: one for one in pool}[article.document.sources[0].id]
        assert article.links
        for link in article.links:
            words = "".join(quoted.target[j] for j in np.arange(len(quoted.target)))
            assert link.target.of(article.document.text.content) in words
            assert all(span.of(texts[link.source_id]) in quoted.source for span in link.sources)
