"""The bundled documents open and hold what corpus/README.md says of them."""

from __future__ import annotations

import pytest

from tui_reader import formats
from tui_reader.corpus import corpus_path, documents
from tui_reader.model import BlockKind, Document


@pytest.fixture(scope="module")
def opened() -> dict[str, Document]:
    """Every bundled document by the name of its folder."""
    return {folder.name: formats.read(folder) for folder in documents()}


def test_every_document_opens_as_japanese_with_english_sources(opened: dict[str, Document]) -> None:
    """A first run without a path shows a bilingual text, not an error."""
    for document in opened.values():
        assert document.title
        assert document.text.language == "ja"
        assert document.sources
        assert {source.text.language for source in document.sources} == {"en"}


def test_every_source_says_who_when_and_where_from(opened: dict[str, Document]) -> None:
    """The reader shows title, author and date above a quotation; the corpus shows how to give them."""
    for document in opened.values():
        for source in document.sources:
            assert None not in (source.title, source.author, source.date), source.id


def test_the_article_mixes_commentary_lists_and_a_block_quote(opened: dict[str, Document]) -> None:
    """The commentary article has every kind of block that the passage finder must tell apart."""
    kinds = {block.kind for block in opened["carrow-bay"].text.blocks}
    assert {BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM} <= kinds


def test_the_readme_lists_every_document() -> None:
    """Whoever adds a folder says in corpus/README.md what it is."""
    readme = (corpus_path() / "README.md").read_text(encoding="utf-8")
    assert [folder.name for folder in documents() if f"`{folder.name}/`" not in readme] == []
