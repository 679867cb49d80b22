"""A document that was checked before: nothing of it is encoded again, and nothing is loaded that would encode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader import encoders
from tui_reader.checks.checker import Checker
from tui_reader.encoders import e5, use
from tui_reader.encoders.cache import VectorCache
from tui_reader.encoders.cached import CachedAdditiveEncoder, CachedTokenEncoder
from tui_reader.model import Document, Source, Text
from tui_reader.settings import CheckSettings
from tui_reader.text.blocks import plain_blocks

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ENGLISH = """The night ferry to the island was cancelled because of the storm, and a choir of firemen sang in the hall.

Nobody slept. In the morning the harbour master sold coffee from a window, and the first boat left at seven."""
JAPANESE = """島へ向かう夜のフェリーは、嵐のために欠航となった。

誰も眠らなかった。朝になると港長が窓からコーヒーを売り、始発の船は七時に出た。"""


def test_the_second_check_encodes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another checker, as in another process: the same report, without tokenizers and without networks."""
    file = tmp_path / "vectors.sqlite3"
    first = checker(VectorCache(file)).check(document())
    assert first.beads
    assert any(bead.findings for bead in first.beads)

    def unwanted(*_: object) -> None:
        raise AssertionError("something is encoded")

    for module, loader in ((use, "_network"), (use, "_vocabulary"), (e5, "_model")):
        monkeypatch.setattr(module, loader, unwanted)
    assert checker(VectorCache(file)).check(document()) == first


def checker(cache: VectorCache) -> Checker:
    """With the default encoders over this cache."""
    made = Checker(CheckSettings(cache="off"))
    chosen = made._encoders
    made.__dict__["_kept"] = encoders.EncoderSet(
        chosen.name,
        CachedAdditiveEncoder(chosen.sentences, cache),
        CachedTokenEncoder(chosen.tokens, cache) if chosen.tokens else None,
        chosen.choice,
        cache,
    )
    return made


def document() -> Document:
    """Four sentences and their translation."""
    english, japanese = (Text(text, name, plain_blocks(text)) for text, name in ((ENGLISH, "en"), (JAPANESE, "ja")))
    return Document("ferry", japanese, (Source("ferry", english),))
