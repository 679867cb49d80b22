"""Beads that a person has corrected in a file beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui_reader.alignment.document import align_document
from tui_reader.alignment.repairs import located, read_repairs
from tui_reader.encoders import load
from tui_reader.errors import InputError
from tui_reader.formats import open_documents

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.model import Alignment

ENGLISH = (
    "The ferry leaves at half past six in the morning. Nobody on board had expected the fog that day. "
    "The captain sounded the horn twice and turned back to the harbour. By noon the harbour was empty.\n"
)
JAPANESE = (
    "フェリーは朝の六時半に出る。その日に霧が出るとは、船の誰も思っていなかった。"
    "船長は汽笛を二度鳴らし、港へ引き返した。正午には港に人影はなくなっていた。\n"
)


def aligned(folder: Path, repairs: str, japanese: str = JAPANESE) -> tuple[Alignment, list[tuple[str, str]]]:
    """The alignment with these repairs, and its beads by their first words."""
    (folder / "text.ja.txt").write_text(japanese, encoding="utf-8")
    (folder / "ferry.en.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "text.ja.beads.toml").write_text(repairs, encoding="utf-8")
    (document,) = open_documents(folder / "text.ja.txt", [folder / "ferry.en.txt"])
    alignment = align_document(document, load("use"))
    source = document.sources[0].text.content
    beads = [
        (
            "+".join(span.of(source).split()[1] for span in bead.source_segments),
            "+".join(span.of(document.text.content)[:2] for span in bead.target_segments),
        )
        for bead in alignment.beads
    ]
    return alignment, beads


def test_without_repairs_every_sentence_has_its_partner(tmp_path: Path) -> None:
    """What the repairs of the other tests change."""
    assert aligned(tmp_path, "")[1] == [("ferry", "フェ"), ("on", "その"), ("captain", "船長"), ("noon", "正午")]


@pytest.mark.parametrize(
    ("entry", "beads"),
    [
        (
            '[[pin]]\nsource = ["Nobody on board", "The captain"]\ntarget = ["その日に", "船長は"]\n',
            [("ferry", "フェ"), ("on+captain", "その+船長"), ("noon", "正午")],
        ),
        (
            '[[pin]]\nsource = "Nobody on"\ntarget = []\n',
            [("ferry", "フェ"), ("on", ""), ("", "その"), ("captain", "船長"), ("noon", "正午")],
        ),
        (
            '[[forbid]]\nsource = "The captain"\ntarget = "船長は"\n',
            [("ferry", "フェ"), ("on", "その"), ("captain", ""), ("", "船長"), ("noon", "正午")],
        ),
    ],
)
def test_pins_and_forbidden_beads_are_honoured(tmp_path: Path, entry: str, beads: list[tuple[str, str]]) -> None:
    """A pinned bead stands as it is, its neighbours are aligned around it; forbidden sentences stand alone."""
    found = aligned(tmp_path, entry)[1]
    assert sorted(found) == sorted(beads)


def test_repairs_survive_edits_of_the_text(tmp_path: Path) -> None:
    """Sentences are named by how they begin: another sentence before them changes nothing."""
    entry = '[[pin]]\nsource = ["Nobody on board", "The captain"]\ntarget = ["その日に", "船長は"]\n'
    alignment, found = aligned(tmp_path, entry, "乗客は三人だけだった。" + JAPANESE)
    assert ("on+captain", "その+船長") in found
    assert alignment.remarks == ()


def test_stale_repairs_are_reported_and_change_nothing(tmp_path: Path) -> None:
    """An entry whose sentence is gone is named with its file; the rest of the file still holds."""
    entry = '[[pin]]\nsource = "The dog"\ntarget = "フェリー"\n[[forbid]]\nsource = "The captain"\ntarget = "船長は"\n'
    alignment, found = aligned(tmp_path, entry)
    (remark,) = alignment.remarks
    assert "text.ja.beads.toml: pin 1 changes nothing: no sentence begins with 'The dog'" in remark
    assert ("captain", "") in found


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("[[pin", "bad TOML"),
        ("[[pins]]\nsource = 'a'\n", "unknown table 'pins'"),
        ("[[pin]]\nsource = 3\ntarget = []\n", "must be the beginning of a sentence"),
        ("[[pin]]\nsource = []\ntarget = []\n", "names no sentences"),
        ("[[forbid]]\nsource = 'a'\ntarget = []\n", "names no sentences"),
        ("[[pin]]\nsource = 'a'\ntarget = 'b'\nside = 1\n", "unknown key 'side'"),
    ],
)
def test_a_bad_file_is_an_error_with_its_cure(tmp_path: Path, entry: str, complaint: str) -> None:
    """Mistakes of the person who wrote it are told in one line."""
    (tmp_path / "a.beads.toml").write_text(entry, encoding="utf-8")
    with pytest.raises(InputError, match=complaint.replace("[", r"\[")):
        read_repairs(tmp_path / "a.beads.toml")


def test_what_begins_several_sentences_is_stale(tmp_path: Path) -> None:
    """A beginning must name one sentence; with several sources, one of one of them."""
    path = tmp_path / "a.beads.toml"
    path.write_text('[[pin]]\nsource = "It"\ntarget = "雨"\n', encoding="utf-8")
    twice = located(read_repairs(path), {"s": ["It rains.", "It pours."]}, ["雨だ。"], path)
    assert "several sentences begin with 'It'" in twice.stale[0]
    assert twice.pins == ()
    others = located(read_repairs(path), {"s": ["It rains."], "t": ["It pours."]}, ["雨だ。"], path)
    assert "several sources" in others.stale[0]
