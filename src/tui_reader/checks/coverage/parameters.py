"""The fitted parameters: one file that travels with the program, written by `tui_reader.evaluation.fit`."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui_reader.encoders.base import Floats


@cache
def archive() -> Mapping[str, Floats]:
    """Every array of parameters.npz by its name."""
    with np.load(BytesIO(_stored()), allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


@cache
def parameters_hash() -> str:
    """Short name of the fitted parameters, for the signature."""
    return hashlib.sha256(_stored()).hexdigest()[:8]


@cache
def _stored() -> bytes:
    return files("tui_reader.checks.coverage").joinpath("parameters.npz").read_bytes()
