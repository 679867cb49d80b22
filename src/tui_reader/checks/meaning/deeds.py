"""Who does something to whom: the two parties of a deed, and whether two parties are one."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.checks.facts.sounds import Name, heard

if TYPE_CHECKING:
    from tui_reader.model import Span


class Party(NamedTuple):
    """Somebody whom a text names or points at."""

    span: Span
    pronoun: str
    """What an English and a Japanese pronoun have in common: ``he`` for *him* and 彼; empty for a name."""
    names: tuple[Name, ...] = ()
    """The parts of a name."""


class Deed(NamedTuple):
    """Somebody does something to somebody."""

    agent: Party
    patient: Party


def same(japanese: Party, english: Party) -> bool:
    """Whether two parties are certainly one: by the same pronoun, or by names of the same sound."""
    if japanese.pronoun or english.pronoun:
        return japanese.pronoun == english.pronoun
    return any(heard(one, other) for one, other in product(japanese.names, english.names))
