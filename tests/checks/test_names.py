"""Names that clash: what was measured of their meaning decides with their sound."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bead_examples import view

from tui_reader.checks.coverage.measure import Coverage
from tui_reader.checks.facts.names import Names
from tui_reader.checks.rules import Example
from tui_reader.model import Side, WordLoss
from tui_reader.settings import CheckSettings

ENGLISH, JAPANESE = "Ferrin crossed the marsh at dawn.", "コルデスは夜明けに沼を渡った。"


@pytest.mark.parametrize(
    ("lost", "reported"),
    [((0.6, 0.5), True), ((0.6, 0.0), False), ((0.0, 0.5), False)],
    ids=["neither has a counterpart", "some word means the Japanese one", "some word means the English one"],
)
def test_two_names_clash_where_neither_has_a_counterpart(lost: tuple[float, float], *, reported: bool) -> None:
    """A word in katakana that sounds like no name is no other name where the source has a word for it."""
    losses: dict[Side, tuple[WordLoss, ...]] = {
        Side.SOURCE: (WordLoss(0, len("Ferrin"), lost[0]),),
        Side.TARGET: (WordLoss(0, len("コルデス"), lost[1]),),
    }
    bead = view(Example(ENGLISH, JAPANESE))
    bead = replace(bead, coverage=Coverage(0.8, losses, bead.coverage.content, ()))
    found = [finding.rule for finding in Names(CheckSettings()).find(bead)]
    assert found == (["name"] if reported else [])
