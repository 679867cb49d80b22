"""How far the confidence of sentence beads can be believed, and what fits it best.

    python tests/benchmarks/bead_confidence.py FILE.jsonl

A line of FILE has ``id``, ``source`` and ``target`` (sentences), ``gold`` (beads) and may have ``version``, of which
only ``plain`` is taken. Each document is aligned as it is and four times with one side of a tenth of its beads taken
out. Printed are, for matched beads and for unmatched sentences, the expected calibration error and the area under the
ROC curve of what ships, the same for logistic functions of which each fifth of the documents was judged by the other
four, and the functions fitted on all: those belong into `tui_reader.alignment.certainty`. Needs the extra ``fit``.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from tui_reader.alignment import certainty
from tui_reader.alignment.ends import ends
from tui_reader.alignment.sentences import align_vectors
from tui_reader.alignment.vectors import SentenceVectors
from tui_reader.encoders import load
from tui_reader.evaluation.statistics import calibration, calibration_error

SHARE, DAMAGED = 0.1, 4


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Known:
    """An encoder's sums of sentences, each computed once however many versions of a document hold it."""

    def __init__(self, sentences: set[str]):
        self.encoder = load("use")
        ordered = sorted(sentences)
        self._sums = dict(zip(ordered, self.encoder.iter_sums(ordered), strict=True))

    def vectors(self, sentences: list[str]) -> SentenceVectors:
        """As `sentence_vectors`."""
        sums = np.stack([self._sums[sentence].total for sentence in sentences])
        counts = np.asarray([self._sums[sentence].tokens for sentence in sentences], np.float32)
        return SentenceVectors(sums, counts, ends(sentences))


class Judged(NamedTuple):
    """A bead and whether it is right."""

    document: str
    matched: bool
    confidence: float
    right: bool


def damaged(row: dict[str, Any], seed: int) -> dict[str, Any]:
    """The document with one side of some beads taken out, source and target in turn."""
    chance = random.Random(f"{seed}/{row['id']}")
    both = [k for k, (one, other) in enumerate(row["gold"]) if one and other]
    gone = chance.sample(both, max(1, round(SHARE * len(both))))
    lost = [{n for k in gone[side::2] for n in row["gold"][k][side]} for side in (0, 1)]
    kept = [
        [k for k in range(len(row[name])) if k not in missing]
        for name, missing in zip(("source", "target"), lost, strict=True)
    ]
    places = [{old: new for new, old in enumerate(numbers)} for numbers in kept]
    gold = [[[places[side][k] for k in bead[side] if k in places[side]] for side in (0, 1)] for bead in row["gold"]]
    texts = {name: [row[name][k] for k in numbers] for name, numbers in zip(("source", "target"), kept, strict=True)}
    return row | texts | {"gold": gold}


def judged(row: dict[str, Any], known: Known) -> list[Judged]:
    """The beads of a document; an unmatched sentence is right where the gold leaves it alone too."""
    gold = {(tuple(one), tuple(other)) for one, other in row["gold"]}
    alone = [{k for bead in row["gold"] if not bead[1 - side] for k in bead[side]} for side in (0, 1)]
    out = []
    for bead in align_vectors(known.vectors(row["source"]), known.vectors(row["target"]), known.encoder):
        matched = bool(bead.source and bead.target)
        right = (
            (bead.source, bead.target) in gold if matched else alone[0] >= {*bead.source} and alone[1] >= {*bead.target}
        )
        out.append(Judged(row["id"], matched, bead.confidence, right))
    return out


def report(name: str, beads: list[Judged], logistic: tuple[float, float]) -> None:
    """Print the figures of one kind of bead."""
    right = np.asarray([bead.right for bead in beads], int)
    shipped = np.asarray([bead.confidence for bead in beads])
    # What shipped is a logistic function of the share: undone, it is the share again.
    shares = (np.log(shipped / (1 - shipped)) - logistic[1]) / logistic[0]
    groups = [bead.document for bead in beads]
    model = LogisticRegression()
    crossed = cross_val_predict(model, shares[:, None], right, groups=groups, cv=GroupKFold(5), method="predict_proba")[
        :, 1
    ]
    model.fit(shares[:, None], right)
    _say(f"{name}: {len(beads)} beads, {right.mean():.3f} right")
    for what, confidence in (("shipped", shipped), ("crossed", crossed)):
        error = calibration_error(calibration(confidence.tolist(), right.tolist()))
        _say(f"  {what}: calibration error {error:.4f}, AUC {roc_auc_score(right, confidence):.3f}")
    _say(f"  fitted: {model.coef_[0, 0]:.3f}, {model.intercept_[0]:.3f}")
    for low, high in itertools.pairwise((0, 0.5, 0.8, 0.9, 0.95, 0.98, 1.01)):
        inside = (shipped >= low) & (shipped < high)
        if inside.any():
            _say(f"  {low}-{min(high, 1)}: {inside.sum()} beads, {right[inside].mean():.3f} right")


def main() -> None:
    """Print all figures."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row.get("version", "plain") == "plain"]
    known = Known({sentence for row in rows for name in ("source", "target") for sentence in row[name]})
    made = [row if seed is None else damaged(row, seed) for row in rows for seed in (None, *range(DAMAGED))]
    beads = [bead for row in made for bead in judged(row, known)]
    for matched, name in ((True, "matched"), (False, "unmatched")):
        some = [bead for bead in beads if bead.matched is matched]
        report(name, some, certainty.MATCHED if matched else certainty.UNMATCHED)


if __name__ == "__main__":
    main()
