"""The coverage check as the aligner's witness: a sentence translated inside its neighbour's counterpart is not lost."""

from __future__ import annotations

from functools import cache

import pytest

from tui_reader.alignment.lonely import Question
from tui_reader.checks.checker import Checker
from tui_reader.checks.coverage.witness import CoverageWitness
from tui_reader.encoders import available, choose
from tui_reader.model import Document, Passage, Report, Source, Span, Text
from tui_reader.settings import CheckSettings

pytestmark = pytest.mark.skipif("e5" not in available(), reason="e5 is not installed here")

HERMITAGE = "庵には電気も水道もないが眺めはある。", "住職にはそれこそが肝心だった。"
VIEW = "The hermitage has neither electricity nor running water, but it does have a view"


@cache
def checker() -> Checker:
    """Loaded once."""
    return Checker(CheckSettings(cache="off", encoder="both"))


def checked(japanese: str, english: str) -> Report:
    """The report on a pair that was Japanese first."""
    source = Source("s", Text(japanese, "ja"))
    whole = Passage("p1", "s", Span(0, len(japanese)), Span(0, len(english)), marked=True)
    return checker().check(Document("d", Text(english, "en"), (source,), marked=(whole,), is_pairs=True))


@pytest.mark.parametrize(
    ("japanese", "english"),
    [
        ("".join(HERMITAGE), f"{VIEW}, and for the abbot that was the whole point."),
        (
            "「父さん、話があるんだ」「金ならないぞ」",
            '"Father, there\'s something I need to tell you." "If it\'s money, I haven\'t any."',
        ),
        (
            "「おい、新入り！ その腕は飾りか！」甲板長が怒鳴った。",
            '"Oi, new boy! Are those arms of yours just for decoration?" the boatswain bawled.',
        ),
    ],
)
def test_what_a_neighbour_conveys_is_neither_left_out_nor_put_in(japanese: str, english: str) -> None:
    """No sentence is left alone, so none is told to be missing on one side and too much on the other."""
    report = checked(japanese, english)
    assert all(bead.bead.source_segments and bead.bead.target_segments for bead in report.beads)
    assert not [finding for _, finding in report.findings if finding.rule in {"omission", "addition"}]


def test_what_nobody_conveys_is_left_out() -> None:
    """The same sentence without its counterpart stays alone, and is reported as a whole."""
    report = checked("".join(HERMITAGE), f"{VIEW}.")
    (finding,) = [finding for _, finding in report.findings if finding.rule == "omission"]
    assert finding.span.of("".join(HERMITAGE)) == HERMITAGE[1].rstrip("。")


def test_an_answer_depends_on_its_own_question_only() -> None:
    """Conveyed is hardly lost and missing is, whatever else is asked; a sentence without words counts as lost."""
    witness = CoverageWitness(choose("both"))
    conveyed = Question(HERMITAGE, (f"{VIEW}, and for the abbot that was the whole point.",), 0, 1)
    missing = Question(HERMITAGE, (f"{VIEW}.",), 0, 1)
    empty = Question((HERMITAGE[0], "…"), (f"{VIEW}.",), 0, 1)
    together = witness([conveyed, missing, empty], ("ja", "en"))
    assert together[0] < 0.15 < 0.5 < together[1]
    assert together[2] == 1
    alone = [witness([question], ("ja", "en"))[0] for question in (conveyed, missing, empty)]
    assert together == pytest.approx(alone, abs=1e-4)
    assert witness([], ("ja", "en")) == []
