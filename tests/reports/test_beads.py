"""Alignments as other tools read them."""

from __future__ import annotations

import json

from tui_reader.reports.beads import SENTENCE_WRITERS, WORD_WRITERS, SentenceBead, WordLinks

BEADS = [SentenceBead((0, 1), (0,), 0.75, 0.25, confidence=0.875), SentenceBead((2,), (), 0.0, 0.5)]
SOURCE, TARGET = ["One.", "Two.\tTab", "Three."], ["一つと二つ。"]
PAIR = WordLinks("p1", ["a", "b"], ["x", "y"], [(1, 0, 0.5), (0, 1, 0.75)])


def test_vecalign() -> None:
    """Lists of numbers as Vecalign writes them, empty for a deletion."""
    assert list(SENTENCE_WRITERS["vecalign"](BEADS, SOURCE, TARGET)) == ["[0, 1]:[0]:0.250000", "[2]:[]:0.500000"]


def test_sentence_table_is_a_file_of_pairs() -> None:
    """Its first columns are those that check reads; tabs in a text are escaped."""
    header, first, second = SENTENCE_WRITERS["tsv"](BEADS, SOURCE, TARGET)
    assert header.startswith("id\tsource\ttarget\t")
    assert first == "1\tOne. Two.\\tTab\t一つと二つ。\t0 1\t0\t0.750000\t0\t0.875000"
    assert second.split("\t")[1:4] == ["Three.", "", "2"]


def test_sentence_jsonl() -> None:
    """Numbers and texts of every bead."""
    first = json.loads(next(SENTENCE_WRITERS["jsonl"](BEADS, SOURCE, TARGET)))
    assert (first["source_lines"], first["target_lines"], first["target"]) == ([0, 1], [0], "一つと二つ。")
    assert first["confidence"] == 0.875


def test_pharaoh() -> None:
    """Sorted links on one line a pair, an empty line where there are none."""
    empty = WordLinks("p2", [], [], [])
    assert list(WORD_WRITERS["pharaoh"]([PAIR, empty])) == ["0-1 1-0", ""]


def test_word_tables() -> None:
    """Links with their words and probabilities, for people and programs."""
    assert list(WORD_WRITERS["tsv"]([PAIR]))[1:] == ["p1\t0\t1\ta\ty\t0.750000", "p1\t1\t0\tb\tx\t0.500000"]
    written = json.loads(next(WORD_WRITERS["jsonl"]([PAIR])))
    assert (written["links"], written["probabilities"]) == ([[0, 1], [1, 0]], [0.75, 0.5])
