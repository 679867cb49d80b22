"""What each signal of the coverage check is worth: lost words told from the others with it alone, and without it.

python tests/benchmarks/ablation.py COVERAGE.jsonl [ROWS]

COVERAGE.jsonl holds pairs with gold spans (keys kind, origin, source, target, gold, ignore); of those from "pud"
every word of the damaged side counts. A signal is left out by giving each of its columns its mean: the networks are not
fitted again, so what is printed is how much they rely on it, not how good they could be without it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
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
    from tui_reader.evaluation.tables import Row

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
    everything = [True] * len(NAMES)
    show("everything", tables, everything)
    show("without the attention model", tables, everything, (True, False))
    show("the attention model alone", tables, everything, (False, True))
    show("and without the signals", tables, [not in_a_group(column) for column in NAMES], (False, True))
    for name, starts in GROUPS.items():
        own = [column.startswith(starts) for column in NAMES]
        show(f"without {name}", tables, [not one for one in own])
        alone = [one or not in_a_group(column) for one, column in zip(own, NAMES, strict=True)]
        show(f"{name} alone", tables, alone, (True, False))


def in_a_group(column: str) -> bool:
    """Whether a column is of a signal; what kind of word it is, is none."""
    return any(column.startswith(starts) for starts in GROUPS.values())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the damaged side of some rows, and all that judges them.

    Attributes:
        rows: measured and centred.
        side: 0 for the English one.
        counted: of each row, the words that count.
        labels: of the words that count, row after row, whether the other side lacks them.
    """

    rows: list[Row]
    side: int
    counted: list[list[int]]
    labels: list[bool]


def words_of(rows: Sequence[dict[str, Any]], kind: str) -> Words:
    """The words of the damaged side of rows of one kind."""
    side = 0 if kind == "omission" else 1
    table = list(measured([Sample(k, row["source"], row["target"]) for k, row in enumerate(rows)], choose("both")))
    centre(table, {code: attention_model().language(code).mean for code in ("en", "ja")})
    words = Words(table, side, [], [])
    for row in table:
        gold, ignored = (
            [Span(*pair) for pair in spans]
            for spans in (rows[row.item.pair]["gold"], rows[row.item.pair]["ignore"][("source", "target")[side]])
        )
        here = row.sides[side].setting.words
        words.counted.append([k for k, word in enumerate(here) if not touches(word.span, ignored)])
        words.labels.extend(touches(here[k].span, gold) for k in words.counted[-1])
    return words


def touches(span: Span, others: Sequence[Span]) -> bool:
    """Whether a word lies in one of some passages."""
    return any(span.overlaps(other) for other in others)


def show(what: str, tables: dict[str, Words], kept: list[bool], networks: tuple[bool, bool] = (True, True)) -> None:
    """Print how well the words are told apart with the columns that are kept, by the signals' network and attention."""
    found = []
    for words in tables.values():
        means = [
            np.concatenate([row.sides[k].features for row in words.rows]).astype(np.float32).mean(axis=0)
            for k in (0, 1)
        ]
        said = []
        for row, counted in zip(words.rows, words.counted, strict=True):
            thinned = [np.where(kept, side.features, mean) for side, mean in zip(row.sides, means, strict=True)]
            said.append(judged(row, words.side, thinned, networks)[counted])
        odds = np.concatenate(said)
        figures = roc_auc_score(words.labels, odds), average_precision_score(words.labels, odds)
        found.append(" ".join(f"{figure:.3f}" for figure in figures))
    sys.stdout.write(f"{what:37}" + "".join(f"{one:>16}" for one in found) + "\n")


def judged(row: Row, side: int, features: list[Floats], networks: tuple[bool, bool]) -> Floats:
    """``(n,)`` log odds of the words of one side."""
    model, languages = attention_model(), [one.setting.language for one in row.sides]
    odds = np.zeros(len(features[side]))
    if networks[0]:
        odds += (1 - ATTENTION_SHARE) * loss_model(languages[side], "both").log_odds(features[side])
    if networks[1]:
        inputs, own = [one.single() for one in row.example.sides], [model.language(code) for code in languages]
        odds += ATTENTION_SHARE * model.verdicts(inputs, own, row.example.table.astype(np.float32), features)[side]
    return odds


if __name__ == "__main__":
    main()
