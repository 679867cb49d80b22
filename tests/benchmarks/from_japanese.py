"""How sure findings are in translations from Japanese, and by how much that is off.

    python tests/benchmarks/from_japanese.py corpus/fitting/calibration/from-japanese

Checks annotated pairs that were Japanese first (English in the column ``source`` all the same, ⟦…⟧ around what the
other side lacks) as translations from Japanese, at high sensitivity. Prints precision, recall, false alarms and the
share of right findings with exact ends by threshold, and the log odds that would have to be added to make confidence
right at the prevalence that it is meant for. Needs the extra `fit`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from tui_reader.checks.checker import Checker
from tui_reader.checks.coverage.confidence import PREVALENCE
from tui_reader.evaluation.samples import Sample, read_marked
from tui_reader.formats import read_pairs
from tui_reader.settings import CheckSettings

if TYPE_CHECKING:
    from tui_reader.model import Span

_THRESHOLDS = (0.2, 0.3, 0.45, 0.6, 0.8)


class _Found(NamedTuple):
    """A finding: whether its pair lacks anything there, what it says, whether it is right, and the file."""

    lossy: bool
    faithful: bool
    confidence: float
    right: bool
    exact: bool
    file: str


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _covered(span: Span, others: list[Span]) -> bool:
    inside = sum(max(0, min(span.end, other.end) - max(span.start, other.start)) for other in others)
    return 2 * inside >= span.length


def _reports(samples: list[Sample]) -> list[dict[str, list[tuple[Span, float]]]]:
    """Findings of each pair by rule."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pairs.tsv")
        rows = (f"{k}\t{item.japanese}\t{item.english}\tja\ten" for k, item in enumerate(samples))
        path.write_text("\n".join(["id\tsource\ttarget\tsource_lang\ttarget_lang", *rows]) + "\n", encoding="utf-8")
        for report in Checker(CheckSettings(sensitivity="high", cache="off")).check_all(read_pairs(path)):
            said: dict[str, list[tuple[Span, float]]] = {"omission": [], "addition": []}
            for _, finding in report.findings:
                if finding.rule in said:
                    said[finding.rule].append((finding.span, finding.confidence))
            found.append(said)
    return found


def main() -> None:
    """Print all figures."""
    folder = Path(sys.argv[1])
    items = [(path.stem, item) for path in sorted(folder.glob("*.tsv")) for item in read_marked(path, folder)]
    said = _reports([item for _, item in items])
    faithful = sum(item.intact for _, item in items)
    for rule, language in (("omission", 1), ("addition", 0)):
        gold = [list(item.lost[language]) for _, item in items]
        found = [
            _Found(bool(lost), item.intact, confidence, _covered(span, lost), span in lost, name)
            for (name, item), lost, one in zip(items, gold, said, strict=True)
            for span, confidence in one[rule]
        ]
        for threshold in _THRESHOLDS:
            kept = [one for one in found if one.confidence >= threshold]
            hit = sum(
                _covered(span, [other for other, confidence in one[rule] if confidence >= threshold])
                for lost, one in zip(gold, said, strict=True)
                for span in lost
            )
            right = sum(one.right for one in kept)
            alarms = 100 * sum(one.faithful for one in kept) / faithful
            figures = f"P {right / max(1, len(kept)):.3f}  R {hit / sum(map(len, gold)):.3f}"
            figures += f"  exact ends {sum(one.exact for one in kept if one.right) / max(1, right):.2f}"
            _say(f"{rule} from {threshold:.2f}: {figures}  {alarms:.1f} false alarms per 100 of {faithful} faithful")
        share = sum(map(bool, gold)) / len(gold)
        _say(f"{rule} {'all':10} {_off(found, rule, share):+.2f}")
        for name in dict.fromkeys(name for name, _ in items):
            _say(f"{rule} {name:10} {_off([one for one in found if one.file == name], rule, share):+.2f}")


def _off(found: list[_Found], rule: str, share: float) -> float:
    """Log odds to be added to the confidences, pairs weighed to the prevalence that these are meant for."""
    meant = PREVALENCE[rule]
    p = np.clip([one.confidence for one in found], 0.001, 0.999)
    odds, right = np.log(p / (1 - p)), np.asarray([one.right for one in found])
    weight = np.where([one.lossy for one in found], meant / share, (1 - meant) / (1 - share))

    def surprise(added: float) -> float:
        return float((weight * np.logaddexp(0, np.where(right, -1, 1) * (odds + added))).sum())

    return float(minimize_scalar(surprise, bounds=(-4, 4), method="bounded").x)


if __name__ == "__main__":
    main()
