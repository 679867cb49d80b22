"""A bead that was measured before is not measured again, and gets what it would have got."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tui_reader.checks.coverage import memory, storage
from tui_reader.checks.coverage.findings import BeadText
from tui_reader.checks.coverage.measure import Coverage, measure
from tui_reader.checks.coverage.memory import CoverageMemory
from tui_reader.checks.coverage.storage import CoverageStore, written
from tui_reader.encoders import choose
from tui_reader.encoders.cache import VectorCache

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui_reader.encoders import EncoderSet

BEAD = (
    BeadText("The bridge stays closed until the river falls, as everyone had feared.", 0, "en"),
    BeadText("橋は川の水が引くまで閉鎖されます。", 0, "ja"),
)


def test_a_bead_is_measured_once_wherever_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time, at another place in both texts, only the offsets differ from what measuring gives."""
    encoders = choose("use")
    remembered = CoverageMemory(encoders)
    (first,) = remembered.measure([BEAD])
    assert first.findings
    moved = (replace(BEAD[0], offset=120), replace(BEAD[1], offset=40))
    expected = measure([moved], encoders)
    monkeypatch.setattr(memory, "measure", _unwanted)
    assert remembered.measure([moved, moved]) == expected * 2


LONELY = (BEAD[0], BeadText("", 0, "ja", "橋は川の水が引くまで閉鎖されます。"))
CLOSE = (BeadText("The bridge is closed.", 0, "en"), BeadText("橋は閉鎖中です。", 0, "ja"))


@pytest.fixture(params=["use", "auto"])
def kept_encoders(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EncoderSet]:
    """Encoders with an empty cache of their own."""
    cache = VectorCache(tmp_path / "vectors.sqlite3")
    yield replace(choose(request.param), cache=cache)
    cache.close()


def test_another_process_measures_nothing_again(kept_encoders: EncoderSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read from the disk is what was measured, number for number, of an empty side and of no loss too."""
    beads = [BEAD, LONELY, CLOSE]
    first = CoverageMemory(kept_encoders).measure(beads)
    assert [written(one) for one in first] == [written(one) for one in measure(beads, kept_encoders)]
    monkeypatch.setattr(memory, "measure", _unwanted)
    second = CoverageMemory(kept_encoders).measure(beads)
    assert [written(one) for one in second] == [written(one) for one in first]
    assert [one.findings for one in second] == [one.findings for one in first]
    assert [one.losses for one in second] == [one.losses for one in first]


@pytest.mark.parametrize("change", ["code", "parameters", "version", "text", "surroundings"])
def test_what_depends_on_something_else_is_measured_again(
    kept_encoders: EncoderSet, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No result of other code, parameters, encoders or neighbours is ever taken for this one's."""
    assert kept_encoders.cache is not None
    store = CoverageStore(kept_encoders.cache, kept_encoders)
    store.put(dict.fromkeys([BEAD, LONELY], Coverage(0.5, {}, {}, ())))
    assert set(store.get([BEAD, LONELY])) == {BEAD, LONELY}
    encoders = kept_encoders
    if change == "code":
        monkeypatch.setattr(storage, "_code", lambda: "another")
    elif change == "parameters":
        monkeypatch.setattr(storage, "parameters_hash", lambda: "another")
    elif change == "version":
        encoders = replace(kept_encoders, choice="another")
    bead = (replace(BEAD[0], content="The bridge."), BEAD[1]) if change == "text" else BEAD
    lonely = (BEAD[0], replace(LONELY[1], surroundings="橋は")) if change == "surroundings" else LONELY
    found = CoverageStore(kept_encoders.cache, encoders).get([bead, lonely])
    assert set(found) == {"text": {LONELY}, "surroundings": {BEAD}}.get(change, set())


def test_what_cannot_be_understood_is_measured_again(kept_encoders: EncoderSet) -> None:
    """Bytes that are sound but no result: as if nothing were there."""
    assert kept_encoders.cache is not None
    store = CoverageStore(kept_encoders.cache, kept_encoders)
    for content in (
        b"",
        b"{}",
        b"[1]",
        b'{"is":"Path"}',
        b'{"is":"Coverage","colour":1}',
        b'{"is":"Side","name":"up"}',
    ):
        kept_encoders.cache.put({store._key(BEAD): content})
        assert store.get([BEAD]) == {}


def _unwanted(beads: object, *_: object) -> list[object]:
    assert not beads
    return []
