"""Remarks take findings away from the beads they speak of, and from no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from report_example import SOURCE, TARGET, report, span_of
from tui_reader.checks.ignoring import without_ignored
from tui_reader.model import Ignore, Side, Span

FERRY, NOBODY, SHIP = (
    span_of(SOURCE, "The ferry leaves"),
    span_of(SOURCE, "Nobody waits."),
    span_of(TARGET, "船は正午に美しく出る。"),
)


def left(side: Side, rules: set[str], span: Span) -> list[str]:
    """Fingerprints of the findings that are left with one remark on one side."""
    made = report()
    document, ignores = made.document, (Ignore(frozenset(rules), "reason", span),)
    if side is Side.TARGET:
        document = replace(document, text=replace(document.text, ignores=ignores))
    else:
        source = document.sources[0]
        document = replace(document, sources=(replace(source, text=replace(source.text, ignores=ignores)),))
    beads = without_ignored(made.beads, document, made.alignment)
    return [finding.fingerprint for bead in beads for finding in bead.findings]


@pytest.mark.parametrize(
    ("side", "rules", "span", "expected"),
    [
        (Side.SOURCE, {"omission"}, FERRY, ["cccc3333", "aabb2222"]),
        (Side.SOURCE, {"omission"}, NOBODY, ["aaaa1111", "cccc3333"]),
        (Side.SOURCE, {"addition"}, FERRY, ["aaaa1111", "aabb2222"]),
        (Side.SOURCE, {"number"}, FERRY, ["aaaa1111", "cccc3333", "aabb2222"]),
        (Side.SOURCE, {"all"}, Span(FERRY.start, FERRY.start), ["aaaa1111", "cccc3333", "aabb2222"]),
        (Side.TARGET, {"all"}, Span(0, 3), ["aaaa1111", "cccc3333", "aabb2222"]),
    ],
)
def test_a_remark_means_its_rules_in_its_paragraph(
    side: Side, rules: set[str], span: Span, expected: list[str]
) -> None:
    """On either side it speaks of all findings of the bead, wherever they point."""
    assert left(side, rules, span) == expected


def test_a_lost_sentence_belongs_to_the_sentence_before_it() -> None:
    """A remark in the translation can only stand where there is a translation."""
    assert left(Side.TARGET, {"omission"}, SHIP) == ["cccc3333"]
