"""What becomes of findings on their way from a family to the report, with families made for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import pytest
from bead_examples import document, view

from tui_reader.checks import registry
from tui_reader.checks.checker import Checker
from tui_reader.checks.coverage.family import OMISSION
from tui_reader.checks.family import BeadView, Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.checks.ruleset import RuleSet
from tui_reader.errors import SettingsError
from tui_reader.model import CheckedBead, Finding, Report, Severity, Side, Span
from tui_reader.settings import CheckSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAIR = Example("The red lamp is out. The red lamp is out.", "赤いランプが消えている。赤いランプが消えている。")
RED = replace(
    OMISSION, code="red-word", side=Side.TARGET, severity=Severity.WARNING, confidence=0.5, good=PAIR, bad=PAIR
)
SHY = replace(RED, code="shy-word", default=False)
LAST = replace(RED, code="last-word")


class Words(Family):
    """Finds every 赤い, and is less sure of the second."""

    rules: ClassVar[tuple[Rule, ...]] = (RED, SHY)

    def find(self, view: BeadView) -> Iterator[Finding]:
        """Both rules at the same places."""
        start = view.target.content.find("赤い")
        while start >= 0:
            sure = 0.9 if start == 0 else 0.4
            for rule in self.rules:
                yield view.finding(rule, Side.TARGET, Span(start, start + 2), "Red.", confidence=sure)
            start = view.target.content.find("赤い", start + 1)


class Last:
    """Remembers the last bead."""

    seen: tuple[int, Finding] | None = None

    def see(self, view: BeadView) -> None:
        """Keep a finding on its first letter."""
        if view.target.content:
            self.seen = view.index, view.finding(LAST, Side.TARGET, Span(0, 1), "Last.", confidence=1.0)

    def findings(self) -> Iterable[tuple[int, Finding]]:
        """The one."""
        return [self.seen] if self.seen else []


class LastWords(Family):
    """Needs the whole document."""

    rules: ClassVar[tuple[Rule, ...]] = (LAST,)

    def reader(self) -> Last:
        """A new one for each document."""
        return Last()


@pytest.fixture(autouse=True)
def _families(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The families of this file beside coverage."""
    coverage = registry.families()[0]
    for name, value in {"families": lambda: (coverage, Words, LastWords)}.items():
        monkeypatch.setattr(registry, name, value)
        monkeypatch.setattr("tui_reader.checks.ruleset." + name, value)
    registry.rules.cache_clear()
    yield
    registry.rules.cache_clear()


def codes(settings: CheckSettings) -> list[tuple[str, Severity, int]]:
    """Rule, severity and place of what is found in the pair."""
    return [(f.rule, f.severity, f.span.start) for f in RuleSet(settings).findings(view(PAIR))]


def test_thresholds_follow_the_sensitivity() -> None:
    """What is less sure than its rule asks for is reported at high sensitivity only."""
    assert codes(CheckSettings()) == [("red-word", Severity.WARNING, 0)]
    assert len(codes(CheckSettings(sensitivity="high"))) == 2


def test_levels_switch_rules_and_change_severities() -> None:
    """Off is silent, on wakes a rule that is off by itself, a severity does both."""
    assert codes(CheckSettings(rules=(("red-word", "off"),))) == []
    both = codes(CheckSettings(rules=(("red-word", "error"), ("shy-word", "on"))))
    assert both == [("red-word", Severity.ERROR, 0), ("shy-word", Severity.WARNING, 0)]


def test_levels_are_part_of_the_signature() -> None:
    """Reports that looked for different things must not be compared unnoticed."""
    assert Checker().signature.rules == "default"
    changed = Checker(CheckSettings(rules=(("red-word", "off"),))).signature
    assert str(changed).endswith("|rules:red-word=off")


def test_an_unknown_code_names_the_nearest() -> None:
    """A misspelt rule would otherwise stay on in silence."""
    with pytest.raises(SettingsError, match="no rule is called 'redword'; did you mean 'red-word'"):
        RuleSet(CheckSettings(rules=(("redword", "off"),)))


def test_equal_words_have_different_fingerprints() -> None:
    """Two findings on the same words of a bead can be reviewed one by one."""
    found = RuleSet(CheckSettings(sensitivity="high")).findings(view(PAIR))
    assert len({finding.fingerprint for finding in found}) == 2


def test_one_finding_for_one_fault() -> None:
    """A lost phrase outweighs a fact inside it, an exact fact its own loss; a clash stays in any case."""
    bead = view(PAIR)

    def findings(loss: Span, *, clash: bool) -> list[str]:
        measured = bead.finding(OMISSION, Side.TARGET, loss, "Lost.", confidence=0.9)
        fact = bead.finding(
            RED, Side.TARGET, Span(0, 2), "Red.", confidence=0.9, counterpart=Span(4, 7) if clash else None
        )
        coverage = replace(bead.coverage, findings=(measured,))

        class Once(Family):
            rules = (RED,)

            def find(self, view: BeadView) -> list[Finding]:
                return [fact]

        rule_set = RuleSet(CheckSettings())
        rule_set._families = [registry.families()[0](CheckSettings()), Once(CheckSettings())]
        return [finding.rule for finding in rule_set.findings(replace(bead, coverage=coverage))]

    assert findings(Span(0, 6), clash=False) == ["omission"]
    assert findings(Span(0, 6), clash=True) == ["omission", "red-word"]
    assert findings(Span(0, 2), clash=False) == ["red-word"]
    assert findings(Span(8, 10), clash=False) == ["omission", "red-word"]


def test_a_rule_that_needs_the_document_speaks_at_its_end() -> None:
    """Beads stream without its finding; the report has it on the right bead; the next document starts afresh."""
    checker = Checker()
    streamed = list(checker.iter_check(document(PAIR)))
    assert not any(f.rule == "last-word" for e in streamed if isinstance(e, CheckedBead) for f in e.findings)
    pair = document(PAIR)
    for report in [streamed[-1], *checker.check_all([pair, pair])]:
        assert isinstance(report, Report)
        at = [
            (place, finding)
            for place, checked in enumerate(report.beads)
            for finding in checked.findings
            if finding.rule == "last-word"
        ]
        assert len(at) == 1
        place, finding = at[0]
        assert place == len(report.beads) - 1
        assert finding.span.start == report.beads[place].bead.target_segments[0].start
        assert finding.fingerprint


def test_a_bead_with_an_empty_side_is_left_to_coverage() -> None:
    """There is nothing to compare facts with."""
    lonely = replace(view(PAIR), source=replace(view(PAIR).source, content=""))
    assert RuleSet(CheckSettings()).findings(lonely) == ()
