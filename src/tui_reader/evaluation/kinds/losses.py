"""How well word losses and findings tell damaged pairs, and the damage in them, from intact ones."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.evaluation.cases import COVERAGE_RULES, Case
from tui_reader.evaluation.judging import Verdict
from tui_reader.evaluation.kinds.pairs import losses
from tui_reader.evaluation.rankings import average_precision, recall_at
from tui_reader.evaluation.statistics import auc, total
from tui_reader.model import Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from tui_reader.evaluation.evaluate import Evaluated
    from tui_reader.evaluation.kinds.kind import Table
    from tui_reader.model import Span

_TOP = 10
"""One letter in so many is among the highest of its text."""


def figures(_cases: Sequence[Case], answers: Sequence[Evaluated]) -> Table:
    """For each rule all damaged pairs beside their intact originals, then those of each origin.

    An origin is what stands before a hyphen in ``origin``. Damaged pairs without an original do not count.
    """
    intact = {one.case.group: one for one in answers if not one.case.damaged}
    table: dict[str, dict[str, float | int | None]] = {}
    for rule in COVERAGE_RULES:
        origins: dict[str, list[_Compared]] = defaultdict(list)
        for one in answers:
            if one.case.damaged and rule in one.case.rules and one.case.group in intact:
                compared = _Compared(_Seen.of(one, rule), _Seen.of(intact[one.case.group], rule))
                origins[(one.case.genre or "").partition("-")[0]].append(compared)
        every = [compared for some in origins.values() for compared in some]
        table |= {rule: _row(every)} if every else {}
        table |= {f"{rule}, {origin}": _row(some) for origin, some in sorted(origins.items()) if len(origins) > 1}
    return table | ({"other rules, intact pairs": _others(list(intact.values()))} if intact else {})


class _Seen(NamedTuple):
    """One side of a pair, and what the checker sees in it."""

    evaluated: Evaluated
    rule: str
    gold: NDArray[np.bool_]
    """``(n,)`` of the letters that count, which have no counterpart."""
    loss: NDArray[np.float64]
    """``(n,)`` how probably that is so."""

    @staticmethod
    def of(evaluated: Evaluated, rule: str) -> _Seen:
        """The side that the rule is about."""
        case, side = evaluated.case, COVERAGE_RULES[rule]
        document = case.document
        text = (document.text if side is Side.TARGET else document.sources[0].text).content
        letters = np.fromiter((c.isalnum() for c in text), bool, len(text))
        gold = _painted(len(text), (mark.span for bead in case.gold for mark in bead.marks)) & letters
        counted = letters & (gold | ~_painted(len(text), case.uncounted.get(side, ())))
        return _Seen(evaluated, rule, gold[counted], losses(evaluated.report)[side][counted])

    @property
    def peak(self) -> float:
        """The highest confidence of the rule's findings that count; without any the highest loss."""
        confidence = [
            judged.finding.confidence
            for judged in self.evaluated.judged.findings
            if judged.finding.rule == self.rule and judged.verdict is not Verdict.UNCOUNTED
        ]
        return max(confidence, default=float(self.loss.max(initial=0)))

    @property
    def top(self) -> float:
        """Mean loss of the letters with the highest."""
        highest = np.sort(self.loss)[::-1][: max(1, len(self.loss) // _TOP)]
        return float(highest.mean()) if len(highest) else 0.0


class _Compared(NamedTuple):
    """A damaged pair and its intact original."""

    damaged: _Seen
    intact: _Seen

    @property
    def order(self) -> float:
        """1 if the damaged one has the lower score, 0 if the higher."""
        one, other = (each.evaluated.report.score or 0.0 for each in self)
        return 1.0 if one < other else 0.5 if one == other else 0.0


def _painted(length: int, spans: Iterable[Span]) -> NDArray[np.bool_]:
    out = np.zeros(length, bool)
    for start, end in spans:
        out[start:end] = True
    return out


def _row(some: Sequence[_Compared]) -> dict[str, float | int | None]:
    seen = [each.damaged for each in some] + [each.intact for each in some]
    truth = [True] * len(some) + [False] * len(some)
    gold, loss = np.concatenate([each.gold for each in seen]), np.concatenate([each.loss for each in seen])
    peaks, tops = [each.peak for each in seen], [each.top for each in seen]
    spans = total(each.evaluated.spans(each.rule) for each in seen)
    alarms = sum(each.intact.evaluated.spans(each.intact.rule).said for each in some)
    return {
        "char AUC": auc(gold.tolist(), loss.tolist()),
        "char AP": average_precision(gold, loss),
        "row AUC": auc(truth, peaks),
        "R@5%": recall_at(truth, peaks),
        "top AUC": auc(truth, tops),
        "top R@5%": recall_at(truth, tops),
        "pair": sum(each.order for each in some) / len(some),
        "P": spans.precision,
        "R": spans.recall,
        "F1": spans.f1,
        "FA/100": 100 * alarms / len(some),
        "n": len(some),
    }


def _others(intact: Sequence[Evaluated]) -> dict[str, float | int | None]:
    alarms = sum(judged.finding.rule not in COVERAGE_RULES for one in intact for judged in one.judged.findings)
    return {"FA/100": 100 * alarms / len(intact), "n": len(intact)}
