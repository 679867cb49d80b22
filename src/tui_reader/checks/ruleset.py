"""The rules of one checker: families at work, and what becomes of what they find.

Every finding of every family passes the same gate: levels set by a person, the threshold of its rule, the choice
between two findings on the same words, a fingerprint.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_reader.checks.registry import families, rule, rules, signature
from tui_reader.model import Severity, Side
from tui_reader.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui_reader.checks.family import BeadView, DocumentReader, SideView
    from tui_reader.model import CheckedBead, Finding
    from tui_reader.settings import CheckSettings, Sensitivity

Sides = tuple["SideView", "SideView"]
COVERAGE = frozenset({"omission", "addition"})
"""Codes of the rules that weigh every word of a bead."""


class RuleSet:
    """The rules that are on under some settings.

    Args:
        settings: the table ``[check]``, with the levels of the table ``[rules]``.

    Raises:
        SettingsError: a level is set for a rule that does not exist.
    """

    def __init__(self, settings: CheckSettings) -> None:
        self.sensitivity: Sensitivity = settings.sensitivity
        self.levels = dict(settings.rules)
        for code in self.levels:
            rule(code, "rules")
        self.severities = {
            code: severity for code in rules() if (severity := severity_of(code, self.levels.get(code))) is not None
        }
        """Severity of every rule that is on, by its code."""
        self._families = [
            family(settings) for family in families() if any(own.code in self.severities for own in family.rules)
        ]

    @property
    def signature(self) -> str:
        """``default``, or what is set otherwise, readable for a person."""
        set_levels = [f"{code}={level}" for code, level in sorted(self.levels.items())]
        files = sorted(family.signature for family in self._families if family.signature)
        return ",".join([*set_levels, *files, *signature()]) or "default"

    def findings(self, view: BeadView) -> tuple[Finding, ...]:
        """What all families find in a bead."""
        found = [
            finding
            for family in self._families
            if view.has_both_sides or not family.needs_both_sides
            for finding in family.find(view)
        ]
        return _undoubled(tuple(self._admitted(view, found)))

    def reading(self) -> Reading:
        """Start to read a document."""
        return Reading(self, [reader for family in self._families if (reader := family.reader()) is not None])

    def _admitted(self, view: BeadView, found: Iterable[Finding]) -> Iterator[Finding]:
        """What is on and sure enough, with its severity and fingerprint."""
        for finding in found:
            if self.admits(finding):
                yield self.signed(finding, view.source, view.target)

    def admits(self, finding: Finding) -> bool:
        """Whether its rule is on and the finding sure enough."""
        known = rules()[finding.rule]
        return finding.rule in self.severities and finding.confidence >= known.threshold(self.sensitivity)

    def signed(self, finding: Finding, source: SideView, target: SideView) -> Finding:
        """A finding with the severity that its rule has here, and with its fingerprint."""
        severity = self.severities[finding.rule]
        return replace(finding, severity=severity, fingerprint=fingerprint(finding, source, target))


class Reading:
    """A document on its way through the families that need all of it.

    Args:
        rule_set: decides about what they find.
        readers: one of each such family.
    """

    def __init__(self, rule_set: RuleSet, readers: Sequence[DocumentReader]) -> None:
        self._rule_set, self._readers = rule_set, readers

    def see(self, view: BeadView) -> None:
        """The next bead."""
        for reader in self._readers:
            reader.see(view)

    def finished(self, beads: Sequence[CheckedBead], sides: Callable[[int], Sides]) -> tuple[CheckedBead, ...]:
        """All beads, with what was found in the whole of the document.

        Args:
            beads: of the document, in the order in which they were seen.
            sides: makes the two sides of a bead anew, by its index.
        """
        completed = list(beads)
        for reader in self._readers:
            for index, finding in reader.findings():
                if self._rule_set.admits(finding):
                    signed = self._rule_set.signed(finding, *sides(index))
                    completed[index] = replace(completed[index], findings=(*completed[index].findings, signed))
        return tuple(completed)


def severity_of(code: str, level: str | None) -> Severity | None:
    """How bad findings of a rule are at a level, None where it is off."""
    known = rules()[code]
    if level == "off" or (level is None and not known.default):
        return None
    return known.severity if level in {None, "on"} else Severity(level)


def fingerprint(finding: Finding, source: SideView, target: SideView) -> str:
    """Same rule, same words (and which of equal ones), same wording of the bead: same name, wherever it stands."""
    here = source if finding.side is Side.SOURCE else target
    span = finding.span.shifted(-here.offset)
    words_found = span.of(here.content)
    occurrence = here.content.count(words_found, 0, span.start) if words_found else span.start
    parts = [finding.rule, words_found, str(occurrence), source.content, target.content]
    folded = "\x1f".join("".join(fold(part)[0].split()) for part in parts)
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _undoubled(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """One finding for one fault.

    Where a rule says everything about a bead, its omissions and additions go. Where an omission or addition covers
    just the words of another finding, or a part of them, the other is the more exact and stays. Where it covers more, a
    whole phrase is missing and the finding inside goes, unless that points at what the other side says instead.
    """
    if any(rules()[finding.rule].says_all for finding in found):
        return tuple(finding for finding in found if finding.rule not in COVERAGE)
    coverage = [finding for finding in found if finding.rule in COVERAGE]
    others = [finding for finding in found if finding.rule not in COVERAGE]
    return (
        *(loss for loss in coverage if not any(_holds(other, loss) for other in others)),
        *(
            other
            for other in others
            if other.evidence.counterpart is not None
            or not any(_holds(loss, other) and not _holds(other, loss) for loss in coverage)
        ),
    )


def _holds(outer: Finding, inner: Finding) -> bool:
    return outer.side is inner.side and outer.span.contains(inner.span)
