"""What each signal of the coverage check is worth: lost words told from the others with it alone, and without it.

python tests/benchmarks/ablation.py COVERAGE.jsonl [ROWS]

COVERAGE.jsonl holds pairs with gold spans (keys kind, origin, source, target, gold, ignore); of those from "pud"
every word of the damaged side counts. A signal is left out by giving each of its columns its mean: the networks are not
fitted again, so what is printed is how much they rely on it, not how good they could be without it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from tui_reader.checks.coverage.attention import attention_model
from tui_reader.checks.coverage.features import feature_names
from tui_reader.checks.coverage.losses import ATTENTION_SHARE, loss_model
from tui_reader.encoders import choose
from tui_reader.evaluation.samples import Sample
from tui_reader.evaluation.tables import centre, measured
from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import Floats

GROUPS = {
    "phrases by themselves": ("alone", "margin"),
    "text without a phrase": ("deletion gain", "weight"),
    "contextual vectors, layer 8": (
        "token link 8",
        "token second 8",
        "token forward 8",
        "token mutual 8",
        "token drawn 8",
        "token distance 8",
    ),
    "contextual vectors, layer 10": (
        "token link 10",
        "token second 10",
        "token forward 10",
        "token mutual 10",
        "token drawn 10",
        "token distance 10",
    ),
    "spelling": ("spelling",),
}
NAMES = feature_names(in_context=True)


def main() -> None:
    """Measure the rows and print a line for each signal."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["origin"] == "pud" and row["kind"] != "intact"]
    rows = rows[: int(sys.argv[2])] if len(sys.argv) > 2 else rows
    tables = {kind: words_of([row for row in rows if row["kind"] == kind], kind) for kind in ("omission", "addition")}
    sys.stdout.write(f"{'':37}{'omission':>16}{'addition':>16}   (AUC, AP)\n")
    show("everything", tables, [True] * len(NAMES), attention=True)
    show("without the attention model", tables, [True] * len(NAMES), attention=False)
    show("the attention model alone", tables, None, attention=True)
    for name, starts in GROUPS.items():
        own = [column.startswith(starts) for column in NAMES]
        show(f"without {name}", tables, [not one for one in own], attention=True)
        show(f"{name} alone", tables, [one or not in_a_group(c) for one, c in zip(own, NAMES, strict=True)], False)


def in_a_group(column: str) -> bool:
    """Whether a column is of a signal; what kind of word it is, is none."""
    return any(column.startswith(starts) for starts in GROUPS.values())


def words_of(rows: Sequence[dict[str, Any]], kind: str) -> tuple[Floats, Floats, Floats, str]:
    """Features, log odds of the attention model and labels of the words of the damaged side."""
    side, language = (0, "en") if kind == "omission" else (1, "ja")
    items = [Sample(k, row["source"], row["target"]) for k, row in enumerate(rows)]
    model = attention_model()
    means = {code: model.language(code).mean for code in ("en", "ja")}
    features, odds, labels = [], [], []
    table = list(measured(items, choose("both")))
    centre(table, means)
    for row in table:
        gold, ignored = (
            [Span(*pair) for pair in spans]
            for spans in (rows[row.item.pair]["gold"], rows[row.item.pair]["ignore"][("source", "target")[side]])
        )
        own = [model.language(one.setting.language) for one in row.sides]
        heard = model.verdicts([one.single() for one in row.example.sides], own, row.example.table.astype(np.float32))
        counted = [k for k, w in enumerate(row.sides[side].setting.words) if not touches(w.span, ignored)]
        features.append(row.sides[side].features[counted])
        odds.append(heard[side][counted])
        labels.append([touches(row.sides[side].setting.words[k].span, gold) for k in counted])
    return np.concatenate(features).astype(np.float32), np.concatenate(odds), np.concatenate(labels), language


def touches(span: Span, others: Sequence[Span]) -> bool:
    """Whether a word lies in one of some passages."""
    return any(span.overlaps(other) for other in others)


def show(what: str, tables: dict[str, tuple[Any, ...]], kept: list[bool] | None, attention: bool) -> None:
    """Print how well the words are told apart with the columns that are kept."""
    found = []
    for features, heard, labels, language in tables.values():
        odds = heard * ATTENTION_SHARE if attention else 0
        if kept is not None:
            thinned = np.where(kept, features, features.mean(axis=0))
            odds = odds + (1 - ATTENTION_SHARE) * loss_model(language, "both").log_odds(thinned)
        found.append(f"{roc_auc_score(labels, odds):.3f} {average_precision_score(labels, odds):.3f}")
    sys.stdout.write(f"{what:37}" + "".join(f"{one:>16}" for one in found) + "\n")


if __name__ == "__main__":
    main()
