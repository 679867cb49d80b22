"""Where Japanese phrases (bunsetsu) begin, by BudouX: lines that break there are easier to read than full ones."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budoux import Parser


def phrase_starts(text: str) -> list[int]:
    """Offsets at which a phrase begins, the first one left out.

    A small model judges each place by the characters around it (Google's BudouX): time is linear in the length.
    """
    return list(accumulate(map(len, _parser().parse(text))))[:-1]


@cache
def _parser() -> Parser:
    from budoux import load_default_japanese_parser  # noqa: PLC0415 - only where lines break at phrases

    return load_default_japanese_parser()
