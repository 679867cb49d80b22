"""Layer normalisation (Ba et al. 2016), which both networks use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tui_reader.encoders.base import Floats


def standardised(rows: Floats, epsilon: float) -> Floats:
    """Each row with mean 0 and variance 1; in place."""
    rows -= rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    rows *= (1 / np.sqrt(variance + epsilon))[:, None]
    return rows


def layer_normalised(rows: Floats, gain: Floats, shift: Floats, epsilon: float) -> Floats:
    """Each row with mean 0 and variance 1, then scaled and shifted; in place."""
    rows = standardised(rows, epsilon)
    rows *= gain
    rows += shift
    return rows
