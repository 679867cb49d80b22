"""Coverage on disk: the beads of a document that was checked before need no vectors at all, only their results.

A result is kept under everything that it depends on: both texts, the encoders, the fitted parameters,
and the code that made it. Stored as JSON, whose numbers come back exactly; arrays as their bytes.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import tui_reader
from tui_reader.checks.coverage.measure import Coverage
from tui_reader.checks.coverage.parameters import parameters_hash
from tui_reader.model import Evidence, Finding, Severity, Side, Signal, Span, WordLoss

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui_reader.checks.coverage.findings import BeadText
    from tui_reader.encoders import EncoderSet
    from tui_reader.encoders.cache import VectorCache

_VALUES: dict[str, Any] = {kind.__name__: kind for kind in (Coverage, Evidence, Finding, Signal, Span, WordLoss)}
_NAMES: dict[str, Any] = {kind.__name__: kind for kind in (Severity, Side)}
"""What a result is made of; nothing else is ever made from a file."""
_KIND = "is"
_LIBRARIES = ("numpy", "rapidfuzz", "sudachipy", "sudachidict-small", "sudachidict-core", "snowballstemmer")
"""Packages that measuring depends on, beside those of the encoders."""


class CoverageStore:
    """Results of beads in the cache file.

    Args:
        cache: where they are kept.
        encoders: what measures.
    """

    def __init__(self, cache: VectorCache, encoders: EncoderSet) -> None:
        self._cache = cache
        self._conditions = (_code(), encoders.name, encoders.version, parameters_hash())

    def get(self, beads: Sequence[tuple[BeadText, BeadText]]) -> dict[tuple[BeadText, BeadText], Coverage]:
        """The results that are kept of some of these beads, which must start at offset 0."""
        keys = {self._key(bead): bead for bead in beads}
        found = {keys[key]: _read(stored) for key, stored in self._cache.get(list(keys)).items()}
        return {bead: coverage for bead, coverage in found.items() if coverage is not None}

    def put(self, results: Mapping[tuple[BeadText, BeadText], Coverage]) -> None:
        """Keep results of beads that start at offset 0."""
        self._cache.put({self._key(bead): written(coverage) for bead, coverage in results.items()})

    def _key(self, bead: tuple[BeadText, BeadText]) -> bytes:
        sides = [(text.content, text.language, text.surroundings) for text in bead]
        return sha256(json.dumps(["coverage", self._conditions, sides]).encode()).digest()


def written(coverage: Coverage) -> bytes:
    """A result as bytes.

    Raises:
        TypeError: there is something in it that could not be read again.
    """
    return json.dumps(_plain(coverage), separators=(",", ":")).encode()


def _read(stored: bytes) -> Coverage | None:
    try:
        found = json.loads(stored, object_hook=_made)
    except (ValueError, TypeError, KeyError):
        return None
    return found if isinstance(found, Coverage) else None


def _plain(value: Any) -> Any:
    """A value as JSON can hold it, with the names of its classes."""
    kind = type(value).__name__
    if isinstance(value, np.ndarray | np.generic):
        data = b64encode(value.tobytes()).decode()
        return {_KIND: "array", "type": value.dtype.str, "shape": list(value.shape), "data": data}
    if kind in _NAMES:
        return {_KIND: kind, "name": value.value}
    if kind in _VALUES:
        names = [field.name for field in fields(value)] if is_dataclass(value) else value._fields
        return {_KIND: kind} | {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {_KIND: "dict", "items": [[_plain(key), _plain(one)] for key, one in value.items()]}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _made(stored: dict[str, Any]) -> Any:
    """The value that `_plain` was given; all sequences are tuples."""
    kind = stored.pop(_KIND)
    if kind == "array":
        # The index makes a number of what had no axes, and nothing of what had.
        return np.frombuffer(b64decode(stored["data"]), stored["type"]).reshape(stored["shape"]).copy()[()]
    if kind == "dict":
        return {key: _sequence(one) for key, one in stored["items"]}
    if kind in _NAMES:
        return _NAMES[kind](stored["name"])
    return _VALUES[kind](**{name: _sequence(one) for name, one in stored.items()})


def _sequence(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@cache
def _code() -> str:
    """What tells the program's code from any other: releases by their number, a checkout by its files."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow to import

    whole = sha256(tui_reader.__version__.encode())
    for package in _LIBRARIES:
        try:
            whole.update(f"{package} {version(package)}\n".encode())
        except PackageNotFoundError:
            continue
    root = Path(tui_reader.__file__).parent
    for folder, below, names in os.walk(root):
        below.sort()
        for name in sorted(name for name in names if name.endswith((".py", ".tsv"))):
            status = os.stat(os.path.join(folder, name))
            whole.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return whole.hexdigest()
