"""Pairs of texts of which one is the other with a fault, drawn by machine: what every score has to put in order."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tui_reader.evaluation.blemishes import blemished

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.evaluation.samples import Sample

Texts = tuple[str, str]
"""An English and a Japanese text that translate each other."""

_DAMAGED, _BLEMISHED = 2500, 2000
"""About how many samples become faults: damaged ones, and intact ones, every second of which only lends words."""


def faults(items: Sequence[Sample]) -> Iterator[tuple[Texts, Texts]]:
    """Some pairs, each beside the same with a fault: a phrase too much or too few on one side, or a blemish.

    Args:
        items: pairs with the damage drawn for them; those that were annotated, and what was made of them, are left out.
    """
    ours = [item for item in items if not item.document]
    intact = {item.pair: item for item in ours if item.intact}
    damaged = [item for item in ours if not item.intact and item.pair in intact]
    for item in damaged[:: max(1, len(damaged) // _DAMAGED)]:
        yield intact[item.pair].texts, item.texts
    yield from blemished_pairs(list(intact.values())[:: max(1, len(intact) // _BLEMISHED)])


def blemished_pairs(items: Sequence[Sample]) -> Iterator[tuple[Texts, Texts]]:
    """Faithful pairs, each beside the same with a fault in one of its texts, in turn the first and the second."""
    chance = random.Random(1)  # noqa: S311 - reproducible, not secret
    for k, (item, donor) in enumerate(zip(items[::2], items[1::2], strict=False)):
        side = k % 2
        for text in blemished(item.texts[side], donor.texts[side], item.languages[side], chance):
            yield item.texts, (text, item.japanese) if side == 0 else (item.english, text)
