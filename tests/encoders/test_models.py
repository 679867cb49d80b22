"""Models of sentence-transformers: a tiny one, made here, with all the parts that a large one has."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from encoder_texts import AWKWARD

from tui_reader import encoders
from tui_reader.checks.checker import Checker
from tui_reader.encoders import choose, models
from tui_reader.encoders.cancellation import Cancelled, cancellable
from tui_reader.encoders.models import ModelEncoder
from tui_reader.errors import SettingsError, TuiReaderError
from tui_reader.formats import open_documents
from tui_reader.settings import CheckSettings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

needs_models = pytest.mark.skipif(
    find_spec("sentence_transformers") is None, reason="the extra 'models' (PyTorch, 1 GB) is not installed"
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
POSITIONS = 40
"""Tokens that the tiny model can take."""
TEXTS = ("abc def", "港 の 船", "a longer text than the others by far", "b", "海 の 船")


def make_model(folder: Path, pooling: str = "cls") -> Path:
    """A two-layer BERT of random weights with a head, saved as the library saves its models."""
    import torch  # noqa: PLC0415 - may be missing
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from sentence_transformers.sentence_transformer import modules  # noqa: PLC0415
    from transformers import BertConfig, BertModel, BertTokenizerFast  # noqa: PLC0415

    base = folder / "base"
    base.mkdir(parents=True)
    pieces = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *LETTERS,
        *(f"##{letter}" for letter in LETTERS),
        *"港船海の。.,",
    ]
    (base / "vocab.txt").write_text("\n".join(pieces), encoding="utf-8")
    BertTokenizerFast(str(base / "vocab.txt")).save_pretrained(base)
    torch.manual_seed(0)
    shape = BertConfig(
        vocab_size=len(pieces),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=POSITIONS,
    )
    BertModel(shape).save_pretrained(base)
    parts = [
        modules.Transformer(str(base), max_seq_length=POSITIONS),
        modules.Pooling(16, pooling_mode=pooling),
        modules.Dense(16, 12),
        modules.Normalize(),
    ]
    SentenceTransformer(modules=parts, device="cpu").save(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model."""
    return make_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def encoder(folder: Path) -> ModelEncoder:
    """An encoder that has it."""
    return ModelEncoder(str(folder), threads=1)


def of_the_library(folder: Path, texts: Sequence[str]) -> Any:
    """The vectors that the library itself gives."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - may be missing

    return SentenceTransformer(str(folder), device="cpu").encode(list(texts), show_progress_bar=False)


@needs_models
def test_vectors_are_those_of_the_library(folder: Path, encoder: ModelEncoder) -> None:
    """Whatever pools and whatever stands behind the pooling; each text alone is the same as among others."""
    rows = encoder.encode(TEXTS)
    assert rows.shape == (5, encoder.dimension) == (5, 12)
    np.testing.assert_allclose(rows, of_the_library(folder, TEXTS), atol=1e-5)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(rows, alone, atol=1e-5)


@needs_models
def test_tokens_have_their_places(encoder: ModelEncoder) -> None:
    """Marks and padding are left out; the rest make up the text."""
    for text, found in zip(TEXTS, encoder.tokens(TEXTS), strict=True):
        assert found.vectors.shape == (1, len(found.offsets), 12)
        assert "".join(text[start:end] for start, end in found.offsets) == text.replace(" ", "")


@needs_models
def test_long_texts_are_read_in_pieces(encoder: ModelEncoder) -> None:
    """A text of many times the tokens that the model can take: each token once, in order."""
    text = "a港 " * 100
    (found,) = encoder.tokens([text])
    assert "".join(text[start:end] for start, end in found.offsets) == text.replace(" ", "")
    assert (np.diff(found.offsets[:, 0]) > 0).all()
    assert np.linalg.norm(found.pooled) == pytest.approx(1, abs=1e-5)


@needs_models
@pytest.mark.parametrize("text", AWKWARD, ids=ascii)
def test_awkward_texts_have_defined_vectors(encoder: ModelEncoder, text: str) -> None:
    """Nothing raises; the vector has length 1, or is zero where there are no tokens."""
    (found,) = encoder.tokens([text])
    assert np.isfinite(found.vectors).all()
    assert np.linalg.norm(found.pooled) == pytest.approx(1 if len(found.offsets) else 0, abs=1e-5)


@needs_models
def test_a_check_works_with_it_and_its_signature_says_so(folder: Path, tmp_path: Path) -> None:
    """The folder's name and the hash of its files are in the signature, and whose parameters are borrowed."""
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("id\tsource\ttarget\n1\tThe ship left the harbour.\t船は港を出た。\n", encoding="utf-8")
    checker = Checker(CheckSettings(encoder=str(folder), cache="off", threads=1))
    (report,) = checker.check_all(open_documents(pairs))
    assert len(report.beads[0].source_losses) == 5
    version = ModelEncoder(str(folder)).version
    assert report.signature.encoder == f"model-{version}-centred1 with the parameters of use"


@needs_models
def test_other_weights_are_another_version(tmp_path: Path, folder: Path) -> None:
    """Vectors kept for one model are never taken for those of another with the same name."""
    other = make_model(tmp_path, "mean")
    assert ModelEncoder(str(other)).name == ModelEncoder(str(folder)).name
    assert ModelEncoder(str(other)).version != ModelEncoder(str(folder)).version
    before = ModelEncoder(str(other)).version
    (other / "README.md").write_text("Another description.", encoding="utf-8")
    assert ModelEncoder(str(other)).version == before


@needs_models
def test_a_damaged_model_is_told_in_one_line(tmp_path: Path) -> None:
    """Weights cut short: no traceback of three libraries."""
    model = make_model(tmp_path)
    weights = model / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(TuiReaderError, match="cannot be used") as caught:
        ModelEncoder(str(model)).encode(["abc"])
    assert "\n" not in str(caught.value)


@needs_models
def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    """Any folder may be named by mistake."""
    with pytest.raises(SettingsError, match=r"no modules\.json"):
        choose(str(tmp_path))


@needs_models
def test_it_stops_when_asked(encoder: ModelEncoder) -> None:
    """Between two batches, not after the last."""
    asked: list[int] = []

    def soon() -> bool:
        asked.append(1)
        return len(asked) > 2

    with cancellable(soon), pytest.raises(Cancelled):
        encoder.encode(["abc"] * 1000)
    assert len(asked) == 3


BY_NAME = """
import sys
from tui_reader.encoders import choose
chosen = choose("hub:harbour/tiny")
rows = chosen.sentences.encode(sys.argv[1:])
sys.stdout.write(repr((chosen.version, rows.tolist())))
"""


@needs_models
def test_a_model_of_a_hub_is_loaded_by_its_name(folder: Path, tmp_path: Path) -> None:
    """As a download leaves it in the library's own folder: no network, the folder's vectors, the commit as version."""
    commit = "0123456789abcdef0123456789abcdef01234567"
    stored = tmp_path / "hub" / "models--harbour--tiny"
    shutil.copytree(folder, stored / "snapshots" / commit)
    (stored / "refs").mkdir()
    (stored / "refs" / "main").write_text(commit, encoding="ascii")
    found = [
        subprocess.run(
            [sys.executable, "-c", script, *TEXTS],
            env={**os.environ, "HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for script in (BY_NAME, BY_NAME.replace("hub:harbour/tiny", str(folder)))
    ]
    (version, rows), (other, expected) = map(ast.literal_eval, found)
    assert rows == expected
    assert version == f"hub:harbour/tiny-{commit[:12]}-centred1 with the parameters of use"
    assert other != version


@needs_models
def test_a_hub_that_has_no_such_model_is_told_in_one_line(tmp_path: Path) -> None:
    """A name that is not stored here, without a network: a line and exit code 2, no traceback."""
    text = tmp_path / "text.tsv"
    text.write_text("id\tsource\ttarget\n1\tGood morning.\tおはよう。\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tui_reader", "check", "--encoder", "hub:harbour/none", str(text)],
        env={**os.environ, "HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "hub:harbour/none" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["hub:sentence-transformers/LaBSE", "."])
def test_without_the_extra_it_says_what_to_install(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The exact line, whether a hub or a folder was asked for, before anything is loaded."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(models, "find_spec", lambda module: None)
    with pytest.raises(SettingsError, match=r"pip install 'tui-reader\[models\]'"):
        choose(name)


def test_what_is_neither_a_name_nor_a_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A typing error is no model: the choices are listed."""
    monkeypatch.chdir(tmp_path)
    for name in ("labse", "models/LaBSE", "hub:", "Use"):
        with pytest.raises(SettingsError, match="auto, use, e5, both, the folder of a model, or hub:NAME"):
            encoders.require_choice(name)
