"""Encoders of the library sentence-transformers (Reimers & Gurevych 2019), from a folder or a hub.

The extra ``models`` installs the library. Nothing is downloaded unless a model of a hub is asked for by its name.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import file_digest, sha256
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.encoders.base import Floats, TokenVectors
from tui_reader.encoders.blas import processors
from tui_reader.encoders.cancellation import checkpoint
from tui_reader.encoders.storable import storable
from tui_reader.errors import SettingsError, TuiReaderError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

HUB = "hub:"
_INSTALL = "pip install 'tui-reader[models]'"
_PROSE = {".md"}
"""Files that say something about a model and are no part of it."""
_AT_ONCE, _BATCH = 64, 8
"""Texts that are sorted by length, and texts that go through the model together."""


class ModelEncoder:
    """A model of sentence-transformers; a `TokenEncoder`. Loads on first use.

    Args:
        origin: a folder that the library's ``save`` made, or ``hub:`` and a name such as
            ``sentence-transformers/LaBSE``.
        threads: how many to compute with, by default one for each processor that this process may use.

    Raises:
        SettingsError: the library is not installed, or there is no such folder.
    """

    def __init__(self, origin: str, threads: int | None = None):
        if find_spec("sentence_transformers") is None:
            raise SettingsError(f"the encoder {origin!r} needs sentence-transformers; install it: {_INSTALL}")
        if not origin.startswith(HUB) and not (Path(origin) / "modules.json").is_file():
            raise SettingsError(f"{origin}: no model of sentence-transformers is in this folder (no modules.json)")
        self._origin, self.threads = origin, threads or processors()
        self.name = origin if origin.startswith(HUB) else Path(origin).resolve().name

    @cached_property
    def version(self) -> str:
        """The revision that the hub names, or the beginning of the hash of a folder's files."""
        if not self._origin.startswith(HUB):
            return _folder_hash(Path(self._origin))
        from huggingface_hub import try_to_load_from_cache  # noqa: PLC0415 - only where such a model is asked for

        # Once it is loaded it lies in a folder that is called after its revision, which the library itself never tells.
        _loaded = self._model
        for file in ("modules.json", "config.json"):
            stored = try_to_load_from_cache(self._origin.removeprefix(HUB), file)
            if isinstance(stored, str):
                return Path(stored).parent.name[:12]
        return "unknown"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    @property
    def layers(self) -> tuple[int, ...]:
        """The last layer's number."""
        return (int(self._model[0].auto_model.config.num_hidden_layers),)

    def encode(self, texts: Sequence[str]) -> Floats:
        """As `Encoder.encode`."""
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for k, vector in enumerate(self.iter_encode(texts)):
            rows[k] = vector
        return rows

    def iter_encode(self, texts: Iterable[str]) -> Generator[Floats]:
        """As `Encoder.iter_encode`."""
        return (found.pooled for found in self.iter_tokens(texts))

    def tokens(self, texts: Sequence[str], *, pooled: bool = True) -> list[TokenVectors]:
        """As `TokenEncoder.tokens`."""
        return list(self.iter_tokens(texts, pooled=pooled))

    def iter_tokens(self, texts: Iterable[str], *, pooled: bool = True) -> Generator[TokenVectors]:
        """As `TokenEncoder.iter_tokens`; a text that is too long for the model is read in pieces."""
        del pooled  # it comes without further work
        remaining = iter(texts)
        while some := [storable(text) for text in islice(remaining, _AT_ONCE)]:
            pieces = [(k, start, text[start:end]) for k, text in enumerate(some) for start, end in self._pieces(text)]
            found: list[list[TokenVectors]] = [[] for _ in some]
            for (k, start, _), piece in zip(pieces, self._run([text for _, _, text in pieces]), strict=True):
                found[k].append(TokenVectors(piece.vectors, piece.offsets + start, piece.pooled))
            yield from map(_joined, found)

    def _pieces(self, text: str) -> list[tuple[int, int]]:
        """Where to cut a text so that the model can take each piece whole."""
        model = self._model
        limit = int(model.max_seq_length or model.tokenizer.model_max_length)
        room = max(1, limit - self._around)
        starts = [start for start, _ in self._tokenised([text], add_special_tokens=False)["offset_mapping"][0]]
        cuts = sorted({0, *starts[room::room]})
        return list(zip(cuts, [*cuts[1:], len(text)], strict=True))

    def _run(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Texts that the model can take whole, a few of about the same length at a time."""
        order = sorted(range(len(texts)), key=lambda k: len(texts[k]))
        found: dict[int, TokenVectors] = {}
        for first in range(0, len(order), _BATCH):
            checkpoint()
            batch = order[first : first + _BATCH]
            found |= zip(batch, self._forward([texts[k] for k in batch]), strict=True)
        return [found[k] for k in range(len(texts))]

    def _forward(self, texts: Sequence[str]) -> Iterator[TokenVectors]:
        import torch  # noqa: PLC0415 - only where such a model is asked for

        inputs = self._tokenised(
            [self._prompt + text for text in texts],
            padding=True,
            truncation=True,
            max_length=self._model.max_seq_length,
            return_special_tokens_mask=True,
            return_tensors="pt",
        )
        offsets = inputs.pop("offset_mapping").numpy().astype(np.int64) - len(self._prompt)
        special = inputs.pop("special_tokens_mask").numpy().astype(bool)
        with torch.inference_mode():
            features = dict(inputs)
            for module in self._model:
                features = module(features)
            tokens = {"sentence_embedding": features["token_embeddings"]}
            for module in self._after_pooling:
                tokens = module(tokens)
        vectors = tokens["sentence_embedding"].float().numpy()
        pooled = features["sentence_embedding"].float().numpy()
        for k, text in enumerate(texts):
            own = ~special[k] & (offsets[k, :, 1] > 0)
            places = np.clip(offsets[k][own], 0, len(text))
            yield TokenVectors(vectors[k][own][None], places, _unit(pooled[k]) if own.any() else 0 * pooled[k])

    def _tokenised(self, texts: Sequence[str], **options: Any) -> Any:
        return self._model.tokenizer(list(texts), return_offsets_mapping=True, verbose=False, **options)

    @property
    def _prompt(self) -> str:
        """What the model wants to stand before each text."""
        return str(self._model.prompts.get(self._model.default_prompt_name) or "")

    @cached_property
    def _around(self) -> int:
        """Tokens that the prompt and the marks take."""
        return len(self._tokenised([self._prompt])["input_ids"][0])

    @cached_property
    def _after_pooling(self) -> list[Any]:
        """The modules that a text's vector goes through after pooling; a token's goes through them alike."""
        from sentence_transformers.sentence_transformer.modules import Pooling  # noqa: PLC0415

        modules = list(self._model)
        place = next((k for k, module in enumerate(modules) if isinstance(module, Pooling)), None)
        if place is None or not getattr(self._model.tokenizer, "is_fast", False):
            raise self._unusable("it gives no vectors of tokens with their places")
        return modules[place + 1 :]

    @cached_property
    def _model(self) -> Any:
        import torch  # noqa: PLC0415 - only where such a model is asked for
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415
        from transformers.utils import logging  # noqa: PLC0415

        # Bars would be painted over the reader's screen.
        logging.disable_progress_bar()
        torch.set_num_threads(self.threads)
        try:
            return SentenceTransformer(self._origin.removeprefix(HUB), device="cpu").eval()
        except Exception as error:  # what a library of libraries raises is not to be listed
            raise self._unusable(str(error)) from error

    def _unusable(self, what: str) -> TuiReaderError:
        return TuiReaderError(f"the encoder {self._origin!r} cannot be used: {' '.join(what.split())[:300]}")


def _joined(pieces: Sequence[TokenVectors]) -> TokenVectors:
    """A text from its pieces; each piece counts for its vector by its tokens."""
    if len(pieces) == 1:
        return pieces[0]
    weighed = np.sum([len(piece.offsets) * piece.pooled for piece in pieces], axis=0)
    return TokenVectors(
        np.concatenate([piece.vectors for piece in pieces], axis=1),
        np.concatenate([piece.offsets for piece in pieces]),
        _unit(weighed) if weighed.any() else weighed,
    )


def _unit(vector: Floats) -> Floats:
    unit: Floats = (vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(np.float32)
    return unit


def _folder_hash(folder: Path) -> str:
    """Of the names and contents of all files that make up a model, 12 digits."""
    whole = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in _PROSE):
        whole.update(path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape") + b"\0")
        with path.open("rb") as stream:
            whole.update(file_digest(stream, "sha256").digest())
    return whole.hexdigest()[:12]
