"""What a score means: where it stands among faithful translations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.checks import standing as module
from tui_reader.checks.standing import distribution, standing
from tui_reader.model import Band

FAITHFUL = np.linspace(50, 100, 501)
UNRELATED = np.linspace(0, 20, 100)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scores of faithful translations from 50 to 100, of unrelated texts below 20."""
    monkeypatch.setattr(module, "archive", lambda: {"use.standing": distribution(FAITHFUL, UNRELATED)})


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("score", "percentile", "band"),
    [
        (100, 99, Band.CLOSE),
        (75.1, 50, Band.CLOSE),
        (60.1, 20, Band.FREE),
        (51, 2, Band.DOUBTFUL),
        (10, 0, "unrelated"),
    ],
)
def test_a_score_has_its_place(score: float, percentile: int, band: Band) -> None:
    """The percentile counts the faithful translations below it, and the band says what that means."""
    assert standing(score, "use") == (percentile, band)


@pytest.mark.usefixtures("known")
@given(one=st.floats(0, 100), other=st.floats(0, 100))
def test_a_higher_score_stands_no_lower(one: float, other: float) -> None:
    """Percentiles grow with the score, and bands never get worse."""
    low, high = (standing(score, "use") for score in sorted((one, other)))
    assert low is not None
    assert high is not None
    assert low.percentile <= high.percentile
    assert list(Band).index(low.band) >= list(Band).index(high.band)


@pytest.mark.usefixtures("known")
def test_nothing_is_said_of_other_encoders() -> None:
    """A model that nobody measured has scores, but nothing to compare them with."""
    assert standing(50, "FOLDER") is None
