"""What a family of rules is, and what it gets to see.

A family is one class in one file: it declares its rules and finds what breaks them. `tui_reader.checks.registry` lists
the families; a package of its own adds one by an entry point of the group ``tui_reader.rules``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Protocol

from tui_reader.model import Evidence, Finding, Side, Span
from tui_reader.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui_reader.checks.coverage.measure import Coverage
    from tui_reader.checks.rules import Rule
    from tui_reader.model import Signal
    from tui_reader.settings import CheckSettings


@dataclass(frozen=True)
class SideView:
    """One side of a bead.

    Attributes:
        content: its sentences, with spaces where the file has tags, placeholders and marks; empty where the bead has
            none on this side.
        language: ISO 639-1 code.
        offset: where `content` starts in the whole text.
        written: the same characters as the file has them, where these differ.
    """

    content: str
    language: str
    offset: int = 0
    written: str | None = None

    @property
    def verbatim(self) -> str:
        """Its sentences with their tags, placeholders and marks; as long as `content`."""
        return self.content if self.written is None else self.written

    @cached_property
    def words(self) -> list[words.Word]:
        """Its words, with offsets in `content`; split when first asked for, then shared by all families."""
        return words.split(self.content, self.language)


@dataclass(frozen=True)
class BeadView:
    """A bead as rules see it.

    Attributes:
        source: its source side.
        target: its target side.
        coverage: what was measured on it: cosine of the two sides, probability of loss of every word.
        index: its place among the beads of the document.
        is_pair: whether it belongs to a translation pair, not to a document.
        aligned: probability that these sentences belong together.
    """

    source: SideView
    target: SideView
    coverage: Coverage
    index: int = 0
    is_pair: bool = False
    aligned: float = 1.0

    @property
    def has_both_sides(self) -> bool:
        """Whether there is something to compare."""
        return bool(self.source.content and self.target.content)

    @property
    def length(self) -> int:
        """Characters of the longer side: the longer, the more places a counterpart may stand in."""
        return max(len(self.source.content), len(self.target.content))

    @property
    def similarity(self) -> float:
        """Cosine of the two sides."""
        return self.coverage.cosine

    def loss(self, side: Side, span: Span) -> float | None:
        """Highest probability that a word in `span` has no counterpart; None where nothing was measured.

        Args:
            side: the text that `span` points into.
            span: counted in that side's `content`.
        """
        losses = self.coverage.losses[side]
        if not losses:
            return None
        whole = span.shifted(self.side(side).offset)
        return max((p for start, end, p in losses if start < whole.end and whole.start < end), default=0.0)

    def side(self, side: Side) -> SideView:
        """`source` or `target`."""
        return self.source if side is Side.SOURCE else self.target

    def in_language(self, language: str) -> Side | None:
        """The side that is in this language, None where neither or both are."""
        sides = [side for side in Side if self.side(side).language == language]
        return sides[0] if len(sides) == 1 else None

    def finding(  # noqa: PLR0913 - the parts of a finding
        self,
        rule: Rule,
        side: Side,
        span: Span,
        message: str,
        *,
        confidence: float,
        counterpart: Span | None = None,
        signals: tuple[Signal, ...] = (),
    ) -> Finding:
        """A finding on this bead.

        Args:
            rule: one of the family's own.
            side: the text that `span` points into.
            span: the words at fault, counted in that side's `content`.
            message: a sentence for a person; the words themselves in “ ”.
            confidence: probability that a bilingual reader would agree. Whether that is enough is not the family's
                business: thresholds, levels and fingerprints come later and for all families alike.
            counterpart: the closest words on the other side, counted in that side's `content`.
            signals: what was measured.
        """
        closest = counterpart and counterpart.shifted(self.side(side.other).offset)
        return Finding(
            rule=rule.code,
            side=side,
            span=span.shifted(self.side(side).offset),
            confidence=confidence,
            severity=rule.severity,
            message=message,
            evidence=Evidence(closest, signals=signals),
        )


class DocumentReader(Protocol):
    """Reads one document bead by bead for a family whose rules need all of it; it keeps no view longer than it must."""

    def see(self, view: BeadView) -> None:
        """Take note of the next bead, also one with an empty side."""
        ...

    def findings(self) -> Iterable[tuple[int, Finding]]:
        """At the end of the document: findings (of `BeadView.finding`) with the `BeadView.index` of their beads."""
        ...


class Family:
    """A group of rules that look at the same things. A subclass sets `rules` and defines `find`, `reader` or both.

    Args:
        settings: the table ``[check]``.

    Raises:
        SettingsError, InputError: a file that the settings name (a glossary) is missing or malformed.
    """

    rules: ClassVar[tuple[Rule, ...]] = ()
    """What it can find."""
    needs_both_sides: ClassVar[bool] = True
    """Whether `find` is called only for beads with words on both sides."""

    def __init__(self, settings: CheckSettings) -> None:
        self.settings = settings

    @property
    def signature(self) -> str:
        """What changes its findings besides the program's version and the levels of its rules; mostly nothing."""
        return ""

    def find(self, view: BeadView) -> Iterable[Finding]:  # noqa: ARG002 - a hook
        """What is wrong in a bead; a pure function of it."""
        return ()

    def reader(self) -> DocumentReader | None:
        """A fresh reader for the next document, None where beads are all the family looks at.

        A pair is a document of its own, so nothing of one ever changes the result of another.
        """
        return None
