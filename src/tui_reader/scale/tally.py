"""What is told of many pairs: counts, a histogram of scores, the worst, and a few examples of each rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

BINS = 20
"""Bins of the histogram, 5 points each; a score of 100 is in the last one."""
WORST = 20
EXAMPLES = 3
"""Findings of each rule that are shown."""
QUOTED = 80
"""Characters of the quoted words."""


@dataclass
class Tally:
    """Counts of some pairs. Two tallies add up to that of all their pairs, in whatever order."""

    pairs: int = 0
    unscored: int = 0
    """Pairs in which nothing could be compared."""
    left_out: int = 0
    """Rows that could not be read."""
    score_total: int = 0
    """Sum of the scores in millionths: whole numbers add up to the same in any order."""
    histogram: list[int] = field(default_factory=lambda: [0] * BINS)
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By rule and severity."""
    worst: list[tuple[float, str, int, str]] = field(default_factory=list)
    """Score, file, line and id, lowest first."""
    examples: dict[str, list[tuple[str, str, int, str, str, str]]] = field(default_factory=dict)
    """By rule: fingerprint, file, line, id, message and quoted words. Which ones, chance (the fingerprint) decides."""

    def see(self, record: dict[str, Any], quoted: Iterable[str]) -> None:
        """Count the record of a pair.

        Args:
            record: of `worker.check_shard`.
            quoted: the words of each of its findings.
        """
        self.pairs += 1
        score, place = record["score"], (record["file"], record["line"], record["id"])
        if score is None:
            self.unscored += 1
        else:
            self.score_total += round(score * 1_000_000)
            self.histogram[min(int(score * BINS / 100), BINS - 1)] += 1
            self.worst.append((round(score, 6), *place))
            if len(self.worst) > 8 * WORST:
                self._trim()
        for finding, words in zip(record["findings"], quoted, strict=True):
            rule = str(finding["rule"])
            self.findings[rule, str(finding["severity"])] += 1
            shown = (finding["fingerprint"], *place, finding["message"], words[:QUOTED])
            self.examples[rule] = sorted({*self.examples.get(rule, ()), shown})[:EXAMPLES]

    def add(self, other: Tally) -> None:
        """Count the pairs of another tally too."""
        self.pairs += other.pairs
        self.unscored += other.unscored
        self.left_out += other.left_out
        self.score_total += other.score_total
        self.histogram = [one + more for one, more in zip(self.histogram, other.histogram, strict=True)]
        self.findings += other.findings
        self.worst += other.worst
        self._trim()
        for rule, examples in other.examples.items():
            self.examples[rule] = sorted({*self.examples.get(rule, ()), *examples})[:EXAMPLES]

    @property
    def mean(self) -> float | None:
        """Mean score of the pairs that have one."""
        scored = self.pairs - self.unscored
        return self.score_total / scored / 1_000_000 if scored else None

    def count(self, rules: Iterable[str] = (), severities: Iterable[str] = ()) -> int:
        """How many findings are of one of these rules or severities."""
        wanted, grave = set(rules), set(severities)
        return sum(n for (rule, severity), n in self.findings.items() if rule in wanted or severity in grave)

    def to_json(self) -> dict[str, Any]:
        """As values of JSON."""
        self._trim()
        return {
            "pairs": self.pairs,
            "unscored": self.unscored,
            "left_out": self.left_out,
            "score_total": self.score_total,
            "mean_score": None if self.mean is None else round(self.mean, 6),
            "histogram": self.histogram,
            "findings": [[rule, severity, n] for (rule, severity), n in sorted(self.findings.items())],
            "worst": self.worst,
            "examples": {rule: self.examples[rule] for rule in sorted(self.examples)},
        }

    @staticmethod
    def from_json(found: dict[str, Any]) -> Tally:
        """The tally of `to_json`.

        Raises:
            KeyError, TypeError, ValueError: it is none.
        """
        return Tally(
            int(found["pairs"]),
            int(found["unscored"]),
            int(found["left_out"]),
            int(found["score_total"]),
            [int(count) for count in found["histogram"]],
            Counter({(rule, severity): int(n) for rule, severity, n in found["findings"]}),
            [(float(score), str(file), int(line), str(name)) for score, file, line, name in found["worst"]],
            {
                rule: [(str(a), str(b), int(c), str(d), str(e), str(f)) for a, b, c, d, e, f in examples]
                for rule, examples in found["examples"].items()
            },
        )

    def _trim(self) -> None:
        self.worst = nsmallest(WORST, self.worst)
