"""When a check fails: which findings count, how many are too many, which score is too low."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui_reader.errors import SettingsError
from tui_reader.model import Severity
from tui_reader.reports.places import pair_scores

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.model import Finding, Report
    from tui_reader.settings import Settings

NEVER = "never"


@dataclass(frozen=True, slots=True)
class FailOn:
    """Which findings count: those of a severity or a graver one, and those of some rules."""

    severity: Severity | None = Severity.ERROR
    rules: frozenset[str] = frozenset()

    @staticmethod
    def of(words: str, origin: str) -> FailOn:
        """What these words mean: severities, codes of rules, or ``never``, separated by commas.

        Args:
            words: as a flag or a file gives them.
            origin: who says so, for messages.

        Raises:
            SettingsError: there is none, or one of them is neither a severity nor a rule.
        """
        given = [word.strip() for word in words.split(",") if word.strip()]
        if not given:
            words_known = ", ".join([*Severity, NEVER])
            raise SettingsError(
                f"{origin}: check.fail_on cannot be {words!r}; it may be {words_known}, or codes of rules"
            )
        if NEVER in given and len(given) > 1:
            raise SettingsError(f"{origin}: check.fail_on cannot be never and something else; leave one out")
        severities = [Severity(word) for word in given if word in list(Severity)]
        rules = [word for word in given if word not in {*Severity, NEVER}]
        if rules:
            from tui_reader.checks.registry import rules as known  # noqa: PLC0415 - severities need no rules

            for word in rules:
                if word not in known():
                    raise SettingsError(_unknown(word, [*Severity, NEVER, *known()], origin))
        return FailOn(max(severities, key=lambda one: one.rank, default=None), frozenset(rules))

    def counts(self, finding: Finding) -> bool:
        """Whether this finding counts."""
        grave = self.severity is not None and finding.severity.rank <= self.severity.rank
        return grave or finding.rule in self.rules


def _unknown(word: str, known: list[str], origin: str) -> str:
    from rapidfuzz import process  # noqa: PLC0415 - only a mistake pays for it

    nearest = str(process.extractOne(word, known)[0])
    return f"{origin}: check.fail_on cannot be {word!r}: no severity or rule is called so; did you mean {nearest!r}?"


@dataclass
class Gate:
    """Looks at reports as they pass, and says in the end whether the check has failed."""

    settings: Settings
    """What counts; another severity or other rules for the paths of an override."""
    max_findings: int = 0
    """How many findings that count are put up with."""
    min_score: float | None = None
    """What the score of each document must reach; of a file of pairs, the mean of its pairs. No score counts as 0."""
    _counted: int = 0
    _scores: dict[Path | None, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0.0, 0.0]))

    def see(self, report: Report) -> None:
        """The next report."""
        if report.findings:
            fail_on = FailOn.of(self.settings.at(report.document.text.path).check.fail_on, "settings")
            self._counted += sum(fail_on.counts(finding) for _, finding in report.findings)
        if self.min_score is not None:
            scores = pair_scores(report) if report.document.is_pairs else [report.score or 0.0]
            total = self._scores[report.document.text.path]
            total[0] += sum(scores)
            total[1] += len(scores)

    @property
    def failed(self) -> bool:
        """Whether anything is worse than it may be."""
        return self._counted > self.max_findings or bool(self._low())

    def remarks(self) -> list[str]:
        """What a person should know about the limits that were set."""
        said = []
        if self.max_findings and self._counted:
            place = "more than" if self._counted > self.max_findings else "no more than"
            said.append(f"{self._counted} findings count, {place} the {self.max_findings} of --max-findings")
        said += [
            f"{path or '<stdin>'}: score {score:.1f} is below --min-score {self.min_score:g}"
            for path, score in self._low()
        ]
        return said

    def _low(self) -> list[tuple[Path | None, float]]:
        means = [(path, total / count) for path, (total, count) in self._scores.items() if count]
        return [(path, mean) for path, mean in means if self.min_score is not None and mean < self.min_score]
