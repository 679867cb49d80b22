"""Fit the learned combination of signals: small networks over the features of words."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import Floats
    from tui_reader.evaluation.tables import Measured

_HIDDEN, _NETWORKS, _PENALTY, _BATCH, _EPOCHS = 48, 2, 0.1, 512, 25


def fit_losses(sides: Sequence[Measured], n_features: int, seed: int = 1) -> dict[str, Any]:
    """A network of one hidden layer, the mean of two fitted apart; the scaling of the features is folded in.

    Args:
        sides: words of one language.
        n_features: how many of the features are used, from the first.
        seed: of the first weights.

    Returns:
        Arrays named as in parameters.npz, behind the names of the encoders and the language.
    """
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415 - the extra `fit`
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415

    features = np.concatenate([side.features[side.counted, :n_features] for side in sides]).astype(np.float32)
    labels = np.concatenate([side.labels[side.counted] for side in sides])
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    # In place: there are gigabytes of them.
    features -= mean
    features /= deviation
    with warnings.catch_warnings():
        # Few passes are meant: a network that has converged has learned the damage by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        networks = [
            MLPClassifier(
                (_HIDDEN,),
                alpha=_PENALTY,
                batch_size=_BATCH,
                early_stopping=True,
                max_iter=_EPOCHS,
                random_state=seed + k,
            ).fit(features, labels)
            for k in range(_NETWORKS)
        ]
    hidden: Floats = np.concatenate([network.coefs_[0] for network in networks], axis=1) / deviation[:, None]
    bias = np.concatenate([network.intercepts_[0] for network in networks]) - mean @ hidden
    output = np.concatenate([network.coefs_[1][:, 0] for network in networks]) / _NETWORKS
    made = {
        "hidden.weights": hidden,
        "hidden.bias": bias,
        "output.weights": output,
        "output.bias": np.mean([network.intercepts_[1][0] for network in networks]),
    }
    return {name: np.asarray(value, np.float32) for name, value in made.items()}
