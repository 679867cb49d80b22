"""Words that turn a statement into its opposite: antonyms, all for some, must for may."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.checks.meaning.poles import mentions, rule_of
from tui_reader.model import Side

if TYPE_CHECKING:
    from tui_reader.checks.family import BeadView
    from tui_reader.checks.meaning.poles import Mentions
    from tui_reader.model import Span


class Opposition(NamedTuple):
    """A concept of the source, and its opposite in the translation."""

    rule: str
    source: Span
    target: Span
    pair: int = 0


def oppositions(view: BeadView) -> list[Opposition]:
    """Where the source speaks of one of two opposed concepts alone, and the translation of the other alone."""
    said = {side: mentions(view.side(side)) for side in Side}
    source, target = said[Side.SOURCE], said[Side.TARGET]
    return [
        Opposition(rule_of(pole.pair), span, target.sure[pole.opposite], pole.pair)
        for pole, span in source.sure.items()
        if pole.opposite in target.sure and pole.opposite not in source.possible and pole not in target.possible
    ]
