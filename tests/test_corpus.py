"""The bundled documents open and hold what corpus/README.md says of them, and their gold matches them."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from tui_reader import formats
from tui_reader.corpus import corpus_path, documents
from tui_reader.evaluation.gold import GOLD, GoldBead, MarkType, read_genre, read_gold
from tui_reader.model import BlockKind, Document, Span

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = documents()
ANNOTATED = [folder for folder in FOLDERS if (folder / GOLD).exists()]


@pytest.fixture(scope="module")
def opened() -> dict[str, Document]:
    """Every bundled document by the name of its folder."""
    return {folder.name: formats.read(folder) for folder in FOLDERS}


@pytest.fixture(scope="module")
def gold(opened: dict[str, Document]) -> dict[str, tuple[GoldBead, ...]]:
    """The gold beads by the name of the document's folder, matched against the texts as they are read."""
    return {folder.name: read_gold(folder, opened[folder.name]) for folder in ANNOTATED}


def name_of(folder: Path) -> str:
    """What a parametrized test is called."""
    return folder.name


def test_every_document_opens_as_a_translation(opened: dict[str, Document]) -> None:
    """A first run without a path shows a Japanese and an English text, not an error."""
    for document in opened.values():
        assert document.title
        languages = {document.text.language, *(source.text.language for source in document.sources)}
        assert languages == {"ja", "en"}, document.id
        assert document.text.language not in {source.text.language for source in document.sources}, document.id


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
    assert [folder.name for folder in FOLDERS if f"`{folder.name}/`" not in readme] == []


@pytest.mark.parametrize("folder", ANNOTATED, ids=name_of)
def test_every_gold_line_fits_the_schema(folder: Path) -> None:
    """Other programs may read the gold by its schema alone."""
    schema = json.loads((corpus_path() / "gold.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    files = [folder / GOLD, *folder.glob("passes/*.jsonl")]
    lines = [
        (path, n, line) for path in files for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]
    wrong = [(path, n, error.message) for path, n, line in lines for error in validator.iter_errors(json.loads(line))]
    assert wrong == []


def test_the_schema_refuses_what_the_guidelines_forbid() -> None:
    """A schema that takes anything would prove nothing."""
    schema = json.loads((corpus_path() / "gold.schema.json").read_text(encoding="utf-8"))
    mark: dict[str, Any] = {"type": "omission", "side": "source", "start": 0, "end": 3, "text": "abc", "note": "n"}
    judged = {**mark, "severity": "minor", "natural": True}
    bead: dict[str, Any] = {
        "id": "b1",
        "source_id": "s",
        "source_spans": [[0, 3]],
        "target_spans": [],
        "source": ["abc"],
        "target": [],
    }
    validator = Draft202012Validator(schema)
    assert validator.is_valid({**bead, "marks": [judged, {**mark, "type": "freedom", "kind": "idiom"}]})
    for bad in (
        mark,
        {**judged, "side": "target"},
        {**judged, "type": "addition"},
        {**judged, "kind": "idiom"},
        {**judged, "type": "freedom", "kind": "idiom"},
        {**judged, "type": "loss"},
    ):
        assert not validator.is_valid({**bead, "marks": [bad]}), bad
    assert not validator.is_valid({**bead, "source_spans": [], "marks": []})


def test_gold_beads_stand_in_text_order_without_overlap(gold: dict[str, tuple[GoldBead, ...]]) -> None:
    """A sentence of the translation is in one bead, and the file follows the translation."""
    for name, beads in gold.items():
        spans = [span for bead in beads for span in bead.target_spans]
        assert all(before.end <= after.start for before, after in pairwise(spans)), name


def test_gold_sentences_of_a_source_are_the_same_or_apart(gold: dict[str, tuple[GoldBead, ...]]) -> None:
    """A sentence quoted twice is in two beads; no two beads cut a source differently."""
    for name, beads in gold.items():
        for source_id in {bead.source_id for bead in beads}:
            spans: list[Span] = sorted({s for bead in beads if bead.source_id == source_id for s in bead.source_spans})
            assert all(before.end <= after.start for before, after in pairwise(spans)), (name, source_id)


@pytest.mark.parametrize("folder", ANNOTATED, ids=name_of)
def test_no_two_problems_of_a_bead_share_words(folder: Path, gold: dict[str, tuple[GoldBead, ...]]) -> None:
    """One loss is marked once: a finding there is right or wrong once."""
    for bead in gold[folder.name]:
        spans = sorted((mark.side, mark.span) for mark in bead.problems)
        assert all(a[0] != b[0] or not a[1].overlaps(b[1]) for a, b in pairwise(spans)), bead.id


def test_the_readme_says_what_each_document_is(
    opened: dict[str, Document], gold: dict[str, tuple[GoldBead, ...]]
) -> None:
    """Genre, language of the translation and number of pairs in the table are those of the files."""
    readme = (corpus_path() / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w-]+)/` \| ([\w ]+) \| \w\w → (\w\w) \| (\d+) \|", readme, re.MULTILINE)
    assert {name: (genre, language, int(pairs)) for name, genre, language, pairs in rows} == {
        folder.name: (read_genre(folder), opened[folder.name].text.language, len(gold[folder.name]))
        for folder in FOLDERS
    }


def test_the_corpus_is_as_large_and_as_mixed_as_promised(
    opened: dict[str, Document], gold: dict[str, tuple[GoldBead, ...]]
) -> None:
    """Fourteen documents, six hundred pairs, seven genres, three documents from Japanese, short ones and a long one."""
    sizes = [len(beads) for beads in gold.values()]
    assert len(sizes) == len(FOLDERS) >= 14
    assert sum(sizes) >= 600
    assert min(sizes) <= 15
    assert max(sizes) >= 120
    assert len({read_genre(folder) for folder in FOLDERS}) >= 7
    assert sum(document.text.language == "en" for document in opened.values()) >= 3


def test_the_gold_has_problems_of_every_kind_and_more_that_is_right(gold: dict[str, tuple[GoldBead, ...]]) -> None:
    """A corpus of one kind of fault, or of faults only, would measure something else."""
    beads = [bead for document in gold.values() for bead in document]
    problems = [mark for bead in beads for mark in bead.problems]
    assert {mark.type for mark in problems} == set(MarkType) - {MarkType.FREEDOM}
    assert 0.2 <= sum(bool(bead.problems) for bead in beads) / len(beads) <= 0.4
    assert sum(mark.natural for mark in problems) >= 0.5 * len(problems)
    assert any(bead.moved for bead in beads)
    assert any(len(bead.source_spans) > 1 for bead in beads)
    assert any(len(bead.target_spans) > 1 for bead in beads)
    assert any(not bead.source_spans for bead in beads)
    assert any(not bead.target_spans for bead in beads)
