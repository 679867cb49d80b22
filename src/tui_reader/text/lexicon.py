"""Word lists, written as running text so that a person can read and edit them."""

from __future__ import annotations


def lexicon(*lines: str) -> frozenset[str]:
    """The words of some lines, which are separated by white space."""
    return frozenset(word for line in lines for word in line.split())
