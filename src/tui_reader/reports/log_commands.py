"""Lines that a build server would take for commands, disarmed.

GitHub Actions obeys lines that begin with ``::``, white space before it aside, and ``##[`` anywhere; Azure Pipelines
knows ``##vso[`` and TeamCity ``##teamcity[``. A text that somebody translates must not be able to say such things.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BRACKET = re.compile(r"##(\w*)\[")
_COLONS = re.compile(r"^([^\S\n]*)::", re.MULTILINE)


def disarmed(lines: Iterable[str]) -> Iterator[str]:
    """The same lines, each as wide as before, none of them a command."""
    for line in lines:
        yield _COLONS.sub(_behind_a_bar, without_brackets(line))


def without_brackets(text: str) -> str:
    """A text without commands that may stand anywhere in a line, as wide as before."""
    return _BRACKET.sub(r"##\1(", text) if "##" in text else text


def _behind_a_bar(found: re.Match[str]) -> str:
    indent = found[1]
    return f"{indent[:-2]}| ::" if len(indent) > 1 else f"{indent}.:"
