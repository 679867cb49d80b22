"""A bead that was measured before is not measured again, and gets what it would have got."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui_reader.checks.coverage import memory
from tui_reader.checks.coverage.findings import BeadText
from tui_reader.checks.coverage.measure import measure
from tui_reader.checks.coverage.memory import CoverageMemory
from tui_reader.encoders import choose

if TYPE_CHECKING:
    import pytest

BEAD = (
    BeadText("The bridge stays closed until the river falls, as everyone had feared.", 0, "en"),
    BeadText("橋は川の水が引くまで閉鎖されます。", 0, "ja"),
)


def test_a_bead_is_measured_once_wherever_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time, at another place in both texts, only the offsets differ from what measuring gives."""
    encoders = choose("use")
    remembered = CoverageMemory(encoders, "normal")
    (first,) = remembered.measure([BEAD])
    assert first.findings
    moved = (replace(BEAD[0], offset=120), replace(BEAD[1], offset=40))
    expected = measure([moved], encoders, "normal")

    def unwanted(beads: object, *_: object) -> list[object]:
        assert not beads
        return []

    monkeypatch.setattr(memory, "measure", unwanted)
    assert remembered.measure([moved, moved]) == expected * 2
