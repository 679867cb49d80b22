"""The networks that find what is lost, fitted side by side, and what they find in pairs that they have not seen."""

from __future__ import annotations

import gc
import hashlib
import inspect
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.checks.coverage import attention, losses, transformer
from tui_reader.checks.coverage.features import feature_names
from tui_reader.evaluation import attention_fit, attention_network, loss_fit
from tui_reader.evaluation.attention_fit import fit_attention
from tui_reader.evaluation.found_spans import judged_spans
from tui_reader.evaluation.loss_fit import fit_losses
from tui_reader.evaluation.tables import one_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tui_reader.encoders.base import Floats
    from tui_reader.evaluation.confidence_fit import Judged
    from tui_reader.evaluation.samples import Sample
    from tui_reader.evaluation.tables import Row

KINDS = ("use", "both")
"""Sets of encoders that have networks of their own."""
_PARTS, HELD_OUT = 2, 0
"""Into so many parts the files are divided; networks that have not seen this one find in it what teaches how sure a
finding is."""
_NATURAL = 2
"""How often an annotated pair counts beside one that was damaged."""
_CALIBRATED = 800
"""Damaged samples that are looked at for that, beside all annotated ones."""

_SHARED: dict[str, Any] = {}
"""What forked processes inherit."""


def fitted_and_judged(
    rows: list[Row], means: Mapping[str, Floats], processes: int, keep: Path | None = None
) -> tuple[dict[str, Any], dict[str, list[Judged]]]:
    """The networks, and by encoders the spans that networks find in pairs which they have not seen.

    Args:
        rows: measured and centred.
        means: by which they are.
        processes: how many fit at once.
        keep: folder where each network is kept as soon as it is fitted; one that lies there already, made by the same
            code from the same samples, is not fitted again.
    """
    _SHARED.update(rows=rows, part=parts([row.item for row in rows]), keep=keep, origin=_origin(rows) if keep else "")
    centres = {f"attention.{language}.mean": mean for language, mean in means.items()}
    # The rows are gigabytes: a process that was forked has them without being sent them, as long as nobody counts them.
    gc.collect()
    gc.freeze()
    with ProcessPoolExecutor(processes, mp_context=get_context("fork"), initializer=one_thread) as pool:
        # What takes longest first.
        whole, half = (
            [pool.submit(_fitted, network, left_out) for network in (_attention, _losses)]
            for left_out in (None, HELD_OUT)
        )
        unseen = centres | half[0].result() | half[1].result()
        judged = {kind: pool.submit(_judged, unseen, kind) for kind in KINDS}
        networks = centres | whole[0].result() | whole[1].result()
        found = {kind: spans_found.result() for kind, spans_found in judged.items()}
    gc.unfreeze()
    return networks, found


def _origin(rows: Sequence[Row]) -> str:
    """What networks depend on: the samples, and the code that fits them and is fitted."""
    modules = (attention_fit, attention_network, loss_fit, attention, losses, transformer)
    ours = (parts, _taught, _attention, _losses)
    made = hashlib.sha256("".join(inspect.getsource(one) for one in (*modules, *ours)).encode())
    made.update(repr((KINDS, _PARTS, HELD_OUT, _NATURAL)).encode())
    for row in rows:
        if not row.item.calibrates:
            made.update(repr(row.item).encode())
    return made.hexdigest()[:12]


def _fitted(network: Callable[[int | None], dict[str, Any]], left_out: int | None) -> dict[str, Any]:
    """What `network` fits without a part, from the folder where it is kept if it was fitted before."""
    keep: Path | None = _SHARED["keep"]
    if keep is None:
        return network(left_out)
    whose = "all" if left_out is None else f"without-{left_out}"
    path = keep / f"{network.__name__.strip('_')}-{whose}-{_SHARED['origin']}.npz"
    if not path.exists():
        unfinished = path.with_suffix(f".{os.getpid()}")
        with unfinished.open("wb") as file:
            np.savez(file, **network(left_out))
        unfinished.replace(path)
    with np.load(path) as kept:
        return dict(kept)


def _taught(left_out: int | None) -> list[Row]:
    """The rows that teach, without those of a part."""
    part: dict[int, int] = _SHARED["part"]
    rows: list[Row] = _SHARED["rows"]
    kept = [row for row in rows if part[row.item.pair] != left_out and not row.item.calibrates]
    return [row for row in kept for _ in range(_NATURAL if row.item.annotated else 1)]


def _attention(left_out: int | None) -> dict[str, Any]:
    return fit_attention(_taught(left_out))


def _losses(left_out: int | None) -> dict[str, Any]:
    """Word losses of both sets of encoders."""
    taught = _taught(left_out)
    fitted: dict[str, Any] = {}
    for kind in KINDS:
        names = feature_names(in_context=kind == "both")
        fitted[f"{kind}.features"] = np.asarray(names)
        for k, language in enumerate(("en", "ja")):
            sides = [row.sides[k] for row in taught if row.sides[k].counted.any()]
            made = fit_losses(sides, len(names))
            fitted |= {f"{kind}.{language}.{name}": value for name, value in made.items()}
    return fitted


def _judged(parameters: Mapping[str, Any], kind: str) -> list[Judged]:
    """Spans in the part that was held out, by networks that have not seen it."""
    part: dict[int, int] = _SHARED["part"]
    here = [row for row in _SHARED["rows"] if part[row.item.pair] == HELD_OUT]
    damaged = [row for row in here if not row.item.annotated]
    chosen = [row for row in here if row.item.annotated] + damaged[:: max(1, len(damaged) // _CALIBRATED)]
    return [one for row in chosen for one in judged_spans(row, parameters, kind)]


def parts(items: Sequence[Sample]) -> dict[int, int]:
    """By the numbers of the pairs, the part that each belongs to; a file of annotated pairs is never divided.

    Whoever writes a file has habits, and networks that know them are surer than they will be of others' texts. Files
    that only calibrate are in the part that is held out.
    """
    size = Counter(item.document for item in items if item.document and not item.calibrates)
    filled, of_document = [0] * _PARTS, {}
    for document, number in size.most_common():
        of_document[document] = least = filled.index(min(filled))
        filled[least] += number
    by_chance = {item.pair: HELD_OUT if item.calibrates else item.pair % _PARTS for item in items}
    return {item.pair: of_document.get(item.document, by_chance[item.pair]) for item in items}
